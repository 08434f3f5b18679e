import type { Clock } from '../application/ports/clock';

/** How often the memory of an account with a limit is measured, in ms. */
const measureEveryMs = 10_000;
/** A page that loads takes more for a moment: so many measurements in a row have to be over the limit. */
const patience = 2;

export interface MemoryWatchDeps {
  readonly clock: Clock;
  /** In MiB, of everything that belongs to the account; undefined when there is nothing to measure. */
  measure(): Promise<number | undefined>;
  exceeded(usedMb: number): void;
}

/** Measures an account's processes at regular intervals against its limit. */
export class MemoryWatch {
  readonly #deps: MemoryWatchDeps;
  #cancel: (() => void) | undefined;
  /** Grows with every start and stop: measurements of earlier rounds are void. */
  #round = 0;

  constructor(deps: MemoryWatchDeps) {
    this.#deps = deps;
  }

  /** @param limitMb Undefined: no limit, nothing is measured. */
  start(limitMb: number | undefined): void {
    this.stop();
    if (limitMb !== undefined) this.#arm(this.#round, limitMb, 0);
  }

  stop(): void {
    this.#round += 1;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(round: number, limitMb: number, over: number): void {
    this.#cancel = this.#deps.clock.schedule(measureEveryMs, () => void this.#measure(round, limitMb, over));
  }

  async #measure(round: number, limitMb: number, before: number): Promise<void> {
    const usedMb = await this.#deps.measure().catch(() => undefined);
    if (round !== this.#round) return;
    const over = usedMb !== undefined && usedMb > limitMb ? before + 1 : 0;
    if (usedMb !== undefined && over >= patience) this.#deps.exceeded(Math.round(usedMb));
    else this.#arm(round, limitMb, over);
  }
}
