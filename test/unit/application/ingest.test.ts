import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { accountId, anAccount, ana, anInbound, anObservedChat, bruno, messageId, team } from '../../fakes/entities';
import { me } from '../../fakes/scripted-sessions';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

const support = accountId('support');
const sales = accountId('sales');
let app: TestApplication;

beforeEach(async () => {
  app = await createTestApplication({
    accounts: [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })],
  });
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const becomeReady = async () => {
  app.sessions.ready(support);
  await app.settled();
};
const restart = () => app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
const fetches = () =>
  app.sessions.asked.flatMap(({ kind, input }) =>
    kind === 'fetchMessages' ? [input as { readonly chatId: string; readonly limit: number }] : [],
  );
const diskError = new OperationError('STORE_UNAVAILABLE', 'account support: the disk is full');

describe('what a session reports', () => {
  it('is stored and told in the order in which it happened', async () => {
    for (let count = 0; count < 20; count += 1) {
      app.sessions.report(support, { type: 'messages', messages: [anInbound(`A${count}`, { timestampMs: count })] });
    }
    await app.settled();
    expect(app.heardOf('message.added').map((event) => event.message.id)).toEqual(
      Array.from({ length: 20 }, (_, count) => `A${count}`),
    );
    const sequences = app.heard.map((event) => event.sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
  });

  it('twice is told once', async () => {
    const report = { type: 'messages', messages: [anInbound('A1')] } as const;
    app.sessions.report(support, { ...report, messages: [...report.messages] });
    app.sessions.report(support, { ...report, messages: [...report.messages] });
    await app.settled();
    expect(app.heardOf('message.added')).toHaveLength(1);
    expect(app.heardOf('message.updated')).toHaveLength(0);
    expect(app.heardOf('chat.updated')).toHaveLength(1);
  });

  it('about a chat changes its row and the account’s unread count, and the same again changes nothing', async () => {
    for (let count = 0; count < 2; count += 1) {
      app.sessions.report(support, { type: 'chat', chat: anObservedChat({ unreadCount: 2 }) });
    }
    await app.settled();
    expect(app.heardOf('chat.updated')).toHaveLength(1);
    expect(app.heardOf('unread.changed')).toEqual([
      { type: 'unread.changed', unread: { accountId: support, messages: 2, chats: 1 } },
    ]);
  });

  it('does not wait for another account’s trouble', async () => {
    app.store.fail('saveMessages', diskError, 1);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    app.sessions.report(sales, { type: 'messages', messages: [anInbound('B1')] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(app.heardOf('message.added').map((event) => event.message.id)).toEqual(['B1']);
    app.clock.advance(1_000);
    await app.settled();
    expect(app.heardOf('message.added').map((event) => event.message.id)).toEqual(['B1', 'A1']);
  });

  it('is stored by another try when the disk fails for a moment, still in order', async () => {
    app.store.fail('saveMessages', diskError, 2);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A2')] });
    for (let step = 0; step < 10; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      app.clock.advance(200);
    }
    await app.settled();
    expect(app.heardOf('message.added').map((event) => event.message.id)).toEqual(['A1', 'A2']);
    expect(app.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('that cannot be stored is an error in the log, and is fetched as soon as the disk works again', async () => {
    await becomeReady();
    app.store.fail('saveMessages', diskError, 3);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('LOST', { timestampMs: 50_000 })] });
    for (let step = 0; step < 10; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      app.clock.advance(200);
    }
    await app.settled();
    expect(app.lines.filter((line) => line.level === 'error')).toMatchObject([
      { fields: { accountId: 'support', what: 'messages', reason: 'STORE_UNAVAILABLE' } },
    ]);
    // Newer messages of the same chat must not hide what is missing before them.
    app.sessions.answers.listChats = () => ({ chats: [anObservedChat({ lastActivityMs: 60_000 })] });
    app.sessions.answers.fetchMessages = () => ({
      messages: [anInbound('LOST', { timestampMs: 50_000 }), anInbound('NEXT', { timestampMs: 60_000 })],
    });
    app.sessions.report(support, { type: 'messages', messages: [anInbound('NEXT', { timestampMs: 60_000 })] });
    await app.settled();
    const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 5 });
    expect(page.messages.map((message) => message.id)).toEqual(['LOST', 'NEXT']);
  });
});

describe('a store that dies after it stored a report', () => {
  const died = new OperationError('STORE_UNAVAILABLE', 'account support: the store stopped', { effect: 'unknown' });
  const passTime = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    app.clock.advance(1_000);
    await app.settled();
  };

  it('has the window read the chat again, because nobody was told of the message', async () => {
    app.store.failAfter('saveMessages', died, 1);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    await passTime();
    expect(app.heardOf('history.imported')).toEqual([{ type: 'history.imported', accountId: support, chatIds: [ana] }]);
    expect(app.heardOf('chat.updated').at(-1)?.chat.lastMessage?.id).toBe('A1');
  });

  it('still has the unread count told', async () => {
    app.store.failAfter('upsertChats', died, 1);
    app.sessions.report(support, { type: 'chat', chat: anObservedChat({ unreadCount: 4 }) });
    await passTime();
    expect(app.heardOf('unread.changed').map((event) => event.unread.messages)).toEqual([4]);
  });
});

describe('a session that becomes ready', () => {
  it('is told, and leaves on the account who the phone is, once', async () => {
    await becomeReady();
    restart();
    await becomeReady();
    expect(app.heardOf('session.changed').map((event) => event.session.status.state)).toEqual([
      'ready',
      'starting',
      'ready',
    ]);
    expect(app.accounts.find(support)?.identity).toEqual(me);
    expect(app.heardOf('account.updated')).toHaveLength(1);
  });

  it('for the first time brings the chats and 200 messages of each, newest chat first', async () => {
    app.sessions.answers.listChats = () => ({
      chats: [
        anObservedChat({ lastActivityMs: 1_000, unreadCount: 1 }),
        anObservedChat({ id: bruno, name: 'Bruno', lastActivityMs: 3_000 }),
        anObservedChat({ id: team, kind: 'group', name: 'Team', lastActivityMs: 0 }),
      ],
    });
    app.sessions.answers.fetchMessages = (_account, { chatId }) => ({
      messages: [anInbound('A1', { chatId, timestampMs: chatId === ana ? 1_000 : 3_000 })],
    });
    await becomeReady();
    expect(fetches()).toEqual([
      { chatId: bruno, limit: 200 },
      { chatId: ana, limit: 200 },
    ]);
    expect(app.heardOf('history.imported').map((event) => event.chatIds)).toEqual([[bruno], [ana]]);
    expect(app.heardOf('message.added')).toEqual([]);
    expect(app.heardOf('unread.changed').map((event) => event.unread.messages)).toEqual([1]);
    expect((await app.store.getChat(support, ana)).lastMessage?.id).toBe('A1');
  });

  it('again fetches only what is missing, further back until it meets what is stored', async () => {
    await app.store.saveMessages(support, [
      anInbound('OLD', { timestampMs: 1_000 }),
      anInbound('B1', { chatId: bruno, timestampMs: 9_000 }),
    ]);
    const missed = Array.from({ length: 120 }, (_, index) =>
      anInbound(`M${index}`, { timestampMs: 2_000 + index * 10 }),
    );
    app.sessions.answers.listChats = () => ({
      chats: [anObservedChat({ lastActivityMs: 5_000 }), anObservedChat({ id: bruno, lastActivityMs: 9_000 })],
    });
    app.sessions.answers.fetchMessages = (_account, { limit }) => ({
      messages: [anInbound('OLD', { timestampMs: 1_000 }), ...missed].slice(-limit),
    });
    await becomeReady();
    expect(fetches()).toEqual([
      { chatId: ana, limit: 50 },
      { chatId: ana, limit: 200 },
    ]);
    const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 200 });
    expect(page.messages).toHaveLength(121);
    restart();
    app.sessions.answers.listChats = () => ({ chats: [anObservedChat({ lastActivityMs: 3_190 })] });
    await becomeReady();
    expect(fetches()).toHaveLength(2);
  });

  it('notices a message that was missed in the same second as the newest stored one, and fetches nothing that is there', async () => {
    await app.store.saveMessages(support, [
      anInbound('FIRST', { timestampMs: 5_000 }),
      anInbound('B1', { chatId: bruno, timestampMs: 5_000 }),
    ]);
    app.sessions.answers.listChats = () => ({
      chats: [
        anObservedChat({ lastActivityMs: 5_000, lastMessageId: messageId('SECOND') }),
        anObservedChat({ id: bruno, lastActivityMs: 5_000, lastMessageId: messageId('B1') }),
      ],
    });
    app.sessions.answers.fetchMessages = () => ({
      messages: [anInbound('FIRST', { timestampMs: 5_000 }), anInbound('SECOND', { timestampMs: 5_000 })],
    });
    await becomeReady();
    expect(fetches()).toEqual([{ chatId: ana, limit: 50 }]);
    const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 10 });
    expect(page.messages.map((message) => message.id)).toEqual(['FIRST', 'SECOND']);
  });

  it('does not make live messages wait for the fetching, and they do not hide what is being fetched', async () => {
    await app.store.saveMessages(support, [anInbound('OLD', { timestampMs: 1_000 })]);
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      app.sessions.answers.listChats = async () => {
        resolve();
        await new Promise<void>((go) => {
          answer = go;
        });
        return { chats: [anObservedChat({ lastActivityMs: 3_000 })] };
      };
    });
    app.sessions.answers.fetchMessages = () => ({
      messages: [
        anInbound('OLD', { timestampMs: 1_000 }),
        anInbound('GAP', { timestampMs: 2_000 }),
        anInbound('LIVE', { timestampMs: 3_000 }),
      ],
    });
    app.sessions.ready(support);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('LIVE', { timestampMs: 3_000 })] });
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(app.heardOf('message.added').map((event) => event.message.id)).toEqual(['LIVE']);
    answer();
    await app.settled();
    const page = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 5 });
    expect(page.messages.map((message) => message.id)).toEqual(['OLD', 'GAP', 'LIVE']);
  });

  it('said twice is caught up with once', async () => {
    await becomeReady();
    app.sessions.becomes(support, { state: 'ready', sinceMs: 1_000, me: { ...me, pushName: 'New name' } });
    await app.settled();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'listChats')).toHaveLength(1);
    expect(app.accounts.find(support)?.identity?.pushName).toBe('New name');
  });

  it('again while the last catching up still waits for an answer lets only the new one go on', async () => {
    const late = Promise.withResolvers<void>();
    let asked = 0;
    app.sessions.answers.listChats = async () => {
      asked += 1;
      if (asked === 1) await late.promise;
      return { chats: [anObservedChat({ lastActivityMs: 2_000 })] };
    };
    app.sessions.answers.fetchMessages = async () => {
      // The old answer arrives in the middle of the new work.
      late.resolve();
      await new Promise((resolve) => setTimeout(resolve, 30));
      return { messages: [anInbound('A1', { timestampMs: 2_000 })] };
    };
    app.sessions.ready(support);
    await new Promise((resolve) => setTimeout(resolve, 20));
    restart();
    app.sessions.ready(support);
    await app.settled();
    expect(asked).toBe(2);
    expect(fetches()).toHaveLength(1);
  });

  it('goes on with the other chats when one cannot be fetched, and comes back to that one', async () => {
    app.sessions.answers.listChats = () => ({
      chats: [anObservedChat({ lastActivityMs: 2_000 }), anObservedChat({ id: bruno, lastActivityMs: 1_000 })],
    });
    let failing = true;
    app.sessions.answers.fetchMessages = (_account, { chatId }) => {
      if (chatId === ana && failing) throw new OperationError('SESSION_TIMEOUT', 'no answer');
      return { messages: [anInbound('X', { chatId, timestampMs: chatId === ana ? 2_000 : 1_000 })] };
    };
    await becomeReady();
    expect(app.heardOf('history.imported').map((event) => event.chatIds)).toEqual([[bruno]]);
    failing = false;
    // A live message meanwhile is newer than what is missing.
    app.sessions.report(support, { type: 'messages', messages: [anInbound('NEW', { timestampMs: 9_000 })] });
    restart();
    await becomeReady();
    expect(app.heardOf('history.imported').map((event) => event.chatIds)).toEqual([[bruno], [ana]]);
    expect(fetches().filter((fetch) => fetch.chatId === bruno)).toHaveLength(1);
  });

  it('and is lost in the middle of it starts over at the next ready', async () => {
    app.sessions.answers.listChats = () => ({
      chats: [anObservedChat({ lastActivityMs: 2_000 }), anObservedChat({ id: bruno, lastActivityMs: 1_000 })],
    });
    app.sessions.answers.fetchMessages = (_account, { chatId }) => {
      if (chatId === ana) app.sessions.becomes(support, { state: 'reconnecting', sinceMs: 1, reason: 'offline', me });
      return { messages: [anInbound('X', { chatId, timestampMs: chatId === ana ? 2_000 : 1_000 })] };
    };
    await becomeReady();
    expect(fetches().map((fetch) => fetch.chatId)).toEqual([ana]);
    await becomeReady();
    expect(fetches().map((fetch) => fetch.chatId)).toEqual([ana, bruno]);
  });

  it('for a console that died in the middle of catching up goes on where it was, and notifies nobody of what was missed', async () => {
    const accountsDir = temporaryFolder();
    const folder = { accountsDir, accounts: [anAccount('support')] };
    const before = await createTestApplication(folder);
    before.sessions.report(support, {
      type: 'messages',
      messages: [anInbound('OLD', { timestampMs: 1_000 }), anInbound('B1', { chatId: bruno, timestampMs: 1_000 })],
    });
    await before.settled();
    before.sessions.answers.listChats = () => ({
      chats: [anObservedChat({ lastActivityMs: 5_000 }), anObservedChat({ id: bruno, lastActivityMs: 4_000 })],
    });
    before.sessions.answers.fetchMessages = (_account, { chatId }) => {
      if (chatId === ana) throw new OperationError('SESSION_CRASHED', 'gone');
      return { messages: [anInbound('B2', { chatId: bruno, timestampMs: 4_000 })] };
    };
    before.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    before.sessions.ready(support);
    await before.settled();
    // A live message that is newer than what is missing.
    before.sessions.report(support, { type: 'messages', messages: [anInbound('LIVE', { timestampMs: 6_000 })] });
    await before.settled();
    before.closeStore();

    const after = await createTestApplication(folder);
    after.sessions.answers.listChats = before.sessions.answers.listChats;
    const asked: string[] = [];
    after.sessions.answers.fetchMessages = (_account, { chatId }) => {
      asked.push(chatId);
      return {
        messages: [
          anInbound('OLD', { timestampMs: 1_000 }),
          anInbound('MISSED', { timestampMs: 5_000 }),
          anInbound('LIVE', { timestampMs: 6_000 }),
        ],
      };
    };
    after.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    after.sessions.ready(support);
    await after.settled();
    expect(asked).toEqual([ana]);
    const { messages } = await after.store.listMessages({
      accountId: support,
      chatId: ana,
      cursor: undefined,
      limit: 9,
    });
    expect(messages.map(({ id }) => id)).toEqual(['OLD', 'MISSED', 'LIVE']);
    expect(after.heardOf('message.added')).toEqual([]);
    expect(after.heardOf('history.imported')).toHaveLength(1);

    // Whole now: the next absence begins anew and fetches nothing.
    after.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    after.sessions.ready(support);
    await after.settled();
    expect(asked).toEqual([ana]);
    after.closeStore();
  });

  it('opens the database that could not be opened at the start', async () => {
    const other = await createTestApplication({ failOpening: diskError });
    expect(await other.dispatch(other.caller, 'chats.list', {})).toMatchObject({ ok: true, data: { chats: [] } });
    expect(other.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
    other.sessions.ready(support);
    other.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    await other.settled();
    expect(other.heardOf('message.added')).toHaveLength(1);
    expect(await other.dispatch(other.caller, 'chats.list', {})).toMatchObject({
      ok: true,
      data: { chats: [{ id: ana }] },
    });
    other.closeStore();
  });
});
