import type { Clock } from '../../electron/application/ports/clock';

export interface ManualClock extends Clock {
  /** Lets time pass; what is due runs in order of its time. */
  advance(byMs: number): void;
}

export const createManualClock = (startMs: number): ManualClock => {
  let nowMs = startMs;
  let tasks: { readonly dueMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    schedule(delayMs, task) {
      const entry = { dueMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance(byMs) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const next = tasks
          .filter((entry) => entry.dueMs <= untilMs)
          .toSorted((one, other) => one.dueMs - other.dueMs)[0];
        if (next === undefined) break;
        tasks = tasks.filter((entry) => entry !== next);
        nowMs = next.dueMs;
        next.task();
      }
      nowMs = untilMs;
    },
  };
};
