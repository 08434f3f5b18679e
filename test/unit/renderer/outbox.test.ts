import { describe, expect, it } from 'vitest';
import type { Send } from '../../../electron/contract/entities/send';
import { keyOfSend, partsOfSendKey } from '../../../renderer/state/keys';
import { countAhead, newOutboxView, type OutboxView, withOutboxPage } from '../../../renderer/state/outbox-view';
import { ana, bruno, messageId } from '../../fakes/entities';
import {
  aChat,
  aConsole,
  aGate,
  aMessage,
  anaKey,
  anEvent,
  aPending,
  aSend,
  aSnapshot,
  sales,
  settle,
  support,
} from './renderer-fixtures';

const updated = (sequence: number, send: Send) => anEvent(sequence, { type: 'send.updated', send });
const orders = (console_: ReturnType<typeof aConsole>): readonly (number | undefined)[] => {
  const { outbox, sends } = console_.store.getState();
  return outbox?.keys.map((key) => sends[key]?.order) ?? [];
};

describe('the outbox on the screen', () => {
  it('shows a page, newest first, and reads the next one once', async () => {
    const console_ = aConsole({
      'sends.list': ({ cursor }) =>
        cursor === undefined ? { sends: [aSend(4), aSend(3)], nextCursor: 'c' } : { sends: [aSend(2), aSend(1)] },
    });
    console_.actions.showOutbox(sales, 'waiting');
    expect(console_.store.getState().outbox?.phase).toBe('loading');
    await settle();
    expect(orders(console_)).toEqual([4, 3]);
    await Promise.all([console_.actions.loadMoreOutbox(), console_.actions.loadMoreOutbox()]);
    expect(orders(console_)).toEqual([4, 3, 2, 1]);
    expect(console_.calls).toHaveLength(2);
  });

  it('follows every row: new ones come, settled ones leave, those of other accounts stay away', async () => {
    const console_ = aConsole({ 'sends.list': () => ({ sends: [aSend(2), aSend(1)] }) });
    console_.actions.showOutbox(sales, 'waiting');
    await settle();
    console_.sink.applyEvents([
      updated(2, aSend(3)),
      updated(3, aSend(1, { state: 'claimed' })),
      updated(4, aSend(2, { state: 'delivered' })),
      updated(5, aSend(9, { accountId: support })),
    ]);
    expect(orders(console_)).toEqual([3, 1]);
    console_.sink.applyEvents([updated(6, aSend(1, { state: 'unknown' }))]);
    expect(orders(console_)).toEqual([3]);
  });

  it('lets an event win over the page that was on its way, in both directions', async () => {
    const page = aPending<unknown>();
    const console_ = aConsole({ 'sends.list': () => page.promise });
    console_.actions.showOutbox(sales, 'attention');
    console_.sink.applyEvents([
      updated(2, aSend(5, { state: 'failed', changedAtMs: 9_000 })),
      updated(3, aSend(1, { state: 'dismissed', changedAtMs: 9_000 })),
    ]);
    page.resolve({ sends: [aSend(2, { state: 'stuck' }), aSend(1, { state: 'failed' })] });
    await settle();
    expect(orders(console_)).toEqual([5, 2]);
  });

  it('drops the answer for a list that is no longer open', async () => {
    const first = aPending<unknown>();
    const console_ = aConsole({
      'sends.list': ({ filter }) => (filter === 'waiting' ? first.promise : { sends: [aSend(7, { state: 'read' })] }),
    });
    console_.actions.showOutbox(sales, 'waiting');
    console_.actions.showOutbox(sales, 'done');
    await settle();
    first.resolve({ sends: [aSend(1)] });
    await settle();
    expect(orders(console_)).toEqual([7]);
  });

  it('says what went wrong, and is there after reading again', async () => {
    let works = false;
    const console_ = aConsole({
      'sends.list': () => {
        if (!works) throw new Error('The store does not answer.');
        return { sends: [aSend(1)] };
      },
    });
    console_.actions.showOutbox(sales, 'all');
    await settle();
    expect(console_.store.getState().outbox).toMatchObject({ phase: 'failed', error: 'The store does not answer.' });
    works = true;
    await console_.actions.reloadOutbox();
    expect(orders(console_)).toEqual([1]);
    expect(console_.store.getState().outbox?.phase).toBe('ready');
  });

  it('keeps only what a conversation shows once it is closed', async () => {
    const console_ = aConsole({
      'sends.list': () => ({ sends: [aSend(2, { chatId: bruno }), aSend(1)] }),
      'messages.list': () => ({ messages: [] }),
    });
    console_.actions.openConversation(anaKey);
    console_.actions.showOutbox(sales, 'all');
    await settle();
    console_.actions.closeOutbox();
    expect(Object.values(console_.store.getState().sends).map(({ order }) => order)).toEqual([1]);
  });

  it('is gone with its account', async () => {
    const console_ = aConsole({ 'sends.list': () => ({ sends: [aSend(1)] }) });
    console_.actions.showOutbox(sales, 'all');
    await settle();
    console_.sink.applyEvents([
      anEvent(2, { type: 'gate.changed', gate: aGate() }),
      anEvent(3, { type: 'account.removed', accountId: sales }),
      updated(4, aSend(2)),
    ]);
    expect(console_.store.getState()).toMatchObject({ outbox: undefined, sends: {}, gates: {} });
  });

  it('takes ten thousand rows without reading them all again for each event', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => aSend(10_000 - index));
    const sends = Object.fromEntries(rows.map((send) => [keyOfSend(send), send]));
    const page = { keys: rows.map(keyOfSend), nextCursor: undefined, first: true };
    const view = withOutboxPage(newOutboxView(sales, 'waiting'), sends, page);
    expect(view.keys).toHaveLength(10_000);
    expect(countAhead(view, sends).get(keyOfSend(aSend(10_000)))).toBe(9_999);
  });
});

describe('who goes before whom', () => {
  const viewOf = (rows: readonly Send[], changes: Partial<OutboxView> = {}) => {
    const sends = Object.fromEntries(rows.map((send) => [keyOfSend(send), send]));
    const keys = rows.toSorted((a, b) => b.order - a.order).map(keyOfSend);
    const view: OutboxView = { ...newOutboxView(sales, 'waiting'), phase: 'ready', keys, ...changes };
    return countAhead(view, sends);
  };
  const rows = [
    aSend(1, { lane: 'bulk' }),
    aSend(2, { lane: 'api' }),
    aSend(3, { lane: 'person' }),
    aSend(4, { lane: 'api' }),
    aSend(5, { lane: 'person', state: 'claimed' }),
  ];

  it('counts people first, then programs, then bulk, each in order of acceptance', () => {
    const ahead = viewOf(rows);
    expect(rows.map((row) => ahead.get(keyOfSend(row)))).toEqual([3, 1, 0, 2, undefined]);
  });

  it('says nothing while rows are left to read or the list is not about waiting', () => {
    expect(viewOf(rows, { nextCursor: 'more' }).size).toBe(0);
    expect(viewOf(rows, { filter: 'done' }).size).toBe(0);
  });
});

describe('what a person does with a row', () => {
  const key = keyOfSend(aSend(1));

  it('names the row to main and shows the answer at once', async () => {
    const console_ = aConsole({
      'sends.list': () => ({ sends: [aSend(1)] }),
      'sends.cancel': () => ({ send: aSend(1, { state: 'cancelled', changedAtMs: 5_000 }) }),
    });
    console_.actions.showOutbox(sales, 'waiting');
    await settle();
    await console_.actions.cancelSend(key);
    expect(console_.calls.at(-1)?.input).toEqual({ accountId: 'sales', chatId: ana, messageId: '3EB01' });
    expect(orders(console_)).toEqual([]);
  });

  it('says why main refused, and the row stays', async () => {
    const console_ = aConsole({
      'sends.list': () => ({ sends: [aSend(1, { state: 'failed' })] }),
      'sends.resend': () => {
        throw new Error('Ana is on the do-not-contact list.');
      },
    });
    console_.actions.showOutbox(sales, 'attention');
    await settle();
    await console_.actions.resendSend(key);
    expect(console_.store.getState().toasts.map(({ text }) => text)).toEqual(['Ana is on the do-not-contact list.']);
    expect(orders(console_)).toEqual([1]);
  });

  it('opens the conversation of a row, also when its chat was never listed', async () => {
    const console_ = aConsole({
      'chats.list': ({ cursor }) =>
        cursor === undefined
          ? { chats: [aChat('x')], nextCursor: 'c' }
          : { chats: [aChat('ana', { id: ana, accountId: sales })] },
      'messages.list': () => ({ messages: [] }),
    });
    await console_.actions.openChatOf(key);
    expect(console_.store.getState()).toMatchObject({ openChat: anaKey, scope: 'sales' });
    expect(console_.store.getState().chats[anaKey]?.name).toBe('ana');
  });

  it('reads the reason of a queued row again, and nothing of one that is settled', async () => {
    const wait = { reason: 'quiet_hours', untilMs: 99 } as const;
    const console_ = aConsole({
      'sends.list': () => ({ sends: [aSend(2, { state: 'sent' }), aSend(1)] }),
      'sends.get': () => ({ send: aSend(1, { wait }) }),
    });
    console_.actions.showOutbox(sales, 'all');
    await settle();
    await console_.actions.refreshWait(key);
    await console_.actions.refreshWait(keyOfSend(aSend(2)));
    expect(console_.store.getState().sends[key]?.wait).toEqual(wait);
    expect(console_.calls.filter(({ name }) => name === 'sends.get')).toHaveLength(1);
  });

  it('keeps account, chat and message apart in a key', () => {
    expect(partsOfSendKey(key)).toEqual({ accountId: 'sales', chatId: ana, messageId: '3EB01' });
  });
});

describe('rows of an open conversation', () => {
  it('are read with it and kept up to date; those of other chats are let go', async () => {
    const console_ = aConsole({
      'messages.list': () => ({ messages: [] }),
      'sends.list': ({ filter }) => ({ sends: filter === 'waiting' ? [aSend(1)] : [aSend(2, { state: 'failed' })] }),
    });
    console_.actions.openConversation(anaKey);
    await console_.actions.loadSendsOf(anaKey);
    console_.sink.applyEvents([updated(2, aSend(1, { state: 'handed' })), updated(3, aSend(3, { chatId: bruno }))]);
    expect(Object.values(console_.store.getState().sends).map(({ order, state }) => [order, state])).toEqual([
      [1, 'handed'],
      [2, 'failed'],
    ]);
  });
});

describe('the gate in the window', () => {
  it('lets an event win over an answer that was on its way', async () => {
    const answer = aPending<unknown>();
    const console_ = aConsole({ 'gates.get': () => answer.promise });
    const loading = console_.actions.loadGate(sales);
    console_.sink.applyEvents([anEvent(2, { type: 'gate.changed', gate: aGate({ waiting: 3 }) })]);
    answer.resolve({ gate: aGate({ waiting: 1 }) });
    await loading;
    expect(console_.store.getState().gates[sales]?.waiting).toBe(3);
  });

  it('is shown as main answers to a pause, and a refusal is said', async () => {
    const paused = { by: 'person', sinceMs: 1, words: 'Paused.' } as const;
    const console_ = aConsole({
      'gates.pause': () => ({ gate: aGate({ paused }) }),
      'gates.resume': () => {
        throw new Error('The store does not answer.');
      },
    });
    await console_.actions.pauseSending(sales);
    await console_.actions.resumeSending(sales);
    expect(console_.store.getState().gates[sales]?.paused).toEqual(paused);
    expect(console_.store.getState().toasts).toHaveLength(1);
  });
});

describe('a message that was taken back', () => {
  it('leaves the conversation, unless it came again in the same batch', async () => {
    const own = (id: string) => aMessage(id, { fromMe: true, status: 'pending' });
    const console_ = aConsole({ 'messages.list': () => ({ messages: [own('1'), own('2')] }) });
    console_.actions.openConversation(anaKey);
    await settle();
    const removed = (id: string) =>
      ({ type: 'message.removed', accountId: sales, chatId: ana, messageId: messageId(id), fromMe: true }) as const;
    console_.sink.applyEvents([
      anEvent(2, removed('1')),
      anEvent(3, removed('2')),
      anEvent(4, { type: 'message.added', message: own('2') }),
      anEvent(5, { type: 'message.added', message: own('3') }),
      anEvent(6, removed('3')),
    ]);
    expect(console_.store.getState().conversations[anaKey]?.messages.map(({ id }) => id)).toEqual(['2']);
  });
});

describe('a hole in the events', () => {
  it('makes the open outbox and its rows be read again, so that nothing goes on looking as if it waited', async () => {
    let settled = false;
    const console_ = aConsole({
      'sends.list': () => ({ sends: settled ? [aSend(2)] : [aSend(2), aSend(1)] }),
      'chats.list': () => ({ chats: [] }),
    });
    console_.actions.showOutbox(sales, 'waiting');
    await settle();
    settled = true;
    console_.sink.applySnapshot(aSnapshot(40), false);
    await settle();
    expect(orders(console_)).toEqual([2]);
    expect(Object.keys(console_.store.getState().sends)).toHaveLength(1);
  });
});
