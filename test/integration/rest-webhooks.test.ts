import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/platform/clock';
import { webhookGuard } from '../../electron/platform/webhook-guard';
import { createWebhookSender } from '../../electron/surfaces/webhooks';
import { accountId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
let receiver: Server;
let address: string;
const sender = createWebhookSender({ clock: systemClock, version: '1.2.3', guard: webhookGuard });
const api = '/api/v1';
const webhooks = `${api}/sessions/Support/webhooks`;

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
const told: Told[] = [];
let status = 200;

beforeAll(async () => {
  desk = await openRestDesk({}, { webhookSender: () => sender });
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      response.writeHead(status).end('thank you');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const heard = receiver.address();
  address = `http://127.0.0.1:${typeof heard === 'object' ? heard?.port : ''}/hook`;
});
afterEach(async () => {
  for (const { id } of desk.app.webhooks.list(undefined)) await desk.app.webhooks.remove(id);
  told.length = 0;
  status = 200;
});
afterAll(async () => {
  await desk.close();
  sender.close();
  receiver.close();
});

const make = (input: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {}) =>
  desk.ask('POST', webhooks, { url: address, ...input }, headers);

/** As a receiver checks it, by the specification's own words. */
const isSigned = ({ headers, body }: Told, secret: string): boolean => {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
};

describe('webhooks over REST', () => {
  it('are made with a secret that is shown once, told what happens with a signature that checks out, and listed without it', async () => {
    const made = await make({ events: ['session'], headers: { Authorization: 'Bearer hidden' } });
    expect([made.status, made.body.message]).toEqual([201, 'The secret is shown this once']);
    const { secret, webhookId } = made.body.data;
    desk.app.sessions.ready(accountId('support'));
    desk.app.sessions.ready(accountId('sales'));
    await eventually('the request', () => told.length > 0);
    const [first] = told as [Told];
    expect(isSigned(first, secret)).toBe(true);
    expect(isSigned({ ...first, body: first.body.replace('ready', 'steady') }, secret)).toBe(false);
    expect(JSON.parse(first.body)).toMatchObject({
      type: 'session.changed',
      sessionId: 'Support',
      data: { session: { accountId: 'support', status: { state: 'ready' } } },
    });
    expect(first.headers.authorization).toBe('Bearer hidden');
    const listed = await desk.ask('GET', webhooks);
    expect(listed.body.data).toMatchObject([
      { webhookId, url: address, events: ['session'], headers: ['Authorization'], status: 'active', missed: 0 },
    ]);
    expect(listed.text).not.toContain('hidden');
    expect(listed.text).not.toContain('whsec_');
    expect((await desk.ask('GET', `${api}/sessions/Sales/webhooks`)).body.data).toEqual([]);
    const log = await eventually('the record', async () => {
      const { body } = await desk.ask('GET', `${webhooks}/${webhookId}/deliveries?filter=delivered`);
      return body.data.deliveries.length > 0 ? body.data.deliveries : undefined;
    });
    expect(log).toMatchObject([{ state: 'delivered', attempts: [{ status: 200 }] }]);
    expect(told.every(({ body }) => body.includes('"sessionId":"Support"'))).toBe(true);
  });

  it('tell their trouble, can be enabled again, and end when they are removed', async () => {
    const { webhookId } = (await make()).body.data;
    status = 410;
    desk.app.sessions.ready(accountId('support'));
    await eventually('the end', async () => {
      const { body } = await desk.ask('GET', webhooks);
      return (body.data as unknown as readonly { readonly status: string }[])[0]?.status === 'disabled';
    });
    status = 200;
    const enabled = await desk.ask('POST', `${webhooks}/${webhookId}/enable`, {});
    expect(enabled.body.data).toMatchObject({ webhookId, status: 'active' });
    expect((await desk.ask('DELETE', `${webhooks}/${webhookId}`)).status).toBe(200);
    const gone = await desk.ask('DELETE', `${webhooks}/${webhookId}`);
    expect([gone.status, gone.body.error.code]).toEqual([404, 'WEBHOOK_NOT_FOUND']);
    expect(gone.body.error.message).toContain('Support');
  });

  it('of a key without the right admin never reach this computer, whatever their address says', async () => {
    const { secret } = await desk.app.apiKeys.create({ name: 'Control', scopes: ['read', 'control'] });
    const headers = { 'X-API-Key': secret };
    for (const url of [address, 'http://[::1]/', 'http://2130706433/', 'http://169.254.169.254/', 'http://10.0.0.1/']) {
      const refused = await make({ url }, headers);
      expect([refused.status, refused.body.error.code], url).toEqual([400, 'WEBHOOK_URL_REFUSED']);
      expect(refused.body.error.message).toContain('Support');
    }
    expect((await make({ privateNetwork: true }, headers)).status).toBe(403);
    // A name is looked at when it is resolved.
    expect((await make({ url: address.replace('127.0.0.1', 'localhost') }, headers)).status).toBe(201);
    desk.app.sessions.ready(accountId('support'));
    const shown = await eventually('the refusal', async () => {
      const [first] = (await desk.ask('GET', webhooks)).body.data as unknown as readonly {
        readonly status: string;
        readonly problem: string;
      }[];
      return first?.status === 'failing' ? first : undefined;
    });
    expect([shown.problem, told]).toEqual(['its name leads to an address that it may not reach', []]);
  });

  it('of a key that is bound to a session are that session’s', async () => {
    const { secret } = await desk.app.apiKeys.create({
      name: 'Sales',
      scopes: ['read', 'control'],
      accountIds: [accountId('sales')],
    });
    const headers = { 'X-API-Key': secret };
    const { webhookId } = (await make()).body.data;
    expect((await make({}, headers)).status).toBe(403);
    expect((await desk.ask('GET', webhooks, undefined, headers)).status).toBe(403);
    expect((await desk.ask('GET', `${api}/webhooks`, undefined, headers)).status).toBe(403);
    expect((await desk.ask('DELETE', `${api}/webhooks/${webhookId}`, undefined, headers)).status).toBe(403);
    const own = `${api}/sessions/sales/webhooks`;
    expect((await desk.ask('DELETE', `${own}/${webhookId}`, undefined, headers)).status).toBe(404);
    const made = await desk.ask('POST', own, { url: 'https://example.com/hook' }, headers);
    expect(made.status).toBe(201);
  });

  it('name what is wrong by its field', async () => {
    for (const [input, field] of [
      [{ url: undefined }, 'url must be a web address'],
      [{ url: 'nonsense' }, 'url must be a web address'],
      [{ events: 'message' }, 'events must be a list'],
      [{ events: ['weather'] }, 'events › 0 must be *'],
      [{ headers: { Host: 'x' } }, 'is set by Switchboard itself'],
      [{ surprise: 1 }, 'surprise'],
    ] as const) {
      const { status: code, body } = await make(input);
      expect([code, body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(body.error.message).toContain(field);
    }
  });
});
