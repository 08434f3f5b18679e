import type { ConsoleEvent } from '../../contract/events';

/** At most one message to the window per frame of a 60 Hz screen, in ms. */
export const batchIntervalMs = 16;

/** Collects events and hands them on together, in order. */
export interface EventBatches {
  add(event: ConsoleEvent): void;
  /** Drops what is collected and hands on nothing any more. */
  close(): void;
}

export const createEventBatches = (deliver: (events: readonly ConsoleEvent[]) => void): EventBatches => {
  let waiting: ConsoleEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const flush = (): void => {
    timer = undefined;
    const batch = waiting;
    waiting = [];
    deliver(batch);
  };

  return {
    add(event) {
      if (closed) return;
      waiting.push(event);
      timer ??= setTimeout(flush, batchIntervalMs);
    },
    close() {
      closed = true;
      waiting = [];
      clearTimeout(timer);
    },
  };
};
