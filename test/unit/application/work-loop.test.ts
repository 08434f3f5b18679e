import { expect, it } from 'vitest';
import { type Rest, WorkLoop } from '../../../electron/application/work-loop';
import { createManualClock } from '../../fakes/manual-clock';

const setUp = (things: readonly (Rest | Error)[]) => {
  const clock = createManualClock(0);
  const left = [...things];
  const done: (Rest | Error)[] = [];
  const loop = new WorkLoop({
    clock,
    next: async () => {
      const thing = left.shift() ?? Number.POSITIVE_INFINITY;
      done.push(thing);
      if (thing instanceof Error) throw thing;
      return thing;
    },
    failed: () => 2_000,
  });
  const pass = async (durationMs: number): Promise<void> => {
    clock.advance(durationMs);
    await loop.idle();
  };
  return { loop, done, pass };
};

it('does one thing after the other until there is none', async () => {
  const { loop, done, pass } = setUp(['at_once', 'at_once', Number.POSITIVE_INFINITY, 'at_once']);
  loop.wake();
  await loop.idle();
  expect(done).toHaveLength(3);
  await pass(3_600_000);
  expect(done).toHaveLength(3);
});

it('looks again when the next thing is due, and at once when it is called', async () => {
  const { loop, done, pass } = setUp([5_000, 60_000, Number.POSITIVE_INFINITY]);
  loop.wake();
  await loop.idle();
  await pass(4_999);
  expect(done).toHaveLength(1);
  await pass(1);
  expect(done).toHaveLength(2);
  loop.wake();
  await loop.idle();
  expect(done).toHaveLength(3);
  await pass(60_000);
  expect(done).toHaveLength(3);
});

it('misses no call that comes while it works', async () => {
  const { loop, done } = setUp([Number.POSITIVE_INFINITY]);
  loop.wake();
  await Promise.resolve();
  loop.wake();
  await loop.idle();
  expect(done).toHaveLength(2);
});

it('rests after a failure, although it was called meanwhile', async () => {
  const { loop, done, pass } = setUp([new Error('the disk is full')]);
  loop.wake();
  await Promise.resolve();
  loop.wake();
  await loop.idle();
  expect(done).toHaveLength(1);
  await pass(2_000);
  expect(done).toHaveLength(2);
});

it('begins nothing after it was closed', async () => {
  const { loop, done, pass } = setUp([5_000]);
  loop.wake();
  await loop.idle();
  loop.close();
  loop.wake();
  await pass(5_000);
  expect(done).toHaveLength(1);
});
