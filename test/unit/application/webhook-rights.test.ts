import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import { createWebhookBench, sales, shop, support, type WebhookBench } from '../../fakes/webhook-bench';

let bench: WebhookBench;
beforeEach(async () => {
  bench = await createWebhookBench();
});
afterEach(() => bench.close());

describe('who may make one', () => {
  const caller = (...scopes: Caller['scopes']): Caller => ({ kind: 'api', name: 'key', scopes });
  const refusal = async (input: Readonly<Record<string, unknown>>, by: Caller) => {
    const answer = await bench.app.dispatch(by, 'webhooks.create', { accountId: 'support', url: shop, ...input });
    return answer.ok ? 'made' : answer.error.code;
  };

  it('of this computer: the window and keys with the right admin; of a private network: those who ask for it, too', async () => {
    const here = { url: 'http://127.0.0.1:3000/' };
    expect(await refusal(here, caller('control'))).toBe('WEBHOOK_URL_REFUSED');
    expect(await refusal(here, caller('control', 'admin'))).toBe('made');
    expect(await refusal(here, bench.app.caller)).toBe('made');
    expect(await refusal({ privateNetwork: true }, caller('control'))).toBe('FORBIDDEN');
    expect((await bench.make({ privateNetwork: true })).webhook.reach).toBe('network');
    expect((await bench.make({}, caller('control'))).webhook.reach).toBe('internet');
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
    const answer = await bench.app.dispatch(bench.app.caller, 'webhooks.create', {
      accountId: 'support',
      url: shop,
      ...input,
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringMatching(words) },
    });
    expect(JSON.stringify(answer)).not.toContain('pw@');
  });

  it('the secret is shown once and is nowhere else', async () => {
    const { secret } = await bench.make({ headers: { Authorization: 'Bearer topsecret' } });
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    await bench.happen();
    const listed = await bench.app.dispatch(bench.app.caller, 'webhooks.list', {});
    const seen = JSON.stringify([listed, bench.app.lines, bench.app.heard, bench.app.accountLogs.linesOf(support)]);
    expect(seen).not.toContain(secret.slice(6));
    expect(seen).not.toContain('topsecret');
    expect(seen).toContain('Authorization');
  });

  it('a webhook of another account is not found', async () => {
    const { webhook } = await bench.make();
    const bound: Caller = { ...caller('control'), accountIds: [sales] };
    for (const name of ['webhooks.remove', 'webhooks.enable', 'webhooks.listDeliveries'] as const) {
      const foreign = await bench.app.dispatch(bound, name, { webhookId: webhook.id, accountId: 'sales' });
      expect(foreign, name).toMatchObject({ ok: false, error: { code: 'WEBHOOK_NOT_FOUND' } });
      const unnamed = await bench.app.dispatch(bound, name, { webhookId: webhook.id });
      expect(unnamed, name).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    }
  });

  it('the command line has one of its own, which goes with it', async () => {
    expect(await bench.app.webhooks.fromCommandLine('http://10.0.0.5/hook')).toMatch(/^whsec_/);
    expect(await bench.app.webhooks.fromCommandLine('http://10.0.0.5/hook')).toBeUndefined();
    expect(bench.app.webhooks.list(undefined)).toMatchObject([
      { origin: 'command_line', reach: 'network', events: ['*'] },
    ]);
    expect(await bench.app.webhooks.fromCommandLine('http://10.0.0.6/hook')).toMatch(/^whsec_/);
    expect(bench.app.webhooks.list(undefined)).toHaveLength(1);
    await bench.make();
    await bench.app.webhooks.fromCommandLine(undefined);
    expect(bench.app.webhooks.list(undefined)).toMatchObject([{ origin: 'call' }]);
  });
});
