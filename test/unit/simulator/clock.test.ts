import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '../../../electron/simulator/network/clock';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('time that passes makes happen what is due in it, in its order and at its time', () => {
  const clock = new Clock(() => 1000);
  const happened: (readonly [string, number])[] = [];
  clock.after(300, () => happened.push(['later', clock.now()]));
  clock.after(100, () => {
    happened.push(['first', clock.now()]);
    clock.after(50, () => happened.push(['because of it', clock.now()]));
  });
  clock.after(301, () => happened.push(['not yet', clock.now()]));
  clock.advance(300);
  expect(happened).toEqual([
    ['first', 1100],
    ['because of it', 1150],
    ['later', 1300],
  ]);
  expect(clock.now()).toBe(1300);
});

test('another time of day brings nothing nearer', () => {
  const clock = new Clock(() => Date.now());
  const act = vi.fn();
  clock.after(1000, act);
  clock.set(clock.now() + 86_400_000);
  vi.advanceTimersByTime(999);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledOnce();
});

test('what was cancelled, and what waits when the clock stops, never happens', () => {
  const clock = new Clock(() => 0);
  const act = vi.fn();
  clock.after(10, act).cancel();
  clock.after(10, act);
  clock.stop();
  clock.advance(100);
  vi.advanceTimersByTime(100);
  expect(act).not.toHaveBeenCalled();
});
