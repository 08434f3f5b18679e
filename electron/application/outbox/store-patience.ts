import type { Clock } from '../ports/clock';

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/** How long an outbox leaves a store alone that cannot write: 5, 10, 20 … 60 s, until it can again. */
export class StorePatience {
  readonly #clock: Clock;
  #pauseMs = firstPauseMs;
  #until: { readonly monotonicMs: number; readonly wallMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  failed(): void {
    this.#until = {
      monotonicMs: this.#clock.monotonicMs() + this.#pauseMs,
      wallMs: this.#clock.nowMs() + this.#pauseMs,
    };
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  /** It has written: all is well. */
  worked(): void {
    this.#pauseMs = firstPauseMs;
    this.#until = undefined;
  }

  /** It answers; whether it can write will show. The next pause is the longer one until it has. */
  tried(): void {
    this.#until = undefined;
  }

  /** Time until the next try, in ms; undefined when it may be asked now. */
  leftMs(): number | undefined {
    const leftMs = (this.#until?.monotonicMs ?? 0) - this.#clock.monotonicMs();
    return this.#until !== undefined && leftMs > 0 ? leftMs : undefined;
  }

  /** It has failed and has not written since. */
  get holding(): { readonly untilMs: number } | undefined {
    return this.#until === undefined ? undefined : { untilMs: this.#until.wallMs };
  }
}
