import { describe, expect, it } from 'vitest';
import { createEventBus, keptEvents } from '../../../electron/application/event-bus';
import type { EventBody } from '../../../electron/contract/events';
import { accountId, anInbound } from '../../fakes/entities';
import { createManualClock } from '../../fakes/manual-clock';
import { createMemoryLog } from '../../fakes/memory-log';

const removed: EventBody = { type: 'account.removed', accountId: accountId('support') };
const newBus = () => {
  const { log, lines } = createMemoryLog();
  return { bus: createEventBus({ clock: createManualClock(5_000), log, epoch: 'this run' }), lines };
};

describe('the event bus', () => {
  it('numbers events from 1 without a hole and tells every subscriber in order', () => {
    const { bus } = newBus();
    const heard: number[] = [];
    bus.subscribe((event) => heard.push(event.sequence));
    expect(bus.sequence).toBe(0);
    expect([bus.publish(removed), bus.publish(removed), bus.publish(removed)]).toEqual([1, 2, 3]);
    expect(heard).toEqual([1, 2, 3]);
    expect(bus.sequence).toBe(3);
  });

  it('takes no number of an earlier run for one of its own', () => {
    const { bus } = newBus();
    for (let count = 0; count < 10; count += 1) bus.publish(removed);
    expect(bus.replay(7, 'an earlier run')).toEqual({ complete: false, events: [] });
    expect(bus.replay(7, bus.epoch)).toMatchObject({ complete: true });
  });

  it('replays exactly what came after a number', () => {
    const { bus } = newBus();
    for (let count = 0; count < 10; count += 1) bus.publish(removed);
    const { complete, events } = bus.replay(7);
    expect(complete).toBe(true);
    expect(events.map((event) => event.sequence)).toEqual([8, 9, 10]);
    expect(events[0]).toEqual({ sequence: 8, atMs: 5_000, body: removed });
    expect(bus.replay(10)).toEqual({ complete: true, events: [] });
    expect(bus.replay(0).events).toHaveLength(10);
  });

  it('says so when what is asked for is no longer kept', () => {
    const { bus } = newBus();
    for (let count = 0; count < keptEvents + 10; count += 1) bus.publish(removed);
    expect(bus.replay(9)).toEqual({ complete: false, events: [] });
    expect(bus.replay(10)).toMatchObject({ complete: true });
    expect(bus.replay(10).events).toHaveLength(keptEvents);
  });

  it('does not pretend to know a number that it never gave', () => {
    const { bus } = newBus();
    bus.publish(removed);
    expect(bus.replay(2)).toEqual({ complete: false, events: [] });
  });

  it('keeps fewer events when they are heavy, so that a flood of long messages does not fill the memory', () => {
    const { bus } = newBus();
    const message = { ...anInbound('A1', { body: 'x'.repeat(1_048_576) }), accountId: accountId('support'), order: 1 };
    for (let count = 0; count < 50; count += 1) bus.publish({ type: 'message.added', message });
    expect(bus.replay(0).complete).toBe(false);
    expect(bus.replay(45)).toMatchObject({ complete: true });
  });

  it('does not let one subscriber’s mistake reach another or the publisher', () => {
    const { bus, lines } = newBus();
    const heard: number[] = [];
    bus.subscribe(() => {
      throw new Error('mistake');
    });
    bus.subscribe((event) => heard.push(event.sequence));
    expect(bus.publish(removed)).toBe(1);
    expect(heard).toEqual([1]);
    expect(lines).toMatchObject([{ level: 'error' }]);
  });

  it('tells nothing to who has left, also when they leave while being told', () => {
    const { bus } = newBus();
    const heard: string[] = [];
    const leave = bus.subscribe(() => {
      heard.push('once');
      leave();
    });
    bus.subscribe(() => heard.push('always'));
    bus.publish(removed);
    bus.publish(removed);
    expect(heard).toEqual(['once', 'always', 'always']);
  });
});
