import { randomBytes } from 'node:crypto';
import type { Clock, Randomness } from '../application/ports/clock';

/** The machine's clock. Timers never keep the process alive by themselves. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const systemRandomness: Randomness = {
  fraction: () => Math.random(),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length)
      .toUpperCase(),
};
