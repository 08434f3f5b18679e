import type { Clock } from '../../electron/application/ports/clock';

export interface ManualClock extends Clock {
  /** Lets time pass; what is due runs in order of its time. */
  advance(byMs: number): void;
  /** Somebody sets the wall clock; no time passes. */
  shiftWall(byMs: number): void;
  /** The machine sleeps: the wall clock goes on, timers and the monotonic clock stand still. */
  sleep(byMs: number): void;
  /** How many timers are set. */
  readonly timers: number;
}

export const createManualClock = (startMs: number): ManualClock => {
  let monotonicMs = 0;
  let wallOffsetMs = startMs;
  let tasks: { readonly dueMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => monotonicMs + wallOffsetMs,
    monotonicMs: () => monotonicMs,
    schedule(delayMs, task) {
      const entry = { dueMs: monotonicMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance(byMs) {
      const untilMs = monotonicMs + byMs;
      for (;;) {
        const next = tasks
          .filter((entry) => entry.dueMs <= untilMs)
          .toSorted((one, other) => one.dueMs - other.dueMs)[0];
        if (next === undefined) break;
        tasks = tasks.filter((entry) => entry !== next);
        monotonicMs = Math.max(monotonicMs, next.dueMs);
        next.task();
      }
      monotonicMs = untilMs;
    },
    shiftWall(byMs) {
      wallOffsetMs += byMs;
    },
    sleep(byMs) {
      wallOffsetMs += byMs;
    },
    get timers() {
      return tasks.length;
    },
  };
};
