import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import type { OperationInput, OperationName, OperationOutput } from '../../../electron/contract/registry';
import { accountId, anAccount, ana, anInbound, anObservedChat, bruno, chatId, team } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

const support = accountId('support');
const sales = accountId('sales');
const accounts = [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })];
let app: TestApplication;

beforeEach(async () => {
  app = await createTestApplication({ accounts });
  for (const id of [support, sales]) {
    await app.store.upsertChats(id, [
      anObservedChat(),
      anObservedChat({ id: bruno, name: 'Bruno', phone: '+551100000002' }),
    ]);
  }
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const call = async <Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  caller: Caller = app.caller,
): Promise<OperationOutput<Name>> => {
  const answer = await app.dispatch(caller, name, input);
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
  return answer.data;
};
const bodies = async (input: OperationInput<'drafts.list'> = {}) =>
  (await call('drafts.list', input)).drafts.map(({ body }) => body);
const save = (body: string, to = ana, id = support) => call('drafts.save', { accountId: id, chatId: to, body });

describe('drafts', () => {
  it('wait in a chat with the name of who left them, and nothing is sent', async () => {
    const { secret } = await app.apiKeys.create({ name: 'Router', scopes: ['send'] });
    const router = app.apiKeys.find(secret);
    if (router === undefined) throw new Error('the key is not known');
    const { draft } = await call('drafts.save', { accountId: support, chatId: ana, body: 'On Monday?' }, router);
    expect(draft).toEqual({
      accountId: support,
      chatId: ana,
      body: 'On Monday?',
      leftBy: { surface: 'api', name: 'Router' },
      savedAtMs: app.clock.nowMs(),
    });
    expect(app.heardOf('draft.changed')).toEqual([{ type: 'draft.changed', accountId: support, chatId: ana, draft }]);
    expect((await call('sends.list', { accountId: support, filter: 'all' })).sends).toEqual([]);
    expect((await save('by hand', bruno)).draft.leftBy).toEqual({ surface: 'window', name: 'window' });
  });

  it('are one per chat: another takes its place and is later, even within the same moment', async () => {
    const first = await save('one');
    const second = await save('two');
    expect(second.draft.savedAtMs).toBeGreaterThan(first.draft.savedAtMs);
    expect(await bodies()).toEqual(['two']);
  });

  it('are listed newest first over all accounts, page by page, and by account and chat', async () => {
    await save('a');
    app.clock.advance(1_000);
    await save('b', bruno, sales);
    app.clock.advance(1_000);
    await save('c', bruno);
    await save('d', ana, sales);
    expect(await bodies()).toEqual(['d', 'c', 'b', 'a']);
    expect(await bodies({ accountId: sales })).toEqual(['d', 'b']);
    expect(await bodies({ chatId: ana })).toEqual(['d', 'a']);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call('drafts.list', { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.drafts.map(({ body }) => body));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['d', 'c', 'b', 'a']);
    const bound: Caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [sales] };
    expect((await call('drafts.list', {}, bound)).drafts.map(({ body }) => body)).toEqual(['d', 'b']);
  });

  it('are thrown away, and a newer one is not when only the older was meant', async () => {
    const { draft } = await save('one');
    const { draft: newer } = await save('two');
    await call('drafts.remove', { accountId: support, chatId: ana, savedAtMs: draft.savedAtMs });
    expect(await bodies()).toEqual(['two']);
    await call('drafts.remove', { accountId: support, chatId: ana, savedAtMs: newer.savedAtMs });
    await call('drafts.remove', { accountId: support, chatId: ana });
    expect(await bodies()).toEqual([]);
    expect(app.heardOf('draft.changed').filter(({ draft: left }) => left === undefined)).toHaveLength(1);
  });

  it('are refused without text, with too much of it, and for whom nobody may write to', async () => {
    for (const body of ['', ' \n ', 'x'.repeat(65_537)]) {
      await expect(save(body)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    }
    await call('optOuts.add', { contact: '551100000001' });
    await expect(save('hello')).rejects.toMatchObject({ code: 'DO_NOT_CONTACT' });
    expect(await bodies()).toEqual([]);
  });

  it('make the chat of a person who has none yet; a group must be there, and the status feed is no chat', async () => {
    const stranger = chatId('551100000077@c.us');
    await save('Welcome!', stranger);
    expect(app.heardOf('chat.updated').map(({ chat }) => chat.id)).toEqual([stranger]);
    await app.store.saveMessages(support, [anInbound('S1', { chatId: chatId('status@broadcast') })]);
    for (const nobody of [team, chatId('status@broadcast')]) {
      await expect(save('hello', nobody)).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
    }
  });

  it('go with a chat that is deleted, and survive the end of the program', async () => {
    const folder = temporaryFolder();
    const first = await createTestApplication({ accountsDir: folder });
    await first.dispatch(first.caller, 'drafts.save', { accountId: support, chatId: ana, body: 'kept' });
    await first.dispatch(first.caller, 'drafts.save', { accountId: support, chatId: bruno, body: 'gone' });
    await first.store.emptyChat(support, bruno, true);
    first.closeStore();
    const second = await createTestApplication({ accountsDir: folder });
    const answer = await second.dispatch(second.caller, 'drafts.list', {});
    expect(answer).toMatchObject({ ok: true, data: { drafts: [{ chatId: ana, body: 'kept' }] } });
    second.closeStore();
  });
});
