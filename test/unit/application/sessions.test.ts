import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationName } from '../../../electron/contract/registry';
import { accountId, anAccount, ana, anInbound, anObservedChat, anOwn } from '../../fakes/entities';
import { me } from '../../fakes/scripted-sessions';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

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

const support = accountId('support');
const call = (name: OperationName, more: object = {}) =>
  app.dispatch(app.caller, name, { accountId: support, ...more });

describe('the life of a session', () => {
  it('is listed for every account, running or not', async () => {
    app.sessions.ready(support);
    expect(await app.dispatch(app.caller, 'sessions.list', {})).toMatchObject({
      ok: true,
      data: {
        sessions: [
          { accountId: 'support', status: { state: 'ready' } },
          { accountId: 'sales', status: { state: 'stopped' } },
        ],
      },
    });
    for (const all of [false, 'false']) {
      expect(await app.dispatch(app.caller, 'sessions.list', { all })).toMatchObject({
        ok: true,
        data: { sessions: [{ accountId: 'support' }] },
      });
    }
  });

  it('started twice is started once', async () => {
    await call('sessions.start');
    const { generation } = app.sessions.get(support);
    expect(await call('sessions.start')).toMatchObject({ ok: true, data: { session: { generation } } });
  });

  it('after a logout keeps history and queue, forgets whose phone it was, and does not come back by itself', async () => {
    app.sessions.report(support, { type: 'chat', chat: anObservedChat() });
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    app.sessions.ready(support);
    await app.settled();
    await call('messages.send', { chatId: ana, body: 'kept' });
    await app.settled();
    expect(await call('sessions.logout')).toMatchObject({
      ok: true,
      data: { session: { status: { state: 'stopped' } } },
    });
    expect(app.accounts.find(support)).toMatchObject({ autoStart: false });
    expect(app.accounts.find(support)?.identity).toBeUndefined();
    expect(app.folders.existing.has(support)).toBe(true);
    const { messages } = await app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 9 });
    expect(messages.map(({ body }) => body)).toEqual(['text of A1', 'kept']);
    expect(await app.store.listOpenSends(support)).toHaveLength(1);
  });

  it('logged out while it does not run says what is left to do on the phone, in the answer and in the timeline', async () => {
    const noticeOf = async (): Promise<string | undefined> => {
      const answer = await app.dispatch(app.caller, 'sessions.logout', { accountId: support });
      return answer.ok ? answer.data.notice : 'failed';
    };
    // Nobody ever linked it: no phone lists it.
    expect(await noticeOf()).toBeUndefined();
    app.sessions.ready(support);
    expect(await noticeOf()).toBeUndefined();
    app.sessions.ready(support);
    await call('sessions.stop');
    expect(await noticeOf()).toMatch(/^Support is logged out here.*Linked devices, remove it there\.$/);
    await app.settled();
    expect((await app.store.listTimeline(support))[0]).toMatchObject({
      kind: 'link',
      words: expect.stringContaining('may still list this computer'),
    });
  });

  it('says who it is as last seen', async () => {
    expect(await call('sessions.whoami')).toEqual({ ok: true, data: {} });
    app.sessions.ready(support);
    await call('sessions.stop');
    expect(await call('sessions.whoami')).toEqual({ ok: true, data: { me } });
  });

  it('restarts, sleeps, shows and hides its window, gives a picture and a pairing code', async () => {
    expect(await call('sessions.restart')).toMatchObject({ data: { session: { status: { state: 'starting' } } } });
    app.sessions.ready(support);
    expect(await call('sessions.showWindow')).toMatchObject({ data: { session: { windowShown: true } } });
    expect(app.heardOf('session.changed').at(-1)?.session.windowShown).toBe(true);
    expect(await call('sessions.hideWindow')).toMatchObject({ data: { session: { windowShown: false } } });
    expect(await call('sessions.screenshot')).toEqual({
      ok: true,
      data: { mediaType: 'image/png', base64: 'iVBORw==' },
    });
    expect(await call('sessions.pairingCode', { phoneNumber: '+55 (11) 4002-0022' })).toMatchObject({
      ok: true,
      data: { code: { code: 'ABCD-0022' } },
    });
    expect(await call('sessions.sleep')).toMatchObject({ data: { session: { status: { state: 'asleep' } } } });
  });

  it('starts with the app as it was set', async () => {
    await call('accounts.update', { autoStart: true });
    expect(app.accounts.find(support)?.autoStart).toBe(true);
    expect(app.sessions.get(support).status.state).toBe('stopped');
  });

  it.each([
    '../support',
    'support/../sales',
    '%2e%2e/support',
    'sup\0port',
    'CON',
    'con',
    'nul',
    'com1',
    'Support',
    'SUPPORT',
    'a'.repeat(300),
    'ѕupport',
    '',
    '.',
    '..',
  ])('is not looked for under the id %j: it is refused by name before anything starts', async (odd) => {
    for (const name of ['sessions.start', 'sessions.logs', 'accounts.remove', 'accounts.configure'] as const) {
      expect(await app.dispatch(app.caller, name, { accountId: odd, settings: {} })).toMatchObject({
        ok: false,
        error: {
          code: 'VALIDATION_ERROR',
          message: expect.stringMatching(
            /account id must (be 1 to 64 of a-z, 0-9, _ and -|not be a name that Windows)/,
          ),
        },
      });
    }
    expect(app.sessions.get(support).status.state).toBe('stopped');
    expect([...app.folders.existing]).toEqual(['support', 'sales']);
  });
});

describe('an account that is asleep', () => {
  const asleep = { state: 'asleep', sinceMs: 1, nextLookAtMs: 2, lookEveryMinutes: 15 } as const;
  const send = (body: string) => call('messages.send', { chatId: ana, body });

  beforeEach(async () => {
    app.sessions.report(support, { type: 'chat', chat: anObservedChat() });
    app.sessions.ready(support);
    await app.settled();
    app.sessions.becomes(support, asleep);
    app.sessions.woken.length = 0;
    app.sessions.answers.send = (account, { chatId, messageId }) => {
      app.sessions.report(account, { type: 'acks', acks: [{ chatId, messageId, status: 'sent' }] });
      return { message: anOwn(messageId, { chatId }) };
    };
  });

  it('is woken by a send, which waits in the queue and goes out once it is ready, once', async () => {
    expect(await send('one')).toMatchObject({ ok: true, data: { message: { status: 'pending' } } });
    expect(app.sessions.woken).toEqual(['support']);
    await app.settled();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'send')).toEqual([]);
    // Still waking: the second joins the first.
    expect((await send('two')).ok).toBe(true);
    app.sessions.ready(support, 9_000);
    await app.settled();
    const sent = app.sessions.asked.filter(({ kind }) => kind === 'send').map(({ input }) => input);
    expect(sent).toMatchObject([{ content: { body: 'one' } }, { content: { body: 'two' } }]);
  });

  it('that turns out to need a new link keeps what waits, says why, and sends it when it is linked', async () => {
    await send('one');
    app.sessions.becomes(support, {
      state: 'linking',
      sinceMs: 1,
      method: 'qr',
      attempt: 1,
      maxAttempts: 6,
      expiresAtMs: 2,
    });
    expect(await send('two')).toMatchObject({
      ok: true,
      data: { send: { state: 'queued', wait: { reason: 'account_not_ready' } } },
    });
    app.sessions.ready(support, 9_000);
    await app.settled();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'send')).toHaveLength(2);
  });

  it('is woken when a conversation is opened, not when older pages are read', async () => {
    const { data } = (await call('messages.list', { chatId: ana })) as { readonly data: unknown };
    expect(data).toBeDefined();
    expect(app.sessions.woken).toEqual(['support']);
  });

  it('stays in the lists', async () => {
    expect(await app.dispatch(app.caller, 'accounts.list', {})).toMatchObject({
      data: { accounts: [{ id: 'support' }, { id: 'sales' }] },
    });
    expect(await app.dispatch(app.caller, 'chats.list', { filter: 'all' })).toMatchObject({
      data: { chats: [{ accountId: 'support', id: ana }] },
    });
  });
});

describe('a version of WhatsApp Web that lacks something', () => {
  it('is not given what is sent meanwhile: it waits and says why', async () => {
    app.sessions.report(support, { type: 'chat', chat: anObservedChat() });
    app.sessions.becomes(support, { state: 'ready', sinceMs: 1, me, missing: ['WAWebSendMsg'] });
    await app.settled();
    expect(await call('messages.send', { chatId: ana, body: 'x' })).toMatchObject({
      ok: true,
      data: { send: { state: 'queued', wait: { reason: 'page_changed' } } },
    });
    await app.settled();
    expect(app.sessions.asked.filter(({ kind }) => kind === 'send')).toEqual([]);
  });

  it('is not given what was queued before either; it goes out once nothing is missing', async () => {
    app.sessions.report(support, { type: 'chat', chat: anObservedChat() });
    app.sessions.ready(support);
    await app.settled();
    app.sessions.becomes(support, { state: 'asleep', sinceMs: 1, nextLookAtMs: 2, lookEveryMinutes: 15 });
    await call('messages.send', { chatId: ana, body: 'queued' });
    const sent = () => app.sessions.asked.filter(({ kind }) => kind === 'send').length;
    app.sessions.becomes(support, { state: 'ready', sinceMs: 1, me, missing: ['WAWebSendMsg'] });
    await app.settled();
    expect(sent()).toBe(0);
    app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    app.sessions.ready(support);
    await app.settled();
    expect(sent()).toBe(1);
  });
});

it('waits as long as a program asks, five minutes at most', async () => {
  let answer: unknown;
  void app.dispatch(app.caller, 'clocks.wait', { seconds: '300' }).then((given) => {
    answer = given;
  });
  await app.settled();
  app.clock.advance(299_999);
  await app.settled();
  expect(answer).toBeUndefined();
  app.clock.advance(1);
  await app.settled();
  expect(answer).toEqual({ ok: true, data: { seconds: 300 } });
  for (const seconds of [301, -1, 'NaN']) {
    const refused = await app.dispatch(app.caller, 'clocks.wait', { seconds });
    expect(refused).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
  }
});
