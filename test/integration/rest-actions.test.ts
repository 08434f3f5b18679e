import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId, ana, anInbound, anObservedChat, chatId, messageId } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

const support = accountId('support');
const chat = '/api/v1/sessions/support/chats/551100000001';
let desk: RestDesk;

beforeAll(async () => {
  desk = await openRestDesk();
  desk.app.sessions.ready(support);
  await desk.app.settled();
  await desk.app.store.upsertChats(support, [anObservedChat()]);
  await desk.app.store.saveMessages(support, [
    anInbound('A1', { body: 'blue chair', timestampMs: 1_000 }),
    anInbound('A2', { body: 'red chair', timestampMs: 2_000 }),
  ]);
});
afterAll(() => desk.close());

/** What the page was asked last, and how. */
const lastOrder = () => {
  const { kind, input } = desk.app.sessions.asked.at(-1) ?? {};
  return { kind, ...(input as { readonly operation?: string; readonly input?: unknown }) };
};
const answerWith = (result: unknown): void => {
  desk.app.sessions.answers.act = () => ({ result });
  desk.app.sessions.answers.look = () => ({ result });
};

describe('chats and messages over REST', () => {
  it('a chat is read by a bare number, and listed by ids with commas', async () => {
    const one = await desk.ask('GET', chat);
    expect([one.status, one.body]).toMatchObject([200, { success: true, data: { chat: { id: ana } } }]);
    const list = await desk.ask('GET', `/api/v1/chats?accountId=support&chatIds=${ana},551100000099@c.us`);
    expect(list.body).toMatchObject({ data: { chats: [{ id: ana }] } });
    for (const address of ['chats?accountId=support&', 'sessions/support/chats?']) {
      const named = await desk.ask('GET', `/api/v1/${address}chatIds=551100000001,551100000099`);
      expect(named.body, address).toMatchObject({ data: { chats: [{ id: ana }] } });
      const wrong = await desk.ask('GET', `/api/v1/${address}chatIds=551100000001,nobody`);
      expect([wrong.status, wrong.body.error.code], address).toEqual([400, 'INVALID_CHAT_ID']);
      expect(wrong.body.error.message).toContain('chatIds[1]');
    }
  });

  it('an archive is entered by POST and left by DELETE', async () => {
    for (const [method, archived] of [
      ['POST', true],
      ['DELETE', false],
    ] as const) {
      answerWith({ chat: anObservedChat({ archived }) });
      const answer = await desk.ask(method, `${chat}/archive`);
      expect([answer.status, answer.body]).toMatchObject([200, { data: { chat: { archived } } }]);
      expect(lastOrder()).toMatchObject({ kind: 'act', input: { chatId: ana } });
    }
  });

  it('a message may be named as other programs of WhatsApp Web write its id', async () => {
    for (const id of ['A1', `false_${ana}_A1`, `false_120363000000000001@g.us_A1_${ana}`]) {
      answerWith({ message: anInbound('A1', { body: 'blue chair', timestampMs: 1_000 }), senderId: 'me' });
      const answer = await desk.ask('POST', `${chat}/messages/${encodeURIComponent(id)}/reaction`, { reaction: '👍' });
      expect([answer.status, lastOrder()], id).toMatchObject([200, { input: { messageId: 'A1' } }]);
    }
    const odd = await desk.ask('POST', `${chat}/messages/maybe_${ana}_A1/reaction`, { reaction: '👍' });
    expect([odd.status, odd.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('a message is edited by PATCH, reacted to, and deleted only here by a word in the address', async () => {
    answerWith({ message: anInbound('A1', { body: 'green chair', timestampMs: 1_000 }) });
    const edited = await desk.ask('PATCH', `${chat}/messages/A1`, { body: 'green chair' });
    expect(edited.body).toMatchObject({ data: { message: { id: 'A1', body: 'green chair' } } });
    answerWith({ fromMe: false });
    expect((await desk.ask('DELETE', `${chat}/messages/A2?for=me`)).status).toBe(200);
    expect(lastOrder()).toMatchObject({ operation: 'messages.remove', input: { messageId: 'A2', for: 'me' } });
    const gone = await desk.ask('GET', `${chat}/messages/A2`);
    expect([gone.status, gone.body]).toMatchObject([404, { success: false, error: { code: 'MESSAGE_NOT_FOUND' } }]);
  });

  it('a forward takes the number as programs write it, and answers with the new message', async () => {
    answerWith({ content: { kind: 'text', body: 'pass it on' } });
    const answer = await desk.ask('POST', `${chat}/messages/A1/forward`, { toChatId: '+55 11 0000-0002' });
    expect(answer.body).toMatchObject({ data: { message: { chatId: '551100000002@c.us', body: 'pass it on' } } });
  });

  it('words are found, and what is not a search is refused by field', async () => {
    const found = await desk.ask('GET', '/api/v1/messages/search?query=GREEN%20cha&limit=5');
    expect(found.body).toMatchObject({ data: { messages: [{ id: messageId('A1') }], complete: true } });
    const refused = await desk.ask('GET', '/api/v1/messages/search?query=');
    expect([refused.status, refused.body]).toMatchObject([400, { error: { code: 'VALIDATION_ERROR' } }]);
  });

  it('a chat is emptied and deleted by DELETE', async () => {
    answerWith({ chat: anObservedChat() });
    expect((await desk.ask('DELETE', `${chat}/messages`)).status).toBe(200);
    expect((await desk.ask('GET', `${chat}/messages`)).body).toMatchObject({ data: { messages: [] } });
    answerWith({});
    expect((await desk.ask('DELETE', chat)).status).toBe(200);
    expect((await desk.ask('GET', chat)).status).toBe(404);
  });

  it('chats are found by name and by number, also of an account that does not run', async () => {
    await desk.app.store.upsertChats(support, [
      anObservedChat({ id: chatId('551100000007@c.us'), name: 'Zoé', phone: '+551100000007' }),
    ]);
    await desk.app.dispatch(desk.app.caller, 'sessions.stop', { accountId: 'support' });
    for (const query of ['ZOE', '%2B55%2011%200000-0007']) {
      const found = await desk.ask('GET', `/api/v1/chats/find?query=${query}&limit=5`);
      expect([found.status, found.body.data]).toMatchObject([
        200,
        { chats: [{ accountId: 'support', chatId: '551100000007@c.us', name: 'Zoé', kind: 'direct' }] },
      ]);
    }
    expect((await desk.ask('GET', '/api/v1/chats/find?query=nobody')).body.data).toEqual({ chats: [] });
    expect((await desk.ask('GET', '/api/v1/chats/find')).body.error?.message).toContain('query');
  });
});
