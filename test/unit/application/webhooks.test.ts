import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import type { Webhook, WebhookId } from '../../../electron/contract/entities/webhook';
import { OperationError } from '../../../electron/contract/errors';
import { limits } from '../../../electron/contract/limits';
import { retryDelaysMs } from '../../../electron/domain/webhook-retries';
import { accountId, anAccount, ana, anInbound, anObservedChat } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication, type TestApplicationOptions } from '../../fakes/test-application';
import { createWebhookReceivers, type WebhookReceivers } from '../../fakes/webhook-receivers';

const support = accountId('support');
const sales = accountId('sales');
const shop = 'https://shop.example/hook';
const crm = 'https://crm.example/in';

let receivers: WebhookReceivers;
let app: TestApplication;
let accountsDir: string;

const open = (options: TestApplicationOptions = {}): Promise<TestApplication> =>
  createTestApplication({
    accounts: [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })],
    accountsDir,
    webhookSender: () => receivers,
    ...options,
  });

beforeEach(async () => {
  accountsDir = temporaryFolder();
  receivers = createWebhookReceivers();
  app = await open();
});
afterEach(async () => {
  await app.webhooks.close();
  app.closeStore();
  removeTemporaryFolders();
});

const make = async (input: Readonly<Record<string, unknown>> = {}, caller: Caller = app.caller) => {
  const answer = await app.dispatch(caller, 'webhooks.create', { accountId: 'support', url: shop, ...input });
  if (!answer.ok) throw OperationError.fromShape(answer.error);
  return answer.data;
};
const shown = (webhookId: WebhookId): Webhook => app.webhooks.find(webhookId, undefined);

/** Something happens in an account; answers when it is told as far as it can be. */
let count = 0;
const happen = async (accountIds = [support], settle = true): Promise<void> => {
  for (const id of accountIds) {
    count += 1;
    app.events.publish({
      type: 'unread.changed',
      unread: { accountId: id, unreadCount: count, unreadChats: 1 } as never,
    });
  }
  if (settle) await settled();
};
const settled = async (): Promise<void> => {
  for (let round = 0; round < 30; round += 1) {
    await app.webhooks.idle();
    await new Promise((resolve) => setImmediate(resolve));
  }
};
const pass = async (ms: number): Promise<void> => {
  app.clock.advance(ms);
  await settled();
};
const deliveries = async (webhookId: WebhookId, filter = 'all') => {
  const answer = await app.dispatch(app.caller, 'webhooks.listDeliveries', { webhookId, filter });
  if (!answer.ok) throw OperationError.fromShape(answer.error);
  return answer.data.deliveries;
};
const numbersAt = (url: string): number[] =>
  receivers.calls
    .filter((call) => call.url === url)
    .map(
      ({ body }) => (JSON.parse(body) as { data: { unread?: { unreadCount: number } } }).data.unread?.unreadCount ?? -1,
    );

describe('an event', () => {
  it('is told to who wants it of the account that it is about, in the form of the specification', async () => {
    const { webhook, secret } = await make({ events: ['message'], headers: { Authorization: 'Bearer abc' } });
    await make({ accountId: 'sales', url: crm });
    const everything = await make({ accountId: undefined, url: 'https://all.example/' });
    await app.store.upsertChats(support, [anObservedChat()]);
    app.sessions.report(support, { type: 'messages', messages: [anInbound('M1', { body: 'Olá' })] } as never);
    await app.settled();
    await settled();
    expect(receivers.idsAt(crm)).toEqual([]);
    const [call] = receivers.calls.filter(({ url }) => url === shop);
    expect(call).toMatchObject({ secret, reach: 'computer', headers: { Authorization: 'Bearer abc' } });
    expect(call?.id).toMatch(/^msg_[0-9a-f]+$/);
    const body = JSON.parse(call?.body ?? '') as Readonly<Record<string, unknown>>;
    expect(body).toMatchObject({
      type: 'message.added',
      sessionId: 'Support',
      data: { message: { id: 'M1', body: 'Olá', accountId: 'support' } },
    });
    expect(Date.parse(String(body['timestamp']))).toBe(app.clock.nowMs());
    expect(receivers.idsAt(shop)).toHaveLength(1);
    // Told of the same event under the same id.
    expect(receivers.idsAt('https://all.example/')).toContain(call?.id);
    expect((await deliveries(webhook.id)).map(({ state, event }) => [state, event])).toEqual([
      ['delivered', 'message.added'],
    ]);
    expect(everything.webhook.accountId).toBeUndefined();
  });

  it('is on disk before anybody is told', async () => {
    const { webhook } = await make();
    let onDisk: readonly unknown[] = [];
    receivers.answers(shop, () => {
      onDisk = app.store.host.listDeliveries(webhook.id, { filter: 'waiting', cursor: undefined, limit: 5 }).deliveries;
      return 204;
    });
    await happen();
    expect(onDisk).toHaveLength(1);
  });

  it('is told in order, one at a time, with ids that sort in the order of what happened', async () => {
    await make();
    for (let round = 0; round < 30; round += 1) await happen([support], false);
    await pass(1);
    await happen();
    const ids = receivers.idsAt(shop);
    expect(ids).toHaveLength(31);
    expect(ids).toEqual([...ids].sort());
    expect(numbersAt(shop)).toEqual([...numbersAt(shop)].sort((one, other) => one - other));
  });

  it('waits for a store that cannot write, and is told then', async () => {
    await make();
    app.store.fail('addDeliveries', new OperationError('DISK_FULL', 'full'), 2);
    await happen([support], false);
    for (const expected of [0, 0, 1]) {
      for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(receivers.calls).toHaveLength(expected);
      app.clock.advance(2_000);
    }
    expect(receivers.idsAt(shop)).toHaveLength(1);
  });
});

describe('a receiver that fails', () => {
  it('is asked again at the times of the schedule while the others wait behind it, and nothing is lost', async () => {
    const { webhook } = await make();
    receivers.answers(shop, 500);
    await happen([support, support]);
    const askedAt = [0];
    for (const delayMs of retryDelaysMs.slice(0, 4)) {
      await pass(delayMs - 1);
      expect(receivers.calls).toHaveLength(askedAt.length);
      await pass(1);
      askedAt.push(delayMs);
      expect(receivers.calls).toHaveLength(askedAt.length);
    }
    expect(new Set(receivers.idsAt(shop)).size).toBe(1);
    expect(shown(webhook.id)).toMatchObject({ waiting: 2, status: { state: 'failing', problem: 'it answered 500' } });
    receivers.answers(shop, 200);
    await pass(retryDelaysMs[4] ?? 0);
    expect(new Set(receivers.idsAt(shop)).size).toBe(2);
    expect(shown(webhook.id)).toMatchObject({ waiting: 0, status: { state: 'active' } });
    const [second, first] = await deliveries(webhook.id);
    expect(second?.attempts).toMatchObject([{ status: 200 }]);
    expect(first?.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500, 200]);
    expect(first?.attempts.map(({ atMs }, index, all) => atMs - (all[index - 1]?.atMs ?? atMs))).toEqual([
      0,
      ...retryDelaysMs.slice(0, 5),
    ]);
  });

  it('harms no other, and neither does one that never answers', async () => {
    await make();
    await make({ url: crm });
    await make({ url: 'https://slow.example/' });
    receivers.answers(shop, 500);
    receivers.answers('https://slow.example/', 'never');
    for (let round = 0; round < 5; round += 1) await happen();
    expect(receivers.idsAt(crm)).toHaveLength(5);
    expect(receivers.idsAt('https://slow.example/')).toHaveLength(1);
  });

  it('that is gone (410) is told nothing more, and the account’s timeline says so', async () => {
    const { webhook } = await make({ url: 'https://shop.example/hook?token=hidden' });
    receivers.answers(webhook.url, 410);
    await happen([support, support]);
    await pass(retryDelaysMs.reduce((sum, ms) => sum + ms));
    expect(receivers.calls).toHaveLength(1);
    expect(shown(webhook.id).status).toMatchObject({ state: 'disabled', why: 'gone' });
    await app.settled();
    const [entry] = await app.store.listTimeline(support);
    expect(entry).toMatchObject({
      kind: 'webhook',
      words: 'The webhook to shop.example is off: it answered 410, which means that it is gone',
    });
    expect(await app.store.listTimeline(sales)).toEqual([]);
    expect(JSON.stringify([app.lines, app.accountLogs.linesOf(support)])).not.toContain('hidden');
  });

  it('takes nothing for days: the event is given up, the next one has one chance, then it is off until somebody enables it', async () => {
    const { webhook } = await make();
    receivers.answers(shop, { kind: 'unanswered', problem: 'nobody listens at its address' });
    await happen([support, support, support]);
    for (const delayMs of retryDelaysMs) await pass(delayMs);
    expect(shown(webhook.id)).toMatchObject({
      waiting: 2,
      status: { state: 'disabled', why: 'failing', problem: 'nobody listens at its address' },
    });
    expect(receivers.calls).toHaveLength(retryDelaysMs.length + 2);
    await app.settled();
    expect((await app.store.listTimeline(support))[0]?.words).toContain('it has taken nothing for days');
    // What happens while it is off is not kept, and is owned up to.
    await happen([support, support]);
    receivers.answers(shop, 200);
    receivers.calls.length = 0;
    const enabled = await app.dispatch(app.caller, 'webhooks.enable', { webhookId: webhook.id });
    expect(enabled).toMatchObject({ ok: true, data: { webhook: { status: { state: 'active' }, missed: 2 } } });
    await settled();
    await happen();
    expect(receivers.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'unread.changed',
      'unread.changed',
      'gap',
      'unread.changed',
    ]);
    expect(JSON.parse(receivers.calls[2]?.body ?? '')).toMatchObject({ type: 'gap', data: { missed: 2 } });
    expect(shown(webhook.id)).toMatchObject({ waiting: 0, missed: 0 });
    expect((await deliveries(webhook.id, 'failed')).length).toBe(1);
  });

  it('that calls one event wrong loses that one, not the others', async () => {
    const { webhook } = await make();
    let first: string | undefined;
    receivers.answers(shop, ({ id }) => {
      first ??= id;
      return id === first ? 422 : 200;
    });
    await happen([support, support]);
    for (const delayMs of retryDelaysMs.slice(0, 3)) await pass(delayMs);
    expect((await deliveries(webhook.id)).map(({ state }) => state)).toEqual(['delivered', 'failed']);
    expect(shown(webhook.id).status.state).toBe('active');
  });

  it('may ask for more time', async () => {
    await make();
    receivers.answers(shop, { kind: 'answered', status: 429, retryAfterMs: 90_000 });
    await happen();
    await pass(89_000);
    expect(receivers.calls).toHaveLength(1);
    await pass(1_000);
    expect(receivers.calls).toHaveLength(2);
  });

  it('is asked on time after the computer slept', async () => {
    await make();
    receivers.answers(shop, 500);
    await happen();
    for (const delayMs of retryDelaysMs.slice(0, 5)) await pass(delayMs);
    const before = receivers.calls.length;
    app.sleep(retryDelaysMs[5] ?? 0);
    await pass(60_000);
    expect(receivers.calls.length).toBe(before + 1);
  });
});

describe('messages that came while nobody told of them', () => {
  const idsTold = (): string[] =>
    receivers.calls.map(
      ({ body }) => (JSON.parse(body) as { data: { message?: { id: string } } }).data.message?.id ?? 'another event',
    );
  const aMessage = (id: string, afterMs = 0) => anInbound(id, { timestampMs: app.clock.nowMs() + afterMs });

  it('were stored in the last moment before a crash: they are told after the next start, once', async () => {
    await make({ events: ['message.added'] });
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await app.settled();
    // Stored, and then the console is gone.
    await app.store.saveMessages(support, [aMessage('M2'), aMessage('M3')]);
    await app.webhooks.close();
    app.closeStore();
    app = await open({ before: app });
    await settled();
    expect(idsTold()).toEqual(['M1', 'M2', 'M3']);
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M4')] } as never);
    await app.settled();
    await settled();
    expect(idsTold()).toEqual(['M1', 'M2', 'M3', 'M4']);
    await app.webhooks.close();
    app.closeStore();
    app = await open({ before: app });
    await settled();
    expect(idsTold()).toHaveLength(4);
    const ids = receivers.idsAt(shop);
    expect(ids).toEqual([...ids].sort());
  });

  it('were fetched after an absence: they are told like any other, before what follows', async () => {
    await make({ events: ['message.added', 'history'] });
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await app.settled();
    await app.store.saveMessages(support, [aMessage('old', -86_400_000), aMessage('M2')]);
    app.events.publish({ type: 'history.imported', accountId: support, chatIds: [ana] });
    await settled();
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M3')] } as never);
    await app.settled();
    await settled();
    // What is older than the webhook is history.
    expect(idsTold()).toEqual(['M1', 'M2', 'another event', 'M3']);
  });

  it('and before there was a webhook are not told, for a second webhook neither', async () => {
    await app.store.upsertChats(support, [anObservedChat()]);
    await app.store.saveMessages(support, [aMessage('M1')]);
    await make({ events: ['message'] });
    await app.store.saveMessages(support, [aMessage('M2')]);
    app.clock.advance(60_000);
    await make({ url: crm, events: ['message'] });
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M3')] } as never);
    await app.settled();
    await settled();
    const toldAt = (url: string) =>
      receivers.calls.filter((call) => call.url === url).map(({ body }) => body.match(/"id":"(M\d)"/)?.[1]);
    expect([toldAt(shop), toldAt(crm)]).toEqual([['M2', 'M3'], ['M3']]);
  });

  it('wait for a store that does not answer', async () => {
    await make({ events: ['message.added'] });
    app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await app.settled();
    await app.store.saveMessages(support, [aMessage('M2')]);
    app.store.fail('messagesSince', new OperationError('STORE_UNAVAILABLE', 'away'), 1);
    app.events.publish({ type: 'history.imported', accountId: support, chatIds: [ana] });
    for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve));
    app.clock.advance(2_000);
    await settled();
    expect(idsTold()).toEqual(['M1', 'M2']);
  });
});

describe('a console that ends', () => {
  it('breaks off what is under way, and tells it again after the next start under the same id, with what waited', async () => {
    await make();
    receivers.answers(shop, 'never');
    await happen([support, support]);
    const [id] = receivers.idsAt(shop);
    await app.webhooks.close();
    app.closeStore();
    receivers.answers(shop, 200);
    receivers.calls.length = 0;
    app = await open({ before: app });
    await settled();
    expect(receivers.idsAt(shop)).toHaveLength(2);
    expect(receivers.idsAt(shop)[0]).toBe(id);
    expect(receivers.calls[0]?.secret).toMatch(/^whsec_/);
  });

  it('keeps the times of retries', async () => {
    const { webhook } = await make();
    receivers.answers(shop, 500);
    await happen();
    await pass(1_000);
    await pass(5_000);
    await app.webhooks.close();
    app.closeStore();
    receivers.calls.length = 0;
    app = await open({ before: app });
    await settled();
    expect(shown(webhook.id)).toMatchObject({ waiting: 1, status: { state: 'failing' } });
    await pass(29_000);
    expect(receivers.calls).toHaveLength(0);
    await pass(1_000);
    expect(receivers.calls).toHaveLength(1);
  });

  it('whose secrets cannot be read any more says so and tells nobody without a signature', async () => {
    const { webhook } = await make();
    await app.webhooks.close();
    app.closeStore();
    app.consoleSecrets.stored.clear();
    app = await open({ before: app });
    await happen();
    expect(receivers.calls).toEqual([]);
    expect(shown(webhook.id).status).toMatchObject({ state: 'disabled', why: 'secret_lost' });
  });
});

describe('a queue', () => {
  it('is bounded, and what did not fit is told as a gap', async () => {
    const { webhook } = await make();
    receivers.answers(shop, 'never');
    const body = 'x'.repeat(1024 * 1024);
    for (let round = 0; round < 70; round += 1) {
      app.events.publish({ type: 'history.imported', accountId: support, chatIds: [body] });
    }
    await settled();
    const { waiting, missed } = shown(webhook.id);
    expect(waiting + missed).toBe(70);
    expect(missed).toBeGreaterThan(0);
    expect(waiting * body.length).toBeLessThan(limits.webhookQueueBytes + 2 * body.length);
  }, 30_000);

  it('is forgotten with its webhook, and a webhook with its account, also for a new account of the same id', async () => {
    const first = await make();
    receivers.answers(shop, 500);
    await happen();
    await app.dispatch(app.caller, 'webhooks.remove', { webhookId: first.webhook.id });
    await make({ accountId: 'sales', url: crm });
    await app.dispatch(app.caller, 'accounts.remove', { accountId: 'sales' });
    await app.dispatch(app.caller, 'accounts.create', { id: 'sales', label: 'Sales', network: 'practice' });
    receivers.calls.length = 0;
    await pass(3_600_000);
    await happen([sales, support]);
    expect([receivers.calls, app.webhooks.list(undefined), app.consoleSecrets.stored.size]).toEqual([[], [], 0]);
  });

  it('keeps its record for a week', async () => {
    const { webhook } = await make();
    await happen();
    await pass(6 * 24 * 3_600_000);
    expect(await deliveries(webhook.id)).toHaveLength(1);
    await pass(25 * 3_600_000);
    expect(await deliveries(webhook.id)).toEqual([]);
  });
});

describe('who may make one', () => {
  const caller = (...scopes: Caller['scopes']): Caller => ({ kind: 'api', name: 'key', scopes });
  const refusal = async (input: Readonly<Record<string, unknown>>, by: Caller) => {
    const answer = await app.dispatch(by, 'webhooks.create', { accountId: 'support', url: shop, ...input });
    return answer.ok ? 'made' : answer.error.code;
  };

  it('of this computer: the window and keys with the right admin; of a private network: those who ask for it, too', async () => {
    const here = { url: 'http://127.0.0.1:3000/' };
    expect(await refusal(here, caller('control'))).toBe('WEBHOOK_URL_REFUSED');
    expect(await refusal(here, caller('control', 'admin'))).toBe('made');
    expect(await refusal(here, app.caller)).toBe('made');
    expect(await refusal({ privateNetwork: true }, caller('control'))).toBe('FORBIDDEN');
    expect((await make({ privateNetwork: true })).webhook.reach).toBe('network');
    expect((await make({}, caller('control'))).webhook.reach).toBe('internet');
    expect(await refusal({}, caller('read', 'send'))).toBe('FORBIDDEN');
  });

  it.each([
    [{ url: 'ftp://x.example' }, /web address/],
    [{ url: 'https://me:pw@x.example/' }, /must not hold a user or password/],
    [{ url: 'nonsense' }, /web address/],
    [{ events: [] }, /at least one/],
    [{ events: ['weather'] }, /must be \* or the beginning/],
    [{ events: ['message', 'message'] }, /repeat/],
    [{ headers: { Host: 'x' } }, /set by Switchboard itself/],
    [{ headers: { 'webhook-id': 'x' } }, /set by Switchboard itself/],
    [{ headers: { 'X-A': 'a\r\nX-B: b' } }, /one line/],
    [{ headers: { 'X A': 'a' } }, /name of a header/],
  ])('nobody with %j', async (input, words) => {
    const answer = await app.dispatch(app.caller, 'webhooks.create', { accountId: 'support', url: shop, ...input });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringMatching(words) },
    });
    expect(JSON.stringify(answer)).not.toContain('pw@');
  });

  it('the secret is shown once and is nowhere else', async () => {
    const { secret } = await make({ headers: { Authorization: 'Bearer topsecret' } });
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    await happen();
    const listed = await app.dispatch(app.caller, 'webhooks.list', {});
    const seen = JSON.stringify([listed, app.lines, app.heard, app.accountLogs.linesOf(support)]);
    expect(seen).not.toContain(secret.slice(6));
    expect(seen).not.toContain('topsecret');
    expect(seen).toContain('Authorization');
  });

  it('a webhook of another account is not found', async () => {
    const { webhook } = await make();
    const bound: Caller = { ...caller('control'), accountIds: [sales] };
    for (const name of ['webhooks.remove', 'webhooks.enable', 'webhooks.listDeliveries'] as const) {
      const foreign = await app.dispatch(bound, name, { webhookId: webhook.id, accountId: 'sales' });
      expect(foreign, name).toMatchObject({ ok: false, error: { code: 'WEBHOOK_NOT_FOUND' } });
      const unnamed = await app.dispatch(bound, name, { webhookId: webhook.id });
      expect(unnamed, name).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    }
  });

  it('the command line has one of its own, which goes with it', async () => {
    expect(await app.webhooks.fromCommandLine('http://10.0.0.5/hook')).toMatch(/^whsec_/);
    expect(await app.webhooks.fromCommandLine('http://10.0.0.5/hook')).toBeUndefined();
    expect(app.webhooks.list(undefined)).toMatchObject([{ origin: 'command_line', reach: 'network', events: ['*'] }]);
    expect(await app.webhooks.fromCommandLine('http://10.0.0.6/hook')).toMatch(/^whsec_/);
    expect(app.webhooks.list(undefined)).toHaveLength(1);
    await make();
    await app.webhooks.fromCommandLine(undefined);
    expect(app.webhooks.list(undefined)).toMatchObject([{ origin: 'call' }]);
  });
});
