import type { ConsoleEvent, WindowEvent } from '../../contract/events';
import { newestEvents } from './newest-events';

/** At most one message to the window per frame of a 60 Hz screen, in ms. */
export const batchIntervalMs = 16;
/** In a flood nobody reads single lines: the window draws a few times a second and leaves the processor to the work, in ms. */
export const floodIntervalMs = 300;
/** As many events at once are a flood. */
const floodEvents = 40;

/** Collects events and hands them on together, in order, without those of which a later one says everything. */
export interface EventBatches {
  add(event: ConsoleEvent): void;
  /** Drops what is collected and hands on nothing any more. */
  close(): void;
}

export const createEventBatches = (deliver: (events: readonly WindowEvent[]) => void): EventBatches => {
  let waiting: ConsoleEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let intervalMs = batchIntervalMs;

  const flush = (): void => {
    timer = undefined;
    const batch = waiting;
    waiting = [];
    // As long as a flood lasts, a longer wait gathers accordingly more.
    const isFlood = batch.length / intervalMs >= floodEvents / floodIntervalMs && batch.length >= floodEvents / 2;
    intervalMs = isFlood ? floodIntervalMs : batchIntervalMs;
    deliver(newestEvents(batch));
  };

  return {
    add(event) {
      if (closed) return;
      waiting.push(event);
      timer ??= setTimeout(flush, intervalMs);
    },
    close() {
      closed = true;
      waiting = [];
      clearTimeout(timer);
    },
  };
};
