import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObservedChat } from '../../../electron/contract/entities/chat';
import type { ForwardedContent } from '../../../electron/contract/entities/outgoing';
import { OperationError } from '../../../electron/contract/errors';
import type { OperationInput, OperationName } from '../../../electron/contract/registry';
import { ana, anInbound, anObservedChat, anOwn, bruno, chatId, messageId, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import type { TestApplication } from '../../fakes/test-application';

let bench: OutboxBench;
let app: TestApplication;

beforeEach(async () => {
  bench = await createOutboxBench();
  ({ app } = bench);
  await bench.becomeReady();
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const call = async <Name extends OperationName>(name: Name, input: OperationInput<Name>) => {
  const answer = await app.dispatch(app.caller, name, input);
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error);
  return answer.data;
};
const target = { accountId: support, chatId: ana, messageId: messageId('A1') };
/** What the page answers to each operation. */
const pageAnswers = (answers: Readonly<Record<string, unknown>>): void => {
  const answer = (input: { readonly operation: string }) => {
    if (!(input.operation in answers)) throw new Error(`the page was asked for ${input.operation}`);
    return { result: answers[input.operation] };
  };
  app.sessions.answers.act = (_account, input) => answer(input);
  app.sessions.answers.look = (_account, input) => answer(input);
};
const report = async (...reports: readonly Parameters<TestApplication['sessions']['report']>[1][]) => {
  for (const one of reports) app.sessions.report(support, one);
  await app.settled();
};
const chatIds = async () => (await call('chats.list', { accountId: support })).chats.map(({ id }) => id);
const history = async (chat = ana) =>
  (await app.store.listMessages({ accountId: support, chatId: chat, cursor: undefined, limit: 50 })).messages;

describe('what is done to a chat', () => {
  beforeEach(() =>
    report(
      { type: 'chat', chat: anObservedChat({ unreadCount: 2 }) },
      { type: 'messages', messages: [anInbound('A1')] },
    ),
  );

  it('is in the store when the caller hears of it', async () => {
    pageAnswers({ 'chats.archive': { chat: anObservedChat({ unreadCount: 2, archived: true }) } });
    const { chat } = await call('chats.archive', { accountId: support, chatId: ana });
    expect(chat).toMatchObject({ id: ana, archived: true, lastMessage: { id: 'A1' } });
    expect(await call('chats.get', { accountId: support, chatId: ana })).toEqual({ chat });
    expect(app.heardOf('chat.updated').at(-1)?.chat).toEqual(chat);
  });

  it('empties it here with it there', async () => {
    pageAnswers({ 'chats.clear': { chat: anObservedChat() } });
    const { chat } = await call('chats.clear', { accountId: support, chatId: ana });
    expect(chat).toMatchObject({ unreadCount: 0 });
    expect(chat).not.toHaveProperty('lastMessage');
    expect(await history()).toEqual([]);
    expect(app.heardOf('chat.cleared')).toEqual([{ type: 'chat.cleared', accountId: support, chatId: ana }]);
    expect(app.heardOf('unread.changed').at(-1)?.unread).toMatchObject({ messages: 0, chats: 0 });
  });

  it('deletes it here with it there, and the page’s own word afterwards changes nothing', async () => {
    pageAnswers({ 'chats.remove': {} });
    await call('chats.remove', { accountId: support, chatId: ana });
    await report({ type: 'chat_emptied', chatId: ana, removed: true });
    expect(app.heardOf('chat.removed')).toEqual([{ type: 'chat.removed', accountId: support, chatId: ana }]);
    await expect(call('chats.get', { accountId: support, chatId: ana })).rejects.toMatchObject({
      code: 'CHAT_NOT_FOUND',
    });
    expect(await chatIds()).not.toContain(ana);
  });

  it('is refused where something has not left yet, before the page is asked', async () => {
    await call('gates.pause', { accountId: support });
    await bench.send('waits');
    pageAnswers({});
    await expect(call('chats.remove', { accountId: support, chatId: ana })).rejects.toMatchObject({
      code: 'MESSAGE_NOT_SENT',
      message: expect.stringMatching(/Support.*sends\.cancel/),
    });
    expect((await history()).map(({ body }) => body)).toEqual(['text of A1', 'waits']);
  });

  it('changes nothing here when the page refuses', async () => {
    app.sessions.answers.act = () => {
      throw new Error('no');
    };
    await expect(call('chats.clear', { accountId: support, chatId: ana })).rejects.toThrow();
    expect(await history()).toHaveLength(1);
  });
});

describe('what the phone does to chats', () => {
  beforeEach(() =>
    report(
      { type: 'chat', chat: anObservedChat({ unreadCount: 2 }) },
      { type: 'messages', messages: [anInbound('A1'), anInbound('B1', { chatId: bruno })] },
    ),
  );

  it('is followed: emptied, deleted, and back with the next message', async () => {
    await report(
      { type: 'chat_emptied', chatId: ana, removed: false },
      { type: 'chat_emptied', chatId: bruno, removed: true },
    );
    expect(await history()).toEqual([]);
    expect(await chatIds()).toEqual([ana, team]);
    expect(app.heardOf('chat.cleared').map((event) => event.chatId)).toEqual([ana]);
    expect(app.heardOf('chat.removed').map((event) => event.chatId)).toEqual([bruno]);
    await report({ type: 'messages', messages: [anInbound('B2', { chatId: bruno })] });
    expect((await history(bruno)).map(({ id }) => id)).toEqual(['B2']);
  });

  it('keeps what has not left yet, and sends it', async () => {
    await call('gates.pause', { accountId: support });
    await bench.send('waits');
    await report({ type: 'chat_emptied', chatId: ana, removed: true });
    expect((await history()).map(({ body }) => body)).toEqual(['waits']);
    expect(app.heardOf('chat.removed')).toEqual([]);
    await call('gates.resume', { accountId: support });
    await app.settled();
    expect(bench.page.asked.map(({ content }) => content)).toEqual([{ kind: 'text', body: 'waits' }]);
  });
});

describe('what is done to a message', () => {
  beforeEach(() => report({ type: 'messages', messages: [anInbound('A1')] }));

  it('is stored and answered as it is stored', async () => {
    pageAnswers({ 'messages.edit': { message: anInbound('A1', { body: 'new', editedAtMs: 5 }) } });
    const { message } = await call('messages.edit', { ...target, body: 'new' });
    expect(message).toMatchObject({ id: 'A1', body: 'new', editedAtMs: 5, accountId: support });
    expect(await call('messages.get', target)).toEqual({ message });
    expect(app.heardOf('message.updated').at(-1)?.message).toEqual(message);
    expect(app.sessions.asked.at(-1)).toMatchObject({
      kind: 'act',
      input: { operation: 'messages.edit', input: { chatId: ana, messageId: 'A1', body: 'new' } },
    });
  });

  it('deleted for everyone keeps its row, which says so', async () => {
    pageAnswers({ 'messages.remove': { fromMe: false, message: anInbound('A1', { type: 'revoked', body: '' }) } });
    expect(await call('messages.remove', target)).toMatchObject({ message: { id: 'A1', type: 'revoked', body: '' } });
    expect((await history()).map(({ id, type }) => [id, type])).toEqual([['A1', 'revoked']]);
    expect(app.heardOf('message.removed')).toEqual([]);
  });

  it('deleted only here is gone, and both are told: the message and the chat’s new last line', async () => {
    pageAnswers({ 'messages.remove': { fromMe: false } });
    expect(await call('messages.remove', { ...target, for: 'me' })).toEqual({});
    await report({ type: 'message_removed', chatId: ana, messageId: messageId('A1'), fromMe: false });
    expect(app.heardOf('message.removed')).toEqual([
      { type: 'message.removed', accountId: support, chatId: ana, messageId: 'A1', fromMe: false },
    ]);
    expect(app.heardOf('chat.updated').at(-1)?.chat).not.toHaveProperty('lastMessage');
    await expect(call('messages.get', target)).rejects.toMatchObject({
      code: 'MESSAGE_NOT_FOUND',
      message: expect.stringMatching(/Support.*messageId/),
    });
  });

  it('a reaction is shown with it, and taken back', async () => {
    pageAnswers({ 'messages.react': { message: anInbound('A1'), senderId: '551140020022@c.us' } });
    const { message } = await call('messages.react', { ...target, reaction: '👍' });
    expect(message.reactions).toEqual([{ emoji: '👍', senderId: '551140020022@c.us', fromMe: true }]);
    const after = await call('messages.react', { ...target, reaction: '' });
    expect(after.message).not.toHaveProperty('reactions');
    expect(app.heardOf('message.updated')).toHaveLength(2);
  });

  it.each(['yes', '👍👍', 'a', '👍 '])('is no reaction when it is %j', async (reaction) => {
    await expect(call('messages.react', { ...target, reaction })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('reaction'),
    });
  });

  it.each(['❤️', '❤', '👩🏽‍🚀', '🇧🇷', '1️⃣'])('is a reaction when it is %s', async (reaction) => {
    pageAnswers({ 'messages.react': { message: anInbound('A1'), senderId: '551140020022@c.us' } });
    expect((await call('messages.react', { ...target, reaction })).message.reactions).toMatchObject([
      { emoji: reaction },
    ]);
  });

  it('is refused while it has not left yet, with the way out', async () => {
    await call('gates.pause', { accountId: support });
    const sent = await bench.send('waits');
    if (!sent.ok) throw new Error(sent.error.message);
    pageAnswers({});
    const own = { ...target, messageId: sent.data.message.id };
    await expect(call('messages.edit', { ...own, body: 'x' })).rejects.toMatchObject({
      code: 'MESSAGE_NOT_SENT',
      effect: 'none',
      message: expect.stringMatching(/Support.*messageId.*sends\.cancel/),
    });
    await expect(call('messages.remove', own)).rejects.toMatchObject({ code: 'MESSAGE_NOT_SENT' });
  });

  it('of somebody else’s doing is followed: reactions, edits, deletions', async () => {
    const reaction = {
      chatId: ana,
      messageId: messageId('A1'),
      messageFromMe: false,
      senderId: ana,
      fromMe: false,
      emoji: '🎉',
      atMs: 1,
    };
    await report(
      { type: 'reaction', reaction },
      { type: 'messages', messages: [anInbound('A1', { body: 'edited', editedAtMs: 3 })] },
    );
    expect((await history())[0]).toMatchObject({ body: 'edited', reactions: [{ emoji: '🎉' }] });
    await report({ type: 'message_removed', chatId: ana, messageId: messageId('A1'), fromMe: false });
    expect(await history()).toEqual([]);
  });

  it('is not asked of an account that is not ready', async () => {
    app.sessions.becomes(support, { state: 'stopped', sinceMs: 1 });
    await expect(call('messages.star', target)).rejects.toMatchObject({ code: 'SESSION_NOT_READY' });
  });
});

describe('forwarding', () => {
  const forward = { ...target, toChatId: bruno };
  const content = (value: ForwardedContent) => pageAnswers({ 'messages.forward': { content: value } });

  it('makes a new message of it, which leaves through the outbox under an id of its own', async () => {
    content({ kind: 'text', body: 'pass it on' });
    const { message, send } = await call('messages.forward', forward);
    expect(message).toMatchObject({ chatId: bruno, body: 'pass it on', fromMe: true, status: 'pending' });
    expect(message.id).not.toBe('A1');
    expect(send).toMatchObject({ state: 'queued', lane: 'person' });
    await app.settled();
    expect(bench.page.asked).toMatchObject([{ chatId: bruno, messageId: message.id, content: { body: 'pass it on' } }]);
    // The page was only looked at.
    expect(app.sessions.asked.filter(({ kind }) => kind === 'act')).toEqual([]);
  });

  it('takes media along as an upload of its own', async () => {
    const bytes = Buffer.from('picture');
    content({
      kind: 'media',
      form: 'auto',
      mimetype: 'image/png',
      filename: 'a.png',
      caption: 'look',
      data: bytes.toString('base64'),
    });
    const { send } = await call('messages.forward', forward);
    expect(send.content).toMatchObject({ kind: 'media', mimetype: 'image/png', caption: 'look', size: bytes.length });
    if (send.content.kind !== 'media') throw new Error('no media');
    expect(Buffer.from(app.media.files.get(send.content.mediaId)?.bytes ?? []).toString()).toBe('picture');
  });

  it('under the same key is one message, and the page is not asked a second time', async () => {
    content({ kind: 'text', body: 'once' });
    const first = await call('messages.forward', { ...forward, idempotencyKey: 'k' });
    pageAnswers({});
    const again = await call('messages.forward', { ...forward, idempotencyKey: 'k' });
    expect(again.message.id).toBe(first.message.id);
    expect(await history(bruno)).toHaveLength(1);
  });

  it('under the key of a message to somebody else is refused', async () => {
    content({ kind: 'text', body: 'once' });
    await call('messages.forward', { ...forward, idempotencyKey: 'k' });
    await expect(
      call('messages.forward', { ...forward, toChatId: chatId('551100000077@c.us'), idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('to somebody who is not to be contacted is refused', async () => {
    await call('optOuts.add', { contact: '551100000002' });
    content({ kind: 'text', body: 'no' });
    await expect(call('messages.forward', forward)).rejects.toMatchObject({ code: 'DO_NOT_CONTACT' });
    expect(bench.page.asked).toEqual([]);
  });
});

describe('bringing people into groups', () => {
  const carla = '551100000003@c.us';
  const hidden = '98765432101234@lid';
  const added = (...ids: readonly string[]) => ids.map((id) => ({ id, status: 'added' }));

  beforeEach(async () => {
    await report({ type: 'chat', chat: anObservedChat({ id: chatId(hidden), name: 'Dora', phone: '+551100000004' }) });
    for (const contact of ['551100000002', '551100000004']) await call('optOuts.add', { contact });
  });
  const asked = () =>
    app.sessions.asked.flatMap(
      ({ input }) => (input as { readonly input?: { readonly participants?: unknown } }).input?.participants ?? [],
    );

  it('leaves out who is not to be contacted, also by a hidden id, and says so in their place', async () => {
    pageAnswers({ 'groups.addParticipants': { groupId: team, participants: added(ana, carla) } });
    const people = [ana, bruno, hidden, carla, bruno];
    const { participants } = await call('groups.addParticipants', {
      accountId: support,
      groupId: team,
      participants: people,
    });
    expect(participants.map(({ id, status }) => [id, status])).toEqual([
      [ana, 'added'],
      [bruno, 'do_not_contact'],
      [hidden, 'do_not_contact'],
      [carla, 'added'],
    ]);
    expect(participants[1]?.message).toContain('551100000002 is on the do-not-contact list');
    expect(asked()).toEqual([ana, carla]);
  });

  it('asks WhatsApp for nothing when nobody is left', async () => {
    const { participants } = await call('groups.addParticipants', {
      accountId: support,
      groupId: team,
      participants: [bruno],
    });
    expect(participants).toMatchObject([{ id: bruno, status: 'do_not_contact' }]);
    await expect(
      call('groups.create', { accountId: support, name: 'Partners', participants: [bruno, hidden] }),
    ).rejects.toMatchObject({ code: 'DO_NOT_CONTACT', message: expect.stringContaining('participants') });
    expect(asked()).toEqual([]);
  });

  it('makes the group with the others', async () => {
    pageAnswers({ 'groups.create': { groupId: team, participants: added(ana) } });
    const made = await call('groups.create', { accountId: support, name: 'Partners', participants: [bruno, ana] });
    expect(made).toMatchObject({
      groupId: team,
      participants: [
        { id: bruno, status: 'do_not_contact' },
        { id: ana, status: 'added' },
      ],
    });
    expect(asked()).toEqual([ana]);
  });

  it('asks for nobody while the list cannot be read', async () => {
    const again = new OperationError('STORE_UNAVAILABLE', 'console.db: it cannot be read');
    const other = await createOutboxBench();
    await other.becomeReady();
    other.app.store.fail('readOptOutContacts', again, 5);
    const input = { accountId: support, groupId: team, participants: [ana] };
    const answer = await other.app.dispatch(other.app.caller, 'groups.addParticipants', input);
    expect(answer).toMatchObject({ ok: false, error: { code: 'STORE_UNAVAILABLE' } });
    other.app.closeStore();
  });
});

describe('searching', () => {
  beforeEach(() =>
    report({
      type: 'messages',
      messages: [anInbound('A1', { body: 'blue chair' }), anOwn('A2', { body: 'red chair', status: 'sent' })],
    }),
  );

  it('answers with stored messages, newest first, and says whether everything was searched', async () => {
    const found = await call('messages.search', { query: 'chair', accountId: support });
    expect(found).toMatchObject({ messages: [{ id: 'A2' }, { id: 'A1' }], complete: true });
    expect((await call('messages.search', { query: 'BLU' })).messages.map(({ id }) => id)).toEqual(['A1']);
  });

  it('refuses an empty question by field', async () => {
    await expect(call('messages.search', { query: '  ' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('query'),
    });
  });

  it('lists chats by their ids, as one text with commas', async () => {
    await report({ type: 'messages', messages: [anInbound('B1', { chatId: bruno })] });
    const list = async (named: string) =>
      (await call('chats.list', { accountId: support, chatIds: named })).chats.map((chat: ObservedChat) => chat.id);
    expect(await list(`${bruno}, 551100000099@c.us`)).toEqual([bruno]);
    await expect(list('nonsense')).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});
