import { useSyncExternalStore } from 'react';

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}

/** One timer for all that look at the same resolution, only while somebody looks. */
const createTicker = (everyMs: number): Ticker => {
  const listeners = new Set<() => void>();
  let nowMs = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    read: () => nowMs,
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        nowMs = Date.now();
        timer = setInterval(() => {
          nowMs = Date.now();
          for (const tell of listeners) tell();
        }, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === undefined) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
};

const seconds = createTicker(1000);
const halfMinutes = createTicker(30_000);

/** The wall clock, in steps of a second (countdowns) or of half a minute (everything else). */
export const useNow = (step: 'second' | 'halfMinute'): number => {
  const ticker = step === 'second' ? seconds : halfMinutes;
  return useSyncExternalStore(ticker.subscribe, ticker.read);
};
