import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retryDelaysMs } from '../../../electron/domain/webhook-retries';
import { createWebhookBench, crm, sales, shop, support, type WebhookBench } from '../../fakes/webhook-bench';

let bench: WebhookBench;
beforeEach(async () => {
  bench = await createWebhookBench();
});
afterEach(() => bench.close());

describe('a receiver that fails', () => {
  it('is asked again at the times of the schedule while the others wait behind it, and nothing is lost', async () => {
    const { webhook } = await bench.make();
    bench.receivers.answers(shop, 500);
    await bench.happen([support, support]);
    const askedAt = [0];
    for (const delayMs of retryDelaysMs.slice(0, 4)) {
      await bench.pass(delayMs - 1);
      expect(bench.receivers.calls).toHaveLength(askedAt.length);
      await bench.pass(1);
      askedAt.push(delayMs);
      expect(bench.receivers.calls).toHaveLength(askedAt.length);
    }
    expect(new Set(bench.receivers.idsAt(shop)).size).toBe(1);
    expect(bench.shown(webhook.id)).toMatchObject({
      waiting: 2,
      status: { state: 'failing', problem: 'it answered 500' },
    });
    bench.receivers.answers(shop, 200);
    await bench.pass(retryDelaysMs[4] ?? 0);
    expect(new Set(bench.receivers.idsAt(shop)).size).toBe(2);
    expect(bench.shown(webhook.id)).toMatchObject({ waiting: 0, status: { state: 'active' } });
    const [second, first] = await bench.deliveries(webhook.id);
    expect(second?.attempts).toMatchObject([{ status: 200 }]);
    expect(first?.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500, 200]);
    expect(first?.attempts.map(({ atMs }, index, all) => atMs - (all[index - 1]?.atMs ?? atMs))).toEqual([
      0,
      ...retryDelaysMs.slice(0, 5),
    ]);
  });

  it('harms no other, and neither does one that never answers', async () => {
    await bench.make();
    await bench.make({ url: crm });
    await bench.make({ url: 'https://slow.example/' });
    bench.receivers.answers(shop, 500);
    bench.receivers.answers('https://slow.example/', 'never');
    for (let round = 0; round < 5; round += 1) await bench.happen();
    expect(bench.receivers.idsAt(crm)).toHaveLength(5);
    expect(bench.receivers.idsAt('https://slow.example/')).toHaveLength(1);
  });

  it('that is gone (410) is told nothing more, and the account’s timeline says so', async () => {
    const { webhook } = await bench.make({ url: 'https://shop.example/hook?token=hidden' });
    bench.receivers.answers(webhook.url, 410);
    await bench.happen([support, support]);
    await bench.pass(retryDelaysMs.reduce((sum, ms) => sum + ms));
    expect(bench.receivers.calls).toHaveLength(1);
    expect(bench.shown(webhook.id).status).toMatchObject({ state: 'disabled', why: 'gone' });
    await bench.app.settled();
    const [entry] = await bench.app.store.listTimeline(support);
    expect(entry).toMatchObject({
      kind: 'webhook',
      words: 'The webhook to shop.example is off: it answered 410, which means that it is gone',
    });
    expect(await bench.app.store.listTimeline(sales)).toEqual([]);
    expect(JSON.stringify([bench.app.lines, bench.app.accountLogs.linesOf(support)])).not.toContain('hidden');
  });

  it('takes nothing for days: the event is given up, the next one has one chance, then it is off until somebody enables it', async () => {
    const { webhook } = await bench.make();
    bench.receivers.answers(shop, { kind: 'unanswered', problem: 'nobody listens at its address' });
    await bench.happen([support, support, support]);
    for (const delayMs of retryDelaysMs) await bench.pass(delayMs);
    expect(bench.shown(webhook.id)).toMatchObject({
      waiting: 2,
      status: { state: 'disabled', why: 'failing', problem: 'nobody listens at its address' },
    });
    expect(bench.receivers.calls).toHaveLength(retryDelaysMs.length + 2);
    await bench.app.settled();
    expect((await bench.app.store.listTimeline(support))[0]?.words).toContain('it has taken nothing for days');
    // What happens while it is off is not kept, and is owned up to.
    await bench.happen([support, support]);
    bench.receivers.answers(shop, 200);
    bench.receivers.calls.length = 0;
    const enabled = await bench.app.dispatch(bench.app.caller, 'webhooks.enable', { webhookId: webhook.id });
    expect(enabled).toMatchObject({ ok: true, data: { webhook: { status: { state: 'active' }, missed: 2 } } });
    await bench.settled();
    await bench.happen();
    expect(bench.receivers.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'unread.changed',
      'unread.changed',
      'gap',
      'unread.changed',
    ]);
    expect(JSON.parse(bench.receivers.calls[2]?.body ?? '')).toMatchObject({ type: 'gap', data: { missed: 2 } });
    expect(bench.shown(webhook.id)).toMatchObject({ waiting: 0, missed: 0 });
    expect((await bench.deliveries(webhook.id, 'failed')).length).toBe(1);
  });

  it('that calls one event wrong loses that one, not the others', async () => {
    const { webhook } = await bench.make();
    let first: string | undefined;
    bench.receivers.answers(shop, ({ id }) => {
      first ??= id;
      return id === first ? 422 : 200;
    });
    await bench.happen([support, support]);
    for (const delayMs of retryDelaysMs.slice(0, 3)) await bench.pass(delayMs);
    expect((await bench.deliveries(webhook.id)).map(({ state }) => state)).toEqual(['delivered', 'failed']);
    expect(bench.shown(webhook.id).status.state).toBe('active');
  });

  it('may ask for more time', async () => {
    await bench.make();
    bench.receivers.answers(shop, { kind: 'answered', status: 429, retryAfterMs: 90_000 });
    await bench.happen();
    await bench.pass(89_000);
    expect(bench.receivers.calls).toHaveLength(1);
    await bench.pass(1_000);
    expect(bench.receivers.calls).toHaveLength(2);
  });

  it('is asked on time after the computer slept', async () => {
    await bench.make();
    bench.receivers.answers(shop, 500);
    await bench.happen();
    for (const delayMs of retryDelaysMs.slice(0, 5)) await bench.pass(delayMs);
    const before = bench.receivers.calls.length;
    bench.app.sleep(retryDelaysMs[5] ?? 0);
    await bench.pass(60_000);
    expect(bench.receivers.calls.length).toBe(before + 1);
  });
});
