import type { Clock } from './ports/clock';

/** What is left to do: at once, after so much running time in ms, or (Infinity) not before something happens. */
export type Rest = 'at_once' | number;

export interface WorkLoopOptions {
  readonly clock: Pick<Clock, 'schedule'>;
  /** Does the next thing. */
  readonly next: () => Promise<Rest>;
  /** The next thing has failed: how long to rest, whatever has called meanwhile. */
  readonly failed: (error: unknown) => Rest;
}

/** Does one thing after the other, as long as there is one, and rests until something happens or is due. Never twice at a time. */
export class WorkLoop {
  readonly #options: WorkLoopOptions;
  #running: Promise<void> | undefined;
  #isCalled = false;
  #isClosed = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: WorkLoopOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Something may be to do. Returns at once. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isCalled = true;
    this.#running ??= this.#run();
  }

  /** Resolves when nothing more can be done for now. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Nothing is begun any more; what is under way goes on to its end. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
  }

  async #run(): Promise<void> {
    this.#cancelTimer?.();
    // Never ends in the same turn in which it began, so that whoever begins it can remember it.
    await Promise.resolve();
    let rest: Rest = 'at_once';
    while (!this.#isClosed && (rest === 'at_once' || this.#isCalled)) {
      this.#isCalled = false;
      try {
        rest = await this.#options.next();
      } catch (error) {
        rest = this.#options.failed(error);
        this.#isCalled = false;
      }
    }
    // At once: a call from here on begins anew.
    this.#running = undefined;
    if (this.#isClosed || rest === 'at_once' || rest === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#options.clock.schedule(Math.max(1, Math.ceil(rest)), () => this.wake());
  }
}
