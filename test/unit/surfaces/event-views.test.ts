import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import { createEventBus, type EventBus } from '../../../electron/application/event-bus';
import { accountSchema } from '../../../electron/contract/entities/account';
import type { EventBody } from '../../../electron/contract/events';
import { createEventViews, type EventViews } from '../../../electron/surfaces/rest/event-views';
import { accountId, anAccount } from '../../fakes/entities';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock';
import { createMemoryLog } from '../../fakes/memory-log';

let clock: ManualClock;
let events: EventBus;
let views: EventViews;
beforeEach(() => {
  clock = createManualClock(0);
  events = createEventBus({ clock, log: createMemoryLog().log, epoch: 'run' });
  views = createEventViews(events, clock);
});
afterEach(() => {
  views.close();
  if (clock.timers > 0) throw new Error('a timer was left');
});

const all: Caller = { kind: 'api', name: 'all', scopes: ['read'] };
const updated = (id: string): EventBody => ({ type: 'account.updated', account: anAccount(id) });

const join = (caller: Caller = all, topics: readonly string[] = [], lastEventId?: string) => {
  const parts: (string | Buffer)[] = [];
  const leave = views.join({ caller, topics, lastEventId }, (text) => parts.push(text));
  return { parts, leave, ids: () => [...parts.join('').matchAll(/^id: run:(\d+)$/gm)].map(([, id]) => Number(id)) };
};

describe('readers of events', () => {
  it('who see the same share one text and one piece of memory, made once', () => {
    let made = 0;
    const counted = Object.assign(accountSchema.parse(anAccount('support')), {
      toJSON: () => {
        made += 1;
        return { id: 'support' };
      },
    });
    const readers = [join(), join(), join(all, ['account']), join({ ...all, accountIds: [accountId('support')] })];
    events.publish({ type: 'account.updated', account: counted });
    clock.advance(5);
    expect(made).toBe(1);
    expect(readers[0]?.parts[0]).toBe(readers[1]?.parts[0]);
    expect(new Set(readers.map(({ parts }) => parts.join())).size).toBe(1);
  });

  it('see what they asked for and may see, in order, gathered for a moment', () => {
    const everything = join();
    const settings = join(all, ['settings']);
    const own = join({ ...all, accountIds: [accountId('sales')] });
    events.publish(updated('support'));
    events.publish(updated('sales'));
    expect(everything.parts).toEqual([]);
    clock.advance(5);
    expect([everything.parts.length, everything.ids(), settings.ids(), own.ids()]).toEqual([1, [1, 2], [], [2]]);
  });

  it('who come late miss nothing and get nothing twice, whatever is being gathered', () => {
    const early = join();
    for (let count = 0; count < 3; count += 1) events.publish(updated('support'));
    const late = join(all, [], 'run:1');
    const fresh = join();
    events.publish(updated('support'));
    clock.advance(5);
    expect([early.ids(), late.ids(), fresh.ids()]).toEqual([[1, 2, 3, 4], [2, 3, 4], [4]]);
    expect(join(all, [], 'earlier run:4').parts.join('')).toBe('id: run:4\nevent: gap\ndata: {}\n\n');
    expect(join(all, [], 'run:nonsense').parts.join('')).toContain('event: gap');
  });

  it('who come late take what they missed in pieces, each of what they may see, and join for the rest', () => {
    for (let count = 0; count < 50; count += 1) events.publish(updated(count % 2 === 0 ? 'support' : 'sales'));
    const wanted = { caller: { ...all, accountIds: [accountId('sales')] }, topics: [] };
    const ids: number[] = [];
    let lastEventId = 'run:10';
    for (let piece = views.missed({ ...wanted, lastEventId }, 1_000); piece !== undefined; ) {
      ids.push(...[...piece.text.matchAll(/^id: run:(\d+)$/gm)].map(([, id]) => Number(id)));
      lastEventId = piece.lastEventId;
      piece = views.missed({ ...wanted, lastEventId }, 1_000);
    }
    expect(ids.length).toBeGreaterThan(4);
    const rest = join(wanted.caller, [], lastEventId).ids();
    expect([...ids, ...rest]).toEqual(Array.from({ length: 20 }, (_, index) => 12 + 2 * index));
    expect(views.missed({ ...wanted, lastEventId: 'earlier run:4' }, 1_000)).toBeUndefined();
  });

  it('who have left are told nothing, and a flood does not wait', () => {
    const gone = join();
    const here = join();
    gone.leave();
    for (let count = 0; count < 500; count += 1) events.publish(updated('support'));
    expect(here.parts.length).toBeGreaterThan(0);
    clock.advance(5);
    expect([gone.parts, here.ids().length]).toEqual([[], 500]);
  });

  it('are kept alive by a comment when nothing happens', () => {
    const { parts } = join();
    clock.advance(20_000);
    expect(parts).toEqual([': still here\n\n']);
    clock.advance(20_000);
    expect(parts).toHaveLength(2);
  });
});
