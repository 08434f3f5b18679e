import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uncertainWords } from '../../../electron/application/outbox';
import { OperationError } from '../../../electron/contract/errors';
import { accountId, ana, anInbound, anObservedChat, anOwn, bruno, messageId } from '../../fakes/entities';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication, testStartMs } from '../../fakes/test-application';

const support = accountId('support');
let app: TestApplication;

beforeEach(async () => {
  app = await createTestApplication();
  await app.store.upsertChats(support, [anObservedChat(), anObservedChat({ id: bruno, name: 'Bruno' })]);
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const send = (body = 'hello', more: Readonly<Record<string, unknown>> = {}) =>
  app.dispatch(app.caller, 'messages.send', { accountId: support, chatId: ana, body, ...more });
const becomeReady = async () => {
  app.sessions.ready(support);
  await app.settled();
};
/** The page takes what it is given and has not heard from the server. */
const pageTakesIt = () => {
  app.sessions.answers.send = (_account, { chatId, messageId: id, body }) => ({
    message: anOwn(id, { chatId, body, status: 'pending', timestampMs: testStartMs }),
  });
};
const sentBodies = () =>
  app.sessions.asked.flatMap(({ kind, input }) => (kind === 'send' ? [(input as { readonly body: string }).body] : []));
const history = async () => {
  const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 50 });
  return page.messages.map(({ body, status, problem }) => ({
    body,
    status,
    ...(problem === undefined ? {} : { problem }),
  }));
};
const unsettled = async () => (await app.store.listUnsettled(support)).map((row) => row.state);

describe('sending a message', () => {
  it('stores it, answers with it as pending, and hands it to the page under an id of our own', async () => {
    await becomeReady();
    pageTakesIt();
    const sent = await send();
    if (!sent.ok) throw new Error(sent.error.message);
    expect(sent.data.message).toMatchObject({ body: 'hello', status: 'pending', fromMe: true });
    expect(sent.data.message.id).toMatch(/^3EB0[0-9A-F]{18}$/);
    await app.settled();
    expect(app.sessions.asked).toContainEqual({
      accountId: support,
      kind: 'send',
      input: { chatId: ana, messageId: sent.data.message.id, body: 'hello' },
    });
    expect(await unsettled()).toEqual(['handed']);
    expect(app.heardOf('message.added')).toHaveLength(1);
    expect(app.heardOf('chat.updated').at(-1)?.chat.lastMessage).toMatchObject({ body: 'hello', status: 'pending' });
  });

  it('is on the disk as claimed before the page is asked', async () => {
    await becomeReady();
    let stateWhenAsked: readonly string[] = [];
    app.sessions.answers.send = async (_account, { messageId: id }) => {
      stateWhenAsked = await unsettled();
      return { message: anOwn(id) };
    };
    await send();
    await app.settled();
    expect(stateWhenAsked).toEqual(['claimed']);
  });

  it('follows the acknowledgements from sent to read, and is settled from sent on', async () => {
    await becomeReady();
    pageTakesIt();
    const sent = await send();
    if (!sent.ok) throw new Error(sent.error.message);
    await app.settled();
    for (const status of ['sent', 'delivered', 'delivered', 'sent', 'read'] as const) {
      app.sessions.report(support, { type: 'ack', chatId: ana, messageId: sent.data.message.id, status });
    }
    await app.settled();
    expect(
      app
        .heardOf('message.updated')
        .map((event) => event.message.status)
        .slice(-3),
    ).toEqual(['sent', 'delivered', 'read']);
    expect(app.heardOf('chat.updated').at(-1)?.chat.lastMessage?.status).toBe('read');
    expect(await unsettled()).toEqual([]);
  });

  it('keeps the order in which a person wrote', async () => {
    await becomeReady();
    pageTakesIt();
    await Promise.all(['one', 'two', 'three'].map((body) => send(body)));
    await app.settled();
    expect(sentBodies()).toEqual(['one', 'two', 'three']);
  });

  it('sends bodies of every kind byte for byte', async () => {
    await becomeReady();
    pageTakesIt();
    const bodies = ['<b>x</b>', 'a\u202Eb', '👩‍👩‍👧‍👦', '  spaced\r\n', 'x'.repeat(65_536)];
    for (const body of bodies) expect((await send(body)).ok).toBe(true);
    await app.settled();
    expect(sentBodies()).toEqual(bodies);
    expect((await history()).map((message) => message.body)).toEqual(bodies);
  });

  it.each([
    [{ state: 'stopped', sinceMs: 0 }, 'stopped'],
    [
      { state: 'reconnecting', sinceMs: testStartMs, reason: 'x', me: { wid: '', phone: '', pushName: '' } },
      'reconnecting since \\d\\d:\\d\\d',
    ],
    [
      { state: 'syncing', sinceMs: testStartMs - 3 * 86_400_000, percent: 5 },
      'loading its chats since 17 Nov,? \\d\\d:\\d\\d',
    ],
  ] as const)('is refused while the account is not ready, in words, and nothing is kept: %o', async (status, words) => {
    app.sessions.becomes(support, status);
    const refused = await send();
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'SESSION_NOT_READY', category: 'not_ready', effect: 'none' },
    });
    expect(refused.ok ? '' : refused.error.message).toMatch(
      new RegExp(`^Support is not ready \\(${words}\\): nothing was sent, your text is kept\\.$`),
    );
    expect(await unsettled()).toEqual([]);
    expect(await history()).toEqual([]);
  });

  it('to a chat that is not there is refused by name and keeps nothing', async () => {
    await becomeReady();
    const refused = await send('hello', { chatId: '551199999999@c.us' });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'CHAT_NOT_FOUND', message: 'Support: there is no chat 551199999999@c.us' },
    });
    await app.settled();
    expect(sentBodies()).toEqual([]);
    expect(await unsettled()).toEqual([]);
  });

  it('with the same idempotency key happens once, and with another text is refused', async () => {
    await becomeReady();
    pageTakesIt();
    const [first, again] = await Promise.all([
      send('hello', { idempotencyKey: 'k' }),
      send('hello', { idempotencyKey: 'k' }),
    ]);
    if (!first.ok || !again.ok) throw new Error('both calls have to succeed');
    expect(again.data.message.id).toBe(first.data.message.id);
    expect(await send('other', { idempotencyKey: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringMatching(/^Support: /) },
    });
    await app.settled();
    expect(sentBodies()).toEqual(['hello']);
    expect(app.heardOf('message.added')).toHaveLength(1);
  });

  it('that the disk does not take is refused by name and never sent', async () => {
    await becomeReady();
    app.store.fail(
      'queueOutgoing',
      new OperationError('STORE_UNAVAILABLE', 'account support: the disk is full', {
        data: { accountId: 'support', problem: 'the disk is full' },
      }),
      1,
    );
    expect(await send()).toMatchObject({
      ok: false,
      error: { code: 'STORE_UNAVAILABLE', message: 'Support: the disk is full' },
    });
    await app.settled();
    expect(sentBodies()).toEqual([]);
  });
});

describe('a store that dies over a message being sent', () => {
  const died = new OperationError('STORE_UNAVAILABLE', 'account support: the store stopped', { effect: 'unknown' });

  it.each(['fail', 'failAfter'] as const)('has it sent once and told once: %s', async (how) => {
    await becomeReady();
    pageTakesIt();
    app.store[how]('queueOutgoing', died, 1);
    expect(await send()).toMatchObject({ ok: true, data: { message: { body: 'hello', status: 'pending' } } });
    await app.settled();
    expect(sentBodies()).toEqual(['hello']);
    expect(app.heardOf('message.added')).toHaveLength(1);
  });
});

describe('a message that goes wrong', () => {
  it('and certainly did not leave is failed, with the reason, and not tried again', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SEND_FAILED', 'Support: this number is not on WhatsApp.');
    };
    await send();
    await app.settled();
    expect(await history()).toEqual([
      { body: 'hello', status: 'failed', problem: 'Support: this number is not on WhatsApp.' },
    ]);
    expect(await unsettled()).toEqual([]);
    app.sessions.becomes(support, { state: 'stopped', sinceMs: 1 });
    await becomeReady();
    expect(sentBodies()).toHaveLength(1);
  });

  it('and may have left is unknown, and is looked up, never sent, at the next ready', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SESSION_CRASHED', 'Support: its browser ended.', { effect: 'unknown' });
    };
    await send();
    await app.settled();
    expect(await history()).toEqual([{ body: 'hello', status: 'unknown', problem: uncertainWords }]);
    expect(await unsettled()).toEqual(['claimed']);

    app.sessions.answers.findMessage = (_account, { messageId: id }) => ({
      message: anOwn(id, { body: 'hello', status: 'sent' }),
    });
    app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
    await becomeReady();
    expect(sentBodies()).toHaveLength(1);
    expect(await history()).toEqual([{ body: 'hello', status: 'sent' }]);
    expect(await unsettled()).toEqual([]);
  });

  it('is healed by a confirmation that comes after all', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SESSION_TIMEOUT', 'Support: no answer.', { effect: 'unknown' });
    };
    const sent = await send();
    if (!sent.ok) throw new Error(sent.error.message);
    await app.settled();
    app.sessions.report(support, { type: 'ack', chatId: ana, messageId: sent.data.message.id, status: 'delivered' });
    await app.settled();
    expect(await history()).toEqual([{ body: 'hello', status: 'delivered' }]);
    expect(await unsettled()).toEqual([]);
  });

  it('keeps its place when the session was gone before anything was asked', async () => {
    await becomeReady();
    app.sessions.answers.send = () => {
      throw new OperationError('SESSION_NOT_READY', 'Support is not ready.');
    };
    await send();
    await app.settled();
    expect(await unsettled()).toEqual(['queued']);
    expect(await history()).toEqual([{ body: 'hello', status: 'pending' }]);
    pageTakesIt();
    app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
    await becomeReady();
    expect(sentBodies()).toEqual(['hello', 'hello']);
    expect(await unsettled()).toEqual(['handed']);
  });

  it('because WhatsApp refused it says so', async () => {
    await becomeReady();
    pageTakesIt();
    const sent = await send();
    if (!sent.ok) throw new Error(sent.error.message);
    await app.settled();
    app.sessions.report(support, { type: 'ack', chatId: ana, messageId: sent.data.message.id, status: 'failed' });
    await app.settled();
    expect(await history()).toEqual([
      { body: 'hello', status: 'failed', problem: 'WhatsApp did not accept this message.' },
    ]);
  });

  it('does not hold up the messages behind it', async () => {
    await becomeReady();
    app.sessions.answers.send = (_account, { messageId: id, body }) => {
      if (body === 'bad') throw new OperationError('SEND_FAILED', 'Support: refused.');
      return { message: anOwn(id, { body, status: 'sent', timestampMs: testStartMs }) };
    };
    await Promise.all(['bad', 'good'].map((body) => send(body)));
    await app.settled();
    expect((await history()).map((message) => message.status)).toEqual(['failed', 'sent']);
  });

  it('is sent a little later when the disk did not take its claim', async () => {
    await becomeReady();
    pageTakesIt();
    app.store.fail('setOutboxState', new OperationError('STORE_UNAVAILABLE', 'disk'), 1);
    await send();
    await app.settled();
    expect(sentBodies()).toEqual([]);
    app.clock.advance(10_000);
    await app.settled();
    expect(sentBodies()).toEqual(['hello']);
    expect(await unsettled()).toEqual(['handed']);
  });

  it('is not mixed up with what a page answers about another message', async () => {
    await becomeReady();
    app.sessions.answers.send = () => ({ message: anOwn('3EB0OTHER', { body: 'other', status: 'read' }) });
    await send();
    await app.settled();
    expect(await history()).toEqual([{ body: 'hello', status: 'pending' }]);
  });
});

// What a crash of the console leaves behind, at each point where it can happen.
describe('a message that a crash interrupted', () => {
  const id = messageId('3EB0ABCDEF0123456789AB');
  const queue = () =>
    app.store.queueOutgoing(support, {
      chatId: ana,
      messageId: id,
      body: 'hello',
      idempotencyKey: undefined,
      timestampMs: testStartMs,
    });
  const found = (status: 'pending' | 'sent' | 'read') => {
    app.sessions.answers.findMessage = (_account, input) => ({
      message: anOwn(input.messageId, { body: 'hello', status, timestampMs: testStartMs }),
    });
  };

  it('before it was claimed is sent, under the id that it had', async () => {
    await queue();
    pageTakesIt();
    await becomeReady();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'send')).toMatchObject([{ input: { messageId: id } }]);
    expect(await unsettled()).toEqual(['handed']);
  });

  it.each(['claimed', 'handed'] as const)(
    'after it was %s and that is with the server is sent, without sending',
    async (state) => {
      await queue();
      await app.store.setOutboxState(support, ana, id, state);
      found('read');
      await becomeReady();
      expect(await history()).toEqual([{ body: 'hello', status: 'read' }]);
      expect(await unsettled()).toEqual([]);
      expect(sentBodies()).toEqual([]);
    },
  );

  it.each(['claimed', 'handed'] as const)('after it was %s and that waits in the page stays pending', async (state) => {
    await queue();
    await app.store.setOutboxState(support, ana, id, state);
    found('pending');
    await becomeReady();
    expect(await history()).toEqual([{ body: 'hello', status: 'pending' }]);
    expect(await unsettled()).toEqual(['handed']);
    expect(sentBodies()).toEqual([]);
  });

  it.each(['claimed', 'handed'] as const)(
    'after it was %s and that nobody knows is unknown, settled, and never sent again',
    async (state) => {
      await queue();
      await app.store.setOutboxState(support, ana, id, state);
      await becomeReady();
      expect(await history()).toEqual([{ body: 'hello', status: 'unknown', problem: uncertainWords }]);
      expect(await unsettled()).toEqual([]);
      app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
      await becomeReady();
      expect(sentBodies()).toEqual([]);
    },
  );

  it('is not given up when looking fails, and looked for again', async () => {
    await queue();
    await app.store.setOutboxState(support, ana, id, 'claimed');
    app.sessions.answers.findMessage = () => {
      throw new OperationError('SESSION_TIMEOUT', 'no answer');
    };
    await becomeReady();
    expect(await unsettled()).toEqual(['claimed']);
    found('sent');
    app.clock.advance(10_000);
    await app.settled();
    expect(await history()).toEqual([{ body: 'hello', status: 'sent' }]);
  });

  it('goes out before what is written after it', async () => {
    await queue();
    pageTakesIt();
    app.sessions.answers.listChats = async () => {
      await send('later');
      return { chats: [] };
    };
    await becomeReady();
    expect(sentBodies()).toEqual(['hello', 'later']);
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
        data: { chats: [{ id: ana }, { id: bruno }] },
      });
    }
  });
});
