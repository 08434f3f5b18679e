import type { Clock } from '../application/ports/clock';
import type { AccountSettings } from '../contract/entities/account-settings';

const minuteMs = 60_000;
/** How often a sleeping account looks for news when its settings do not say. */
const defaultLookMinutes = 30;

/** An account that woke up only to look for news sleeps again after so long without any, in ms. */
const lookMs = 20_000;

export const lookEveryMs = (hibernation: AccountSettings['hibernation']): number =>
  (hibernation?.lookEveryMinutes ?? defaultLookMinutes) * minuteMs;

export interface ResidencyDeps {
  readonly clock: Clock;
  /** Nobody has needed the account for long enough. */
  idle(): void;
}

/** Counts how long nobody has needed an account. */
export class Residency {
  readonly #deps: ResidencyDeps;
  #cancel: (() => void) | undefined;
  #limitMs: number | undefined;
  #usedAtMs = 0;

  constructor(deps: ResidencyDeps) {
    this.#deps = deps;
  }

  /**
   * Begins to count.
   *
   * @param hibernation How long an account that somebody wanted stays awake; undefined: for good.
   * @param looking It is awake only to look for news.
   */
  start(hibernation: AccountSettings['hibernation'], looking: boolean): void {
    this.stop();
    const idleMs = hibernation === undefined ? undefined : hibernation.afterIdleMinutes * minuteMs;
    this.#limitMs = looking ? lookMs : idleMs;
    this.use();
    this.#arm();
  }

  /** Somebody needs it, or something is happening in it. */
  use(): void {
    this.#usedAtMs = this.#deps.clock.nowMs();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#limitMs = undefined;
  }

  #arm(): void {
    if (this.#limitMs === undefined) return;
    const dueMs = this.#usedAtMs + this.#limitMs - this.#deps.clock.nowMs();
    this.#cancel = this.#deps.clock.schedule(Math.max(1, dueMs), () => {
      if (this.#limitMs === undefined) return;
      if (this.#deps.clock.nowMs() - this.#usedAtMs < this.#limitMs) this.#arm();
      else {
        this.#cancel = undefined;
        this.#deps.idle();
      }
    });
  }
}
