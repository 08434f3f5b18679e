import type { Clock } from '../application/ports/clock';

/**
 * How often a ready session is asked whether it is, in ms. With two answers of at most four seconds each to miss, a page that
 * hangs is noticed within fifteen seconds. The questions are most of what a silent account costs.
 */
export const heartbeatIntervalMs = 7_000;
/** Accounts are asked some together, so that this process wakes up less often. */
const beatsTogetherMs = heartbeatIntervalMs / 4;

export type HeartbeatResult = 'probe_connected' | 'probe_disconnected' | 'probe_missed';

/** Asks the page itself at regular intervals: events that got lost say nothing. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #probe: () => Promise<{ readonly connected: boolean }>;
  readonly #heard: (result: HeartbeatResult) => void;
  #cancel: (() => void) | undefined;
  /** Grows with every start and stop: answers of earlier beats are void. */
  #round = 0;

  constructor(
    clock: Clock,
    probe: () => Promise<{ readonly connected: boolean }>,
    heard: (result: HeartbeatResult) => void,
  ) {
    this.#clock = clock;
    this.#probe = probe;
    this.#heard = heard;
  }

  start(): void {
    this.stop();
    this.#arm(this.#round);
  }

  /** Asks at once instead of at the next beat. Does nothing when nobody is being watched. */
  beatNow(): void {
    if (this.#cancel === undefined) return;
    this.#round += 1;
    this.#cancel();
    void this.#beat(this.#round);
  }

  stop(): void {
    this.#round += 1;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(round: number): void {
    const early = (this.#clock.nowMs() + heartbeatIntervalMs) % beatsTogetherMs;
    this.#cancel = this.#clock.schedule(heartbeatIntervalMs - early, () => {
      void this.#beat(round);
    });
  }

  async #beat(round: number): Promise<void> {
    const result = await this.#probe().then(
      ({ connected }): HeartbeatResult => (connected ? 'probe_connected' : 'probe_disconnected'),
      (): HeartbeatResult => 'probe_missed',
    );
    if (round !== this.#round) return;
    this.#arm(round);
    this.#heard(result);
  }
}
