import type { Network } from '../network';
import type { LedgerCondition, PageCondition, ScenarioStep } from './scenario-steps';

export type Perform = (call: string, body: unknown) => Promise<unknown>;

export interface ScenarioView {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  /** Steps that are done. */
  readonly done: number;
  readonly steps: number;
  readonly error?: string;
}

/** How often a step that waits for something looks again. */
const LOOK_AGAIN_MS = 20;

class Run {
  readonly id: string;
  readonly #network: Network;
  readonly #perform: Perform;
  readonly #steps: readonly ScenarioStep[];
  readonly #began: number;
  readonly #firstSeq: number;
  #done = 0;
  #state: ScenarioView['state'] = 'running';
  #error: string | undefined;

  constructor(id: string, network: Network, perform: Perform, steps: readonly ScenarioStep[]) {
    this.id = id;
    this.#network = network;
    this.#perform = perform;
    this.#steps = steps;
    this.#began = network.world.now();
    this.#firstSeq = network.world.ledger.at(-1)?.seq ?? 0;
  }

  get view(): ScenarioView {
    const error = this.#error === undefined ? {} : { error: this.#error };
    return { id: this.id, state: this.#state, done: this.#done, steps: this.#steps.length, ...error };
  }

  stop(): void {
    if (this.#state === 'running') this.#state = 'stopped';
  }

  async go(): Promise<void> {
    for (const step of this.#steps) {
      try {
        await this.#step(step);
      } catch (error) {
        this.#state = 'failed';
        const reason = error instanceof Error ? error.message : String(error);
        this.#error = `step at ${step.place}${step.call === undefined ? '' : ` (${step.call})`}: ${reason}`;
        process.stderr.write(`practice network: scenario stopped, ${this.#error}\n`);
      }
      if (this.#state !== 'running') return;
      this.#done += 1;
    }
    this.#state = 'done';
  }

  async #step(step: ScenarioStep): Promise<void> {
    const { now } = this.#network.world;
    const wait = step.atMs === undefined ? (step.afterMs ?? 0) : this.#began + step.atMs - now();
    if (wait > 0) await this.#pause(wait);
    const { when } = step;
    while (this.#state === 'running' && when !== undefined && !this.#holds(when)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    if (step.call === undefined) return;
    for (let time = 0; time < step.times && this.#state === 'running'; time += 1) {
      if (time > 0 && step.everyMs > 0) await this.#pause(step.everyMs);
      await this.#perform(step.call, this.#filled(step.body));
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#network.world.clock.after(ms, resolve);
    });
  }

  #holds(condition: LedgerCondition | PageCondition): boolean {
    if ('page' in condition) {
      if (condition.page === 'unpaired') return this.#network.desk.pages().length > 0;
      const linked = this.#network.pages.connected();
      return linked.some(({ phone }) => condition.phone === undefined || condition.phone === phone);
    }
    const { ledger, phone, customer, text, count = 1 } = condition;
    const lines = this.#network.world.ledger.filter(
      (entry) =>
        entry.seq > this.#firstSeq &&
        entry.kind === ledger &&
        (phone === undefined || entry.phone === phone) &&
        (customer === undefined || entry.customer === customer) &&
        (text === undefined || entry.body?.includes(text) === true),
    );
    return lines.length >= count;
  }

  /** "$qr" and "$code" stand for what a page shows at this moment. */
  #filled(body: unknown): unknown {
    if (typeof body !== 'object' || body === null) return body;
    const [page] = this.#network.desk.pages();
    const places: Record<string, string | undefined> = { $qr: page?.qr, $code: page?.pairing?.code };
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => {
        if (typeof value !== 'string' || !Object.hasOwn(places, value)) return [name, value];
        const shown = places[value];
        if (shown === undefined) throw new Error(`no page shows anything for ${value}`);
        return [name, shown];
      }),
    );
  }
}

/** Scenarios that run or have run. Nothing of them is kept on disk. */
export class Scenarios {
  readonly #network: Network;
  readonly #runs: Run[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  start(steps: readonly ScenarioStep[], perform: Perform): ScenarioView {
    const run = new Run(`scenario-${this.#runs.length + 1}`, this.#network, perform, steps);
    this.#runs.push(run);
    void run.go();
    return run.view;
  }

  list(): readonly ScenarioView[] {
    return this.#runs.map((run) => run.view);
  }

  stop(id: string): boolean {
    const run = this.#runs.find((one) => one.id === id);
    run?.stop();
    return run !== undefined;
  }

  stopAll(): void {
    for (const run of this.#runs) run.stop();
  }
}
