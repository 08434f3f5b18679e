import { describe, expect, it } from 'vitest';
import { createStartQueue } from '../../../electron/supervisor/start-queue';
import { settle } from '../../fakes/child-processes';
import { createManualClock } from '../../fakes/manual-clock';

const queueOf = (maxConcurrent: number) => {
  const clock = createManualClock(0);
  const queue = createStartQueue(maxConcurrent, clock, { fraction: () => 0.5, hex: () => '' });
  const admitted: number[] = [];
  const join = (number: number) => {
    const ticket = queue.join();
    void ticket.turn.then((granted) => granted && admitted.push(number));
    return ticket;
  };
  return { clock, admitted, join };
};

describe('start queue', () => {
  it('never lets more than three starts be under way', async () => {
    const { clock, admitted, join } = queueOf(3);
    const tickets = Array.from({ length: 20 }, (_none, number) => join(number));
    clock.advance(60_000);
    await settle();
    expect(admitted).toEqual([0, 1, 2]);
    tickets[1]?.release();
    clock.advance(60_000);
    await settle();
    expect(admitted).toEqual([0, 1, 2, 3]);
  });

  it('lets a single start begin at once and spreads those that come together', async () => {
    const { clock, admitted, join } = queueOf(3);
    join(1);
    await settle();
    expect(admitted).toEqual([1]);
    join(2);
    await settle();
    expect(admitted).toEqual([1]);
    clock.advance(200);
    await settle();
    expect(admitted).toEqual([1, 2]);
  });

  it('gives the place of somebody who left the queue to the next, once', async () => {
    const { clock, admitted, join } = queueOf(1);
    const first = join(1);
    const second = join(2);
    join(3);
    join(4);
    second.release();
    second.release();
    first.release();
    first.release();
    clock.advance(1_000);
    await settle();
    expect(admitted).toEqual([1, 3]);
  });
});
