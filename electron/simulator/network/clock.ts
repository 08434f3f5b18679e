/** Something that will happen; `cancel` keeps it from happening. */
export interface Appointment {
  cancel(): void;
}

interface Pending {
  /** By the network's time. */
  readonly due: number;
  readonly act: () => void;
  timer: NodeJS.Timeout;
}

/**
 * The network's own time. It runs as the machine's does, and control can set it (only what time it is) or let time pass (what
 * was due in that time happens at once, in its order).
 */
export class Clock {
  readonly #machine: () => number;
  readonly #pending = new Set<Pending>();
  #offsetMs = 0;
  #stopped = false;

  constructor(machine: () => number = Date.now) {
    this.#machine = machine;
  }

  readonly now = (): number => this.#machine() + this.#offsetMs;

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Another time of day: nothing that waits comes earlier or later for it. */
  set(now: number): void {
    const shift = now - this.now();
    this.#offsetMs += shift;
    const waiting = [...this.#pending];
    this.#pending.clear();
    for (const { due, act, timer } of waiting) {
      clearTimeout(timer);
      this.#wait(due + shift, act);
    }
  }

  /** Time passes. */
  advance(ms: number): void {
    const target = this.now() + ms;
    for (;;) {
      const next = this.#firstUntil(target);
      if (next === undefined) break;
      this.#offsetMs += Math.max(0, next.due - this.now());
      clearTimeout(next.timer);
      this.#pending.delete(next);
      next.act();
    }
    this.#offsetMs += Math.max(0, target - this.now());
    for (const pending of this.#pending) {
      clearTimeout(pending.timer);
      pending.timer = this.#timer(pending);
    }
  }

  after(ms: number, act: () => void): Appointment {
    const pending = this.#wait(this.now() + ms, act);
    return {
      cancel: () => {
        clearTimeout(pending.timer);
        this.#pending.delete(pending);
      },
    };
  }

  /** Nothing that waits happens any more. */
  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }

  #wait(due: number, act: () => void): Pending {
    const pending = { due, act } as Pending;
    pending.timer = this.#timer(pending);
    if (this.#stopped) clearTimeout(pending.timer);
    else this.#pending.add(pending);
    return pending;
  }

  #timer(pending: Pending): NodeJS.Timeout {
    // Longer than a timer can count is as good as never here; `advance` still gets there.
    const ms = Math.min(Math.max(0, pending.due - this.now()), 2_147_483_647);
    return setTimeout(() => {
      this.#pending.delete(pending);
      pending.act();
    }, ms);
  }

  #firstUntil(target: number): Pending | undefined {
    let first: Pending | undefined;
    for (const pending of this.#pending) {
      if (pending.due <= target && (first === undefined || pending.due < first.due)) first = pending;
    }
    return first;
  }
}
