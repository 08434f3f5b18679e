import { getHeapStatistics } from 'node:v8';
import { afterEach, expect, it, vi } from 'vitest';
import { HeapCare } from '../../../electron/worker/heap-care';

afterEach(() => {
  vi.useRealTimers();
});

const heapMiB = (): number => getHeapStatistics().total_heap_size / 1024 ** 2;

/** 64 MiB of objects that nobody keeps. */
const litter = (): void => {
  const kept = Array.from({ length: 1_000_000 }, (_, place) => ({ place, text: [place] }));
  if (kept.length === 0) throw new Error('Nothing was made.');
};

it('gives the memory of a start back ten seconds after the account got ready, and of a burst of work within minutes', {
  // A machine at work takes its time over a million objects.
  timeout: 60_000,
}, async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const care = new HeapCare();
  litter();
  const afterStart = heapMiB();
  care.settle();
  vi.advanceTimersByTime(9_000);
  expect(heapMiB()).toBeGreaterThan(afterStart - 8);
  vi.advanceTimersByTime(1_000);
  await vi.waitUntil(() => heapMiB() < afterStart - 32);

  litter();
  const afterBurst = heapMiB();
  vi.advanceTimersByTime(300_000);
  await vi.waitUntil(() => heapMiB() < afterBurst - 32);
});
