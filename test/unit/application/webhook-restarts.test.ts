import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { ana, anInbound, anObservedChat } from '../../fakes/entities';
import { createWebhookBench, crm, shop, support, type WebhookBench } from '../../fakes/webhook-bench';

let bench: WebhookBench;
beforeEach(async () => {
  bench = await createWebhookBench();
});
afterEach(() => bench.close());

describe('messages that came while nobody told of them', () => {
  const idsTold = (): string[] =>
    bench.receivers.calls.map(
      ({ body }) => (JSON.parse(body) as { data: { message?: { id: string } } }).data.message?.id ?? 'another event',
    );
  const aMessage = (id: string, afterMs = 0) => anInbound(id, { timestampMs: bench.app.clock.nowMs() + afterMs });

  it('were stored in the last moment before a crash: they are told after the next start, once', async () => {
    await bench.make({ events: ['message.added'] });
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await bench.app.settled();
    // Stored, and then the console is gone.
    await bench.app.store.saveMessages(support, [aMessage('M2'), aMessage('M3')]);
    await bench.end();
    await bench.start();
    await bench.settled();
    expect(idsTold()).toEqual(['M1', 'M2', 'M3']);
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M4')] } as never);
    await bench.app.settled();
    await bench.settled();
    expect(idsTold()).toEqual(['M1', 'M2', 'M3', 'M4']);
    await bench.end();
    await bench.start();
    await bench.settled();
    expect(idsTold()).toHaveLength(4);
    const ids = bench.receivers.idsAt(shop);
    expect(ids).toEqual([...ids].sort());
  });

  it('were fetched after an absence: they are told like any other, before what follows', async () => {
    await bench.make({ events: ['message.added', 'history'] });
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await bench.app.settled();
    await bench.app.store.saveMessages(support, [aMessage('old', -86_400_000), aMessage('M2')]);
    bench.app.events.publish({ type: 'history.imported', accountId: support, chatIds: [ana] });
    await bench.settled();
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M3')] } as never);
    await bench.app.settled();
    await bench.settled();
    // What is older than the webhook is history.
    expect(idsTold()).toEqual(['M1', 'M2', 'another event', 'M3']);
  });

  it('and before there was a webhook are not told, for a second webhook neither', async () => {
    await bench.app.store.upsertChats(support, [anObservedChat()]);
    await bench.app.store.saveMessages(support, [aMessage('M1')]);
    await bench.make({ events: ['message'] });
    await bench.app.store.saveMessages(support, [aMessage('M2')]);
    bench.app.clock.advance(60_000);
    await bench.make({ url: crm, events: ['message'] });
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M3')] } as never);
    await bench.app.settled();
    await bench.settled();
    const toldAt = (url: string) =>
      bench.receivers.calls.filter((call) => call.url === url).map(({ body }) => body.match(/"id":"(M\d)"/)?.[1]);
    expect([toldAt(shop), toldAt(crm)]).toEqual([['M2', 'M3'], ['M3']]);
  });

  it('wait for a store that does not answer', async () => {
    await bench.make({ events: ['message.added'] });
    bench.app.sessions.report(support, { type: 'messages', messages: [aMessage('M1')] } as never);
    await bench.app.settled();
    await bench.app.store.saveMessages(support, [aMessage('M2')]);
    bench.app.store.fail('messagesSince', new OperationError('STORE_UNAVAILABLE', 'away'), 1);
    bench.app.events.publish({ type: 'history.imported', accountId: support, chatIds: [ana] });
    for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve));
    bench.app.clock.advance(2_000);
    await bench.settled();
    expect(idsTold()).toEqual(['M1', 'M2']);
  });
});

describe('a console that ends', () => {
  it('breaks off what is under way, and tells it again after the next start under the same id, with what waited', async () => {
    await bench.make();
    bench.receivers.answers(shop, 'never');
    await bench.happen([support, support]);
    const [id] = bench.receivers.idsAt(shop);
    await bench.end();
    bench.receivers.answers(shop, 200);
    bench.receivers.calls.length = 0;
    await bench.start();
    await bench.settled();
    expect(bench.receivers.idsAt(shop)).toHaveLength(2);
    expect(bench.receivers.idsAt(shop)[0]).toBe(id);
    expect(bench.receivers.calls[0]?.secret).toMatch(/^whsec_/);
  });

  it('keeps the times of retries', async () => {
    const { webhook } = await bench.make();
    bench.receivers.answers(shop, 500);
    await bench.happen();
    await bench.pass(1_000);
    await bench.pass(5_000);
    await bench.end();
    bench.receivers.calls.length = 0;
    await bench.start();
    await bench.settled();
    expect(bench.shown(webhook.id)).toMatchObject({ waiting: 1, status: { state: 'failing' } });
    await bench.pass(29_000);
    expect(bench.receivers.calls).toHaveLength(0);
    await bench.pass(1_000);
    expect(bench.receivers.calls).toHaveLength(1);
  });

  it('whose secrets cannot be read any more says so and tells nobody without a signature', async () => {
    const { webhook } = await bench.make();
    await bench.end();
    bench.app.consoleSecrets.stored.clear();
    await bench.start();
    await bench.happen();
    expect(bench.receivers.calls).toEqual([]);
    expect(bench.shown(webhook.id).status).toMatchObject({ state: 'disabled', why: 'secret_lost' });
  });
});
