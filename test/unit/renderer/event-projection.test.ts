import { describe, expect, it } from 'vitest';
import type { ConsoleEvent, WindowEvent } from '../../../electron/contract/events';
import { type ProjectionSink, startEventProjection } from '../../../renderer/bridge/event-projection';
import { type Answer, anEvent, aPending, aSnapshot, scriptedCalls, settle } from './renderer-fixtures';

const removed = (sequence: number): ConsoleEvent =>
  anEvent(sequence, { type: 'history.imported', accountId: aSnapshot(0).accounts[0]?.id as never, chatIds: [] });

const start = (answers: { snapshot: Answer; replay?: Answer }) => {
  const log: string[] = [];
  let listener: (events: readonly unknown[]) => void = () => undefined;
  let subscribed = true;
  const sink: ProjectionSink = {
    applySnapshot: (snapshot, first) => log.push(`snapshot ${snapshot.sequence}${first ? ' first' : ''}`),
    applyEvents: (events) => log.push(`events ${events.map((event) => event.sequence).join(',')}`),
    reportFailure: (thrown) => log.push(`failure ${(thrown as Error).message}`),
  };
  const { call, calls } = scriptedCalls({
    'snapshots.get': answers.snapshot,
    ...(answers.replay === undefined ? {} : { 'events.list': answers.replay }),
  });
  const waits: number[] = [];
  const stop = startEventProjection(sink, {
    call,
    subscribe: (next) => {
      listener = next;
      return () => {
        subscribed = false;
      };
    },
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  return {
    log,
    calls,
    waits,
    stop,
    push: (...events: readonly WindowEvent[]) => listener(events),
    isSubscribed: () => subscribed,
  };
};

describe('event projection', () => {
  it('starts with a snapshot and keeps the events that came before it was there', async () => {
    const snapshot = aPending<unknown>();
    const projection = start({ snapshot: () => snapshot.promise });
    projection.push(removed(4), removed(5), removed(6));
    expect(projection.log).toEqual([]);
    snapshot.resolve(aSnapshot(5));
    await settle();
    expect(projection.log).toEqual(['snapshot 5 first', 'events 6']);
  });

  it('applies a batch as one update and ignores what it has already seen', async () => {
    const projection = start({ snapshot: () => aSnapshot(1) });
    await settle();
    projection.push(removed(2), removed(3));
    projection.push(removed(3), removed(2), removed(4));
    expect(projection.log).toEqual(['snapshot 1 first', 'events 2,3', 'events 4']);
  });

  it('takes an event for all that it stands for, and fills only the hole before those', async () => {
    const projection = start({
      snapshot: () => aSnapshot(1),
      replay: () => ({ complete: true, events: [removed(6), removed(7), removed(8)] }),
    });
    await settle();
    projection.push({ ...removed(4), since: 2 }, removed(5));
    // Of what it stands for, some was seen already.
    projection.push({ ...removed(5), since: 3 });
    expect(projection.log).toEqual(['snapshot 1 first', 'events 4,5']);
    projection.push({ ...removed(8), since: 7 });
    await settle();
    expect(projection.calls.at(-1)).toEqual({ name: 'events.list', input: { after: 5, epoch: 'run' } });
    expect(projection.log).toEqual(['snapshot 1 first', 'events 4,5', 'events 6,7,8']);
  });

  it('fills a hole by a replay, in order, without losing what came after it', async () => {
    const projection = start({
      snapshot: () => aSnapshot(1),
      replay: () => ({ complete: true, events: [removed(2), removed(3), removed(4)] }),
    });
    await settle();
    projection.push(removed(4), removed(5));
    await settle();
    expect(projection.calls.at(-1)).toEqual({ name: 'events.list', input: { after: 1, epoch: 'run' } });
    expect(projection.log).toEqual(['snapshot 1 first', 'events 2,3,4,5']);
  });

  it('takes a fresh snapshot when the replay does not reach back far enough', async () => {
    const snapshots = [aSnapshot(1), aSnapshot(9)];
    const projection = start({
      snapshot: () => snapshots.shift(),
      replay: () => ({ complete: false, events: [removed(8), removed(9)] }),
    });
    await settle();
    projection.push(removed(9), removed(10));
    await settle();
    expect(projection.log).toEqual(['snapshot 1 first', 'snapshot 9', 'events 10']);
  });

  it('takes a fresh snapshot when a replay that calls itself complete leaves the hole', async () => {
    const snapshots = [aSnapshot(1), aSnapshot(3)];
    const projection = start({
      snapshot: () => snapshots.shift(),
      replay: () => ({ complete: true, events: [] }),
    });
    await settle();
    projection.push(removed(3));
    await settle();
    expect(projection.log).toEqual(['snapshot 1 first', 'snapshot 3']);
  });

  it('says that the console does not answer, waits longer each time, and goes on when it does', async () => {
    let tries = 0;
    const projection = start({
      snapshot: () => {
        tries += 1;
        if (tries < 4) throw new Error(`try ${tries}`);
        return aSnapshot(1);
      },
    });
    await settle();
    expect(projection.log).toEqual(['failure try 1', 'failure try 2', 'failure try 3', 'snapshot 1 first']);
    expect(projection.waits).toEqual([500, 1000, 2000]);
  });

  it('ends its subscription and applies nothing afterwards', async () => {
    const snapshot = aPending<unknown>();
    const projection = start({ snapshot: () => snapshot.promise });
    projection.stop();
    snapshot.resolve(aSnapshot(1));
    await settle();
    expect(projection.isSubscribed()).toBe(false);
    expect(projection.log).toEqual([]);
  });
});
