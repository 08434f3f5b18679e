import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookCall } from '../../../electron/application/ports/webhook-sender';
import type { WebhookReach } from '../../../electron/contract/entities/webhook';
import { systemClock } from '../../../electron/platform/clock';
import { webhookGuard } from '../../../electron/platform/webhook-guard';
import { createWebhookSender } from '../../../electron/surfaces/webhooks';
import { signatureOf } from '../../../electron/surfaces/webhooks/signature';

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly port: number | undefined;
}

let server: Server;
let address: string;
let got: Got[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let sender: ReturnType<typeof createWebhookSender>;
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

beforeEach(async () => {
  got = [];
  answer = (response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body, port: request.socket.remotePort });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const heard = server.address();
  address = `http://127.0.0.1:${typeof heard === 'object' ? heard?.port : ''}/hook`;
  sender = createWebhookSender({ clock: systemClock, version: '1.2.3', guard: webhookGuard, deadlineMs: 500 });
});
afterEach(() => {
  sender.close();
  server.closeAllConnections();
  server.close();
});

const call = (changes: Partial<WebhookCall> = {}): WebhookCall => ({
  url: address,
  reach: 'computer',
  id: 'msg_1',
  atMs: 1_614_265_330_900,
  body: '{"type":"message.added","data":{"text":"Olá 😀"}}',
  secret,
  headers: { Authorization: 'Bearer abc' },
  ...changes,
});
const send = (changes: Partial<WebhookCall> = {}) => sender.send(call(changes)).reply;

it('signs as the specification’s own example has it', () => {
  const parts = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
  expect(signatureOf(secret, parts)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

describe('a request to a webhook', () => {
  it('carries the event byte for byte with id, time, signature and the receiver’s own headers', async () => {
    expect(await send()).toEqual({ kind: 'answered', status: 204, retryAfterMs: undefined });
    const [{ headers, body }] = got as [Got];
    expect(body).toBe(call().body);
    expect(headers).toMatchObject({
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': signatureOf(secret, { id: 'msg_1', timestamp: 1_614_265_330, body }),
      'content-type': 'application/json',
      'user-agent': 'Switchboard/1.2.3',
      authorization: 'Bearer abc',
    });
  });

  it('uses one connection for several events, and a new one when that was closed meanwhile', async () => {
    await send();
    await send();
    expect(got[0]?.port).toBe(got[1]?.port);
    answer = (response, request) => {
      response.writeHead(204).end();
      setImmediate(() => request.socket.resetAndDestroy());
    };
    for (let round = 0; round < 5; round += 1) expect(await send()).toMatchObject({ status: 204 });
    expect(got).toHaveLength(7);
  });

  it.each([200, 302, 400, 410, 429, 500])('tells %i as it is, and follows nothing', async (status) => {
    answer = (response) =>
      response.writeHead(status, { Location: `${address}/elsewhere`, 'Retry-After': '7' }).end('whatever');
    expect(await send()).toEqual({ kind: 'answered', status, retryAfterMs: 7_000 });
    expect(got).toHaveLength(1);
  });

  it('understands a date in Retry-After, and no nonsense', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    answer = (response) => response.writeHead(503, { 'Retry-After': inAMinute }).end();
    const reply = await send();
    expect(reply.kind === 'answered' && Math.abs((reply.retryAfterMs ?? 0) - 60_000) < 2_000).toBe(true);
    for (const nonsense of ['soon', '-5', '1e9', '']) {
      answer = (response) => response.writeHead(503, { 'Retry-After': nonsense }).end();
      expect(await send(), nonsense).toMatchObject({ retryAfterMs: undefined });
    }
  });

  it('ends at its deadline when nobody answers, and when only the answer drips its status counts', async () => {
    answer = () => undefined;
    const startedMs = performance.now();
    expect(await send()).toEqual({ kind: 'unanswered', problem: 'it did not answer within 1 s' });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    let isClosed = false;
    answer = (response) => {
      response.writeHead(200);
      const drops = setInterval(() => response.write('x'), 50);
      response.on('close', () => {
        isClosed = true;
        clearInterval(drops);
      });
    };
    expect(await send()).toMatchObject({ kind: 'answered', status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(isClosed).toBe(true);
  });

  it('reads no more of an answer than 64 KiB and a little', async () => {
    let written = 0;
    const closed = new Promise<void>((resolve) => {
      answer = (response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
        };
        response.on('drain', more);
        response.on('close', resolve);
        more();
      };
    });
    expect(await send()).toMatchObject({ status: 200 });
    await closed;
    expect(written).toBeLessThan(8 * 1024 * 1024);
  });

  it('can be broken off', async () => {
    answer = () => undefined;
    const { reply, end } = sender.send(call());
    await new Promise((resolve) => setTimeout(resolve, 50));
    end();
    expect(await reply).toEqual({ kind: 'unanswered', problem: 'it was broken off' });
  });

  it('says in words why nobody was reached, and nothing of what is in the address', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const heard = closed.address();
    const port = typeof heard === 'object' ? heard?.port : 0;
    closed.close();
    expect(await send({ url: `http://127.0.0.1:${port}/?token=hidden` })).toEqual({
      kind: 'unanswered',
      problem: 'nobody listens at its address',
    });
    expect(await send({ url: 'http://nowhere.invalid/?token=hidden' })).toMatchObject({
      problem: expect.stringMatching(/^its name cannot be/),
    });
    expect(await send({ url: address.replace('http:', 'https:') })).toMatchObject({
      kind: 'unanswered',
      problem: expect.not.stringContaining('hidden'),
    });
  });
});

describe('the reach of a webhook', () => {
  const special = [
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://[ff02::1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://100.64.0.1/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
  ];
  const here = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.255.255.254/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://①②⑦.0.0.1/',
    'http://[::ffff:127.0.0.1]/',
  ];
  const neighbours = ['http://10.0.0.1/', 'http://172.16.0.1/', 'http://192.168.1.1/', 'http://[fd00::1]/'];

  it.each(special)('never holds %s', async (url) => {
    for (const reach of ['internet', 'computer', 'network'] as const) {
      expect(sender.problemWith(url, reach), reach).toBeDefined();
      expect(await send({ url, reach })).toMatchObject({ kind: 'unanswered' });
    }
  });

  it.each(here)('holds %s for those that may reach this computer only', (url) => {
    expect(sender.problemWith(url, 'internet')).toBe('is not an address on the internet');
    expect(sender.problemWith(url, 'computer')).toBeUndefined();
    expect(sender.problemWith(url, 'network')).toBeUndefined();
  });

  it.each(neighbours)('holds %s for those that may reach private networks only', (url) => {
    expect(sender.problemWith(url, 'internet')).toBeDefined();
    expect(sender.problemWith(url, 'computer')).toBeDefined();
    expect(sender.problemWith(url, 'network')).toBeUndefined();
  });

  it.each(['https://example.com/', 'http://93.184.216.34/', 'http://[2606:2800:220:1:248:1893:25c8:1946]/'])(
    'holds %s for everybody',
    (url) => expect(sender.problemWith(url, 'internet')).toBeUndefined(),
  );

  it('is looked at when the name is resolved, also for a name that meant something else before', async () => {
    const port = new URL(address).port;
    // localhost is a name like any other: it leads here.
    const url = `http://localhost:${port}/`;
    expect(await send({ url, reach: 'internet' })).toEqual({
      kind: 'unanswered',
      problem: 'its name leads to an address that it may not reach',
    });
    expect(got).toEqual([]);
    const looked: string[] = [];
    const rebinding = createWebhookSender({
      clock: systemClock,
      version: '1',
      deadlineMs: 500,
      guard: {
        ...webhookGuard,
        // The name leads to the internet at the first look and here at every later one.
        lookup: (reach: WebhookReach) => (hostname, options, callback) => {
          looked.push(hostname);
          if (looked.length > 1) return webhookGuard.lookup(reach)('localhost', options, callback);
          callback(new Error('unreachable for now'), '', 0);
        },
      },
    });
    const rebound = { ...call(), url: `http://rebinding.example:${port}/`, reach: 'internet' as const };
    await rebinding.send(rebound).reply;
    expect(await rebinding.send(rebound).reply).toMatchObject({ kind: 'unanswered' });
    expect([looked.length, got]).toEqual([2, []]);
    rebinding.close();
  });

  it('is not widened by a connection that another webhook opened', async () => {
    const port = new URL(address).port;
    expect(await send({ url: `http://localhost:${port}/`, reach: 'network' })).toMatchObject({ status: 204 });
    expect(await send({ url: `http://localhost:${port}/`, reach: 'internet' })).toMatchObject({ kind: 'unanswered' });
    expect(got).toHaveLength(1);
  });
});
