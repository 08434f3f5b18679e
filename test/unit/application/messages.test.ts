import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { ana, anInbound, anObservedChat, anOwn, bruno, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { type TestApplication, testStartMs } from '../../fakes/test-application';

let bench: OutboxBench;
let app: TestApplication;

beforeEach(async () => {
  bench = await createOutboxBench();
  ({ app } = bench);
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const becomeReady = () => bench.becomeReady();
const history = async () => {
  const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 50 });
  return page.messages.map(({ body, status, problem }) => ({
    body,
    status,
    ...(problem === undefined ? {} : { problem }),
  }));
};

describe('sending a message', () => {
  it('stores it, answers with it as queued, and hands it to the page under an id of our own', async () => {
    await becomeReady();
    const sent = await bench.send('hello');
    if (!sent.ok) throw new Error(sent.error.message);
    const { message, send } = sent.data;
    expect(message).toMatchObject({ body: 'hello', status: 'pending', fromMe: true });
    expect(message.id).toMatch(/^3EB0[0-9A-F]{18}$/);
    expect(send).toMatchObject({ messageId: message.id, state: 'queued', lane: 'person', policy: 'never_twice' });
    await app.settled();
    expect(bench.page.asked).toEqual([
      { chatId: ana, messageId: message.id, content: { kind: 'text', body: 'hello' }, again: false },
    ]);
    expect(await bench.states()).toEqual(['handed']);
    expect(app.heardOf('message.added')).toHaveLength(1);
    expect(app.heardOf('chat.updated').at(-1)?.chat.lastMessage).toMatchObject({ body: 'hello', status: 'pending' });
    expect(app.heardOf('send.updated').map((event) => event.send.state)).toEqual(['queued', 'claimed', 'handed']);
  });

  it('is on the disk as claimed before the page is asked', async () => {
    await becomeReady();
    let statesWhenAsked: readonly string[] = [];
    app.sessions.answers.send = async (_account, { messageId: id }) => {
      statesWhenAsked = await bench.states();
      return { message: anOwn(id) };
    };
    await bench.send('hello');
    await app.settled();
    expect(statesWhenAsked).toEqual(['claimed']);
  });

  it('follows the acknowledgements from sent to read; only they say that it was sent', async () => {
    await becomeReady();
    const id = await bench.mustSend('hello');
    await app.settled();
    for (const status of ['sent', 'delivered', 'delivered', 'sent', 'read'] as const) await bench.ack(id, status);
    expect(
      app
        .heardOf('message.updated')
        .map((event) => event.message.status)
        .slice(-3),
    ).toEqual(['sent', 'delivered', 'read']);
    expect(
      app
        .heardOf('send.updated')
        .map((event) => event.send.state)
        .slice(-4),
    ).toEqual(['handed', 'sent', 'delivered', 'read']);
    expect(app.heardOf('chat.updated').at(-1)?.chat.lastMessage?.status).toBe('read');
    expect(await bench.states()).toEqual(['read']);
  });

  it('keeps the order in which a person wrote', async () => {
    bench.page.confirms = true;
    await becomeReady();
    await Promise.all(['one', 'two', 'three'].map((body) => bench.send(body)));
    await app.settled();
    expect(bench.sentBodies()).toEqual(['one', 'two', 'three']);
  });

  it('sends bodies of every kind byte for byte', async () => {
    bench.page.confirms = true;
    await becomeReady();
    const bodies = ['<b>x</b>', 'a\u202Eb', '👩‍👩‍👧‍👦', '  spaced\r\n', 'x'.repeat(65_536)];
    for (const body of bodies) expect((await bench.send(body)).ok).toBe(true);
    await app.settled();
    expect(bench.sentBodies()).toEqual(bodies);
    expect((await history()).map((message) => message.body)).toEqual(bodies);
  });

  it.each([
    { state: 'stopped', sinceMs: 0 },
    { state: 'reconnecting', sinceMs: testStartMs, reason: 'x', me: { wid: '', phone: '', pushName: '' } },
    { state: 'syncing', sinceMs: testStartMs, percent: 5 },
  ] as const)('while the account is away waits and says so, and goes on after it is back: %o', async (status) => {
    app.sessions.becomes(support, status);
    expect(await bench.send('kept')).toMatchObject({
      ok: true,
      data: { send: { state: 'queued', wait: { reason: 'account_not_ready' } } },
    });
    await app.settled();
    expect(bench.sentBodies()).toEqual([]);
    await becomeReady();
    expect(bench.sentBodies()).toEqual(['kept']);
  });

  it('to a group that is not there is refused by name and keeps nothing', async () => {
    await becomeReady();
    expect(await bench.send('hello', { chatId: '120363999999999999@g.us' })).toMatchObject({
      ok: false,
      error: { code: 'CHAT_NOT_FOUND', message: expect.stringMatching(/^Support: .*120363999999999999@g.us/) },
    });
    await app.settled();
    expect(await bench.rows()).toEqual([]);
  });

  it('to a person who is not in the list begins the chat', async () => {
    await becomeReady();
    expect(await bench.send('hello', { chatId: '551199999999@c.us' })).toMatchObject({ ok: true });
    await app.settled();
    expect(bench.sentBodies()).toEqual(['hello']);
  });

  it('longer than WhatsApp takes is refused by name of the field, and nothing is kept', async () => {
    expect(await bench.send('x'.repeat(65_537))).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringMatching(/^Support: body .*65536/) },
    });
    expect(await bench.rows()).toEqual([]);
  });

  it('with the same idempotency key happens once, and with another text is refused', async () => {
    bench.page.confirms = true;
    await becomeReady();
    const [first, again] = await Promise.all([
      bench.send('hello', { idempotencyKey: 'k' }),
      bench.send('hello', { idempotencyKey: 'k' }),
    ]);
    if (!first.ok || !again.ok) throw new Error('both calls have to succeed');
    expect(again.data.message.id).toBe(first.data.message.id);
    expect(await bench.send('other', { idempotencyKey: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringMatching(/^Support: /) },
    });
    await app.settled();
    expect(bench.sentBodies()).toEqual(['hello']);
    expect(app.heardOf('message.added')).toHaveLength(1);
  });
});

describe('a message that goes wrong', () => {
  it('and certainly did not leave is failed, with the reason, and not tried again', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('NUMBER_NOT_ON_WHATSAPP', 'Support: this number is not on WhatsApp.');
    };
    await bench.send('hello');
    await app.settled();
    expect(await history()).toEqual([
      { body: 'hello', status: 'failed', problem: 'Support: this number is not on WhatsApp.' },
    ]);
    expect(await bench.states()).toEqual(['failed']);
    const asked = () => app.sessions.asked.filter(({ kind }) => kind === 'send').length;
    expect(asked()).toBe(1);
    await bench.restartSession();
    await bench.pass(3_600_000, 60_000);
    expect(asked()).toBe(1);
  });

  it('is healed by a confirmation that comes after all', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SESSION_TIMEOUT', 'Support: no answer.', { effect: 'unknown' });
    };
    const id = await bench.mustSend('hello');
    await app.settled();
    await bench.ack(id, 'delivered');
    expect(await history()).toEqual([{ body: 'hello', status: 'delivered' }]);
    expect(await bench.states()).toEqual(['delivered']);
  });

  it('keeps its place when the session was gone before anything was asked', async () => {
    await becomeReady();
    const answer = app.sessions.answers.send;
    app.sessions.answers.send = () => {
      throw new OperationError('SESSION_NOT_READY', 'Support is not ready.');
    };
    await bench.send('hello');
    await app.settled();
    expect(await bench.states()).toEqual(['queued']);
    expect(await history()).toEqual([{ body: 'hello', status: 'pending' }]);
    if (answer !== undefined) app.sessions.answers.send = answer;
    await bench.restartSession();
    expect(bench.sentBodies()).toEqual(['hello']);
    expect(await bench.states()).toEqual(['handed']);
  });

  it('because WhatsApp refused it says so', async () => {
    await becomeReady();
    const id = await bench.mustSend('hello');
    await app.settled();
    await bench.ack(id, 'failed');
    expect(await history()).toEqual([
      { body: 'hello', status: 'failed', problem: 'WhatsApp did not accept this message.' },
    ]);
    expect(await bench.states()).toEqual(['failed']);
  });

  it('does not hold up the messages behind it', async () => {
    await becomeReady();
    const answer = app.sessions.answers.send;
    app.sessions.answers.send = (account, input) => {
      if (input.content.kind === 'text' && input.content.body === 'bad') {
        throw new OperationError('SEND_FAILED', 'Support: refused.');
      }
      if (answer === undefined) throw new Error('the page has no answer');
      return answer(account, input);
    };
    await Promise.all(['bad', 'good'].map((body) => bench.send(body)));
    await app.settled();
    expect(await bench.states()).toEqual(['failed', 'handed']);
  });

  it('is not mixed up with what a page answers about another message', async () => {
    await becomeReady();
    app.sessions.answers.send = () => ({ message: anOwn('3EB0OTHER', { body: 'other', status: 'read' }) });
    await bench.send('hello');
    await app.settled();
    expect(await history()).toEqual([{ body: 'hello', status: 'pending' }]);
    expect(await bench.states()).toEqual(['claimed']);
  });

  it('under another id than it was told is stuck, with the reason, and never sent a second time', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SEND_UNCONFIRMED', 'x', { effect: 'unknown', data: { sentAs: '3EB0OTHER' } });
    };
    await bench.send('hello', { policy: 'never_lost' });
    await app.settled();
    await bench.pass(3_600_000, 60_000);
    expect(await bench.states()).toEqual(['stuck']);
    expect(app.sessions.asked.filter(({ kind }) => kind === 'send')).toHaveLength(1);
  });
});

describe('marking a chat as read', () => {
  const markRead = () => app.dispatch(app.caller, 'chats.markRead', { accountId: support, chatId: ana });
  beforeEach(async () => void (await app.store.upsertChats(support, [anObservedChat({ unreadCount: 3 })])));

  it('clears it here and tells WhatsApp when the account is ready', async () => {
    app.sessions.answers.listChats = () => ({ chats: [anObservedChat({ unreadCount: 3 })] });
    await becomeReady();
    expect(await markRead()).toMatchObject({ ok: true, data: { chat: { unreadCount: 0 } } });
    await app.settled();
    expect(app.heardOf('unread.changed').map((event) => event.unread.messages)).toEqual([3, 0]);
    expect(app.sessions.asked.filter(({ kind }) => kind === 'markRead')).toHaveLength(1);
    await markRead();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'markRead')).toHaveLength(1);
  });

  it('clears it here when the account is not ready or WhatsApp does not answer', async () => {
    expect(await markRead()).toMatchObject({ ok: true, data: { chat: { unreadCount: 0 } } });
    await app.store.upsertChats(support, [anObservedChat({ unreadCount: 2 })]);
    app.sessions.answers.markRead = () => {
      throw new OperationError('SESSION_TIMEOUT', 'no answer', { effect: 'unknown' });
    };
    await becomeReady();
    expect(await markRead()).toMatchObject({ ok: true, data: { chat: { unreadCount: 0 } } });
  });
});

describe('marking a chat as read within bounds', () => {
  const dayMs = 86_400_000;
  const markRead = (bounds: object) =>
    app.dispatch(app.caller, 'chats.markRead', { accountId: support, chatId: ana, ...bounds });
  const unreadNow = async () => (await app.store.getChat(support, ana)).unreadCount;

  /** Unread messages of these ages, in days, among what does not count: own messages and what WhatsApp says itself. */
  const receive = async (...ages: number[]): Promise<void> => {
    const at = (days: number) => app.clock.nowMs() - Math.round(days * dayMs);
    await app.store.saveMessages(support, [
      anInbound('READ', { timestampMs: at(300) }),
      ...ages.map((days, index) => anInbound(`U${index}`, { timestampMs: at(days) })),
      anOwn('OWN', { timestampMs: at(200), status: 'read' }),
      anInbound('NOTE', { timestampMs: at(0.1), type: 'notification' }),
    ]);
    await app.store.upsertChats(support, [anObservedChat({ unreadCount: ages.length })]);
  };
  const refused = async (bounds: object, words: string) => {
    const before = await unreadNow();
    const answer = await markRead(bounds);
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_SUPPORTED', category: 'invalid_input' } });
    if (answer.ok) throw new Error('it was not refused');
    expect(answer.error.message).toContain(`Support: chat ${ana} ${words}`);
    expect(answer.error.message).toContain('WhatsApp Web can only mark a whole chat as read, so nothing was changed');
    expect(await unreadNow()).toBe(before);
    expect(app.sessions.asked.filter(({ kind }) => kind === 'markRead')).toEqual([]);
  };

  it('marks a chat whose unread messages are as few and as young as the caller expects', async () => {
    await receive(0.5, 2, 6.9);
    expect(await markRead({ messages: 3, days: 7 })).toMatchObject({ ok: true, data: { chat: { unreadCount: 0 } } });
    // Nothing is unread: there is nothing to refuse, whatever lies in the chat.
    expect(await markRead({ messages: 1, days: 1 })).toMatchObject({ ok: true, data: { chat: { unreadCount: 0 } } });
  });

  it('refuses a chat with more unread messages and changes nothing', async () => {
    await becomeReady();
    await receive(0.1, 0.2, 0.3);
    await refused({ messages: 2 }, 'has 3 unread messages, more than 2 (messages)');
    await refused({ messages: 2, days: 7 }, 'has 3 unread messages');
  });

  it('refuses a chat with older unread messages and changes nothing', async () => {
    await becomeReady();
    await receive(0.1, 7.1);
    await refused({ days: 7 }, 'has unread messages that are older than 7 days (days)');
    await refused({ messages: 30, days: 1 }, 'has unread messages that are older than a day (days)');
    expect(await markRead({ days: 8 })).toMatchObject({ ok: true });
  });

  it('looks at more than one page of unread messages', async () => {
    await receive(...Array.from({ length: 450 }, (_, index) => index / 100));
    await refused({ days: 4 }, 'has unread messages that are older than 4 days (days)');
    expect(await markRead({ days: 5, messages: 450 })).toMatchObject({ ok: true });
  });

  it('does not guess the age of unread messages that are not stored', async () => {
    await app.store.saveMessages(support, [anInbound('A1', { timestampMs: app.clock.nowMs() })]);
    await app.store.upsertChats(support, [anObservedChat({ unreadCount: 5 })]);
    await refused({ days: 7 }, 'has unread messages that are not stored here');
    expect(await markRead({ messages: 5 })).toMatchObject({ ok: true });
  });

  it.each([{ messages: 0 }, { messages: 1.5 }, { days: 0 }, { days: 3_651 }, { messages: '30' }])(
    'refuses the bound %j by the account and the field',
    async (bounds) => {
      await receive(0.1);
      expect(await markRead(bounds)).toMatchObject({
        ok: false,
        error: {
          code: 'VALIDATION_ERROR',
          message: expect.stringMatching(new RegExp(`^Support: ${Object.keys(bounds)[0]} must be`)),
        },
      });
      expect(await unreadNow()).toBe(1);
    },
  );
});

describe('reading', () => {
  it('pages through history and lists chats of one account and of all', async () => {
    await app.store.saveMessages(support, [anInbound('A1'), anInbound('A2')]);
    const newest = await app.dispatch(app.caller, 'messages.list', { accountId: support, chatId: ana, limit: 1 });
    if (!newest.ok) throw new Error(newest.error.message);
    expect(newest.data.messages.map((message) => message.id)).toEqual(['A2']);
    const older = await app.dispatch(app.caller, 'messages.list', {
      accountId: support,
      chatId: ana,
      limit: 1,
      cursor: newest.data.olderCursor,
    });
    expect(older).toMatchObject({ ok: true, data: { messages: [{ id: 'A1' }] } });
    for (const input of [{}, { accountId: support }]) {
      expect(await app.dispatch(app.caller, 'chats.list', input)).toMatchObject({
        ok: true,
        data: { chats: expect.arrayContaining([ana, bruno, team].map((id) => expect.objectContaining({ id }))) },
      });
    }
  });
});
