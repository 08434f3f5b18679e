import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { limits } from '../../../electron/contract/limits';
import { anInbound, anObservedChat } from '../../fakes/entities';
import { createWebhookBench, crm, sales, shop, support, type WebhookBench } from '../../fakes/webhook-bench';

let bench: WebhookBench;
beforeEach(async () => {
  bench = await createWebhookBench();
});
afterEach(() => bench.close());

const numbersAt = (url: string): number[] =>
  bench.receivers.calls
    .filter((call) => call.url === url)
    .map(
      ({ body }) => (JSON.parse(body) as { data: { unread?: { unreadCount: number } } }).data.unread?.unreadCount ?? -1,
    );

describe('an event', () => {
  it('is told to who wants it of the account that it is about, in the form of the specification', async () => {
    const { webhook, secret } = await bench.make({ events: ['message'], headers: { Authorization: 'Bearer abc' } });
    await bench.make({ accountId: 'sales', url: crm });
    const everything = await bench.make({ accountId: undefined, url: 'https://all.example/' });
    await bench.app.store.upsertChats(support, [anObservedChat()]);
    bench.app.sessions.report(support, { type: 'messages', messages: [anInbound('M1', { body: 'Olá' })] } as never);
    await bench.app.settled();
    await bench.settled();
    expect(bench.receivers.idsAt(crm)).toEqual([]);
    const [call] = bench.receivers.calls.filter(({ url }) => url === shop);
    expect(call).toMatchObject({ secret, reach: 'computer', headers: { Authorization: 'Bearer abc' } });
    expect(call?.id).toMatch(/^msg_[0-9a-f]+$/);
    const body = JSON.parse(call?.body ?? '') as Readonly<Record<string, unknown>>;
    expect(body).toMatchObject({
      type: 'message.added',
      sessionId: 'Support',
      data: { message: { id: 'M1', body: 'Olá', accountId: 'support' } },
    });
    expect(Date.parse(String(body['timestamp']))).toBe(bench.app.clock.nowMs());
    expect(bench.receivers.idsAt(shop)).toHaveLength(1);
    // Told of the same event under the same id.
    expect(bench.receivers.idsAt('https://all.example/')).toContain(call?.id);
    expect((await bench.deliveries(webhook.id)).map(({ state, event }) => [state, event])).toEqual([
      ['delivered', 'message.added'],
    ]);
    expect(everything.webhook.accountId).toBeUndefined();
  });

  it('is on disk before anybody is told', async () => {
    const { webhook } = await bench.make();
    let onDisk: readonly unknown[] = [];
    bench.receivers.answers(shop, () => {
      onDisk = bench.app.store.host.listDeliveries(webhook.id, {
        filter: 'waiting',
        cursor: undefined,
        limit: 5,
      }).deliveries;
      return 204;
    });
    await bench.happen();
    expect(onDisk).toHaveLength(1);
  });

  it('is told in order, one at a time, with ids that sort in the order of what happened', async () => {
    await bench.make();
    for (let round = 0; round < 30; round += 1) await bench.happen([support], false);
    await bench.pass(1);
    await bench.happen();
    const ids = bench.receivers.idsAt(shop);
    expect(ids).toHaveLength(31);
    expect(ids).toEqual([...ids].sort());
    expect(numbersAt(shop)).toEqual([...numbersAt(shop)].sort((one, other) => one - other));
  });

  it('waits for a store that cannot write, and is told then', async () => {
    await bench.make();
    bench.app.store.fail('addDeliveries', new OperationError('DISK_FULL', 'full'), 2);
    await bench.happen([support], false);
    for (const expected of [0, 0, 1]) {
      for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(bench.receivers.calls).toHaveLength(expected);
      bench.app.clock.advance(2_000);
    }
    expect(bench.receivers.idsAt(shop)).toHaveLength(1);
  });
});

describe('a queue', () => {
  it('is bounded, and what did not fit is told as a gap', async () => {
    const { webhook } = await bench.make();
    bench.receivers.answers(shop, 'never');
    const body = 'x'.repeat(1024 * 1024);
    for (let round = 0; round < 70; round += 1) {
      bench.app.events.publish({ type: 'history.imported', accountId: support, chatIds: [body] });
    }
    await bench.settled();
    const { waiting, missed } = bench.shown(webhook.id);
    expect(waiting + missed).toBe(70);
    expect(missed).toBeGreaterThan(0);
    expect(waiting * body.length).toBeLessThan(limits.webhookQueueBytes + 2 * body.length);
  }, 30_000);

  it('is forgotten with its webhook, and a webhook with its account, also for a new account of the same id', async () => {
    const first = await bench.make();
    bench.receivers.answers(shop, 500);
    await bench.happen();
    await bench.app.dispatch(bench.app.caller, 'webhooks.remove', { webhookId: first.webhook.id });
    await bench.make({ accountId: 'sales', url: crm });
    await bench.app.dispatch(bench.app.caller, 'accounts.remove', { accountId: 'sales' });
    await bench.app.dispatch(bench.app.caller, 'accounts.create', { id: 'sales', label: 'Sales', network: 'practice' });
    bench.receivers.calls.length = 0;
    await bench.pass(3_600_000);
    await bench.happen([sales, support]);
    expect([bench.receivers.calls, bench.app.webhooks.list(undefined), bench.app.consoleSecrets.stored.size]).toEqual([
      [],
      [],
      0,
    ]);
  });

  it('keeps its record for a week', async () => {
    const { webhook } = await bench.make();
    await bench.happen();
    await bench.pass(6 * 24 * 3_600_000);
    expect(await bench.deliveries(webhook.id)).toHaveLength(1);
    await bench.pass(25 * 3_600_000);
    expect(await bench.deliveries(webhook.id)).toEqual([]);
  });
});
