import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleEvent } from '../../../electron/contract/events';
import { batchIntervalMs, createEventBatches, floodIntervalMs } from '../../../electron/surfaces/ipc/event-batches';

const event = (sequence: number): ConsoleEvent => ({
  sequence,
  atMs: 1,
  body: { type: 'optOut.removed', contact: '551100000001' },
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const batchesWith = () => {
  const delivered: (readonly number[])[] = [];
  const batches = createEventBatches((events) => void delivered.push(events.map(({ sequence }) => sequence)));
  let sequence = 0;
  const flood = (durationMs: number, perMs: number): void => {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 1) {
      for (let number = 0; number < perMs; number += 1) {
        sequence += 1;
        batches.add(event(sequence));
      }
      vi.advanceTimersByTime(1);
    }
  };
  return { batches, delivered, flood, last: () => sequence };
};

describe('events on their way to the window', () => {
  it('come within a frame when they are few', () => {
    const { batches, delivered } = batchesWith();
    batches.add(event(1));
    batches.add(event(2));
    vi.advanceTimersByTime(batchIntervalMs);
    expect(delivered).toEqual([[1, 2]]);
  });

  it('come a few times a second in a flood, all of them in order, and within a frame again after it', () => {
    const { batches, delivered, flood, last } = batchesWith();
    flood(2_000, 5);
    expect(delivered.length).toBeLessThan(2_000 / floodIntervalMs + 4);
    vi.advanceTimersByTime(floodIntervalMs);
    expect(delivered.flat()).toEqual(Array.from({ length: last() }, (_none, index) => index + 1));
    batches.add(event(last() + 1));
    vi.advanceTimersByTime(floodIntervalMs);
    const before = delivered.length;
    batches.add(event(last() + 2));
    vi.advanceTimersByTime(batchIntervalMs);
    expect(delivered).toHaveLength(before + 1);
  });

  it('are not delivered any more after the end', () => {
    const { batches, delivered } = batchesWith();
    batches.add(event(1));
    batches.close();
    batches.add(event(2));
    vi.advanceTimersByTime(floodIntervalMs);
    expect(delivered).toEqual([]);
  });
});
