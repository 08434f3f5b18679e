import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyInput } from '../../electron/contract/entities/account-settings';
import { OperationError } from '../../electron/contract/errors';
import { accountId, ana, anInbound, anObservedChat, chatId } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const api = '/api/v1';
const session = `${api}/sessions/Support`;

beforeAll(async () => {
  desk = await openRestDesk();
  await desk.app.store.upsertChats(support, [anObservedChat()]);
  await desk.app.store.saveMessages(
    support,
    Array.from({ length: 5 }, (_, index) => anInbound(`M${index}`, { timestampMs: 1_000 * (index + 1) })),
  );
});
afterAll(() => desk.close());

const linking = (id: string): void => {
  const account = accountId(id);
  const expiresAtMs = desk.app.clock.nowMs() + 60_000;
  desk.app.sessions.showCode({ accountId: account, qr: '2@abc', attempt: 1, maxAttempts: 6, expiresAtMs });
  desk.app.sessions.becomes(account, {
    state: 'linking',
    sinceMs: 2_000,
    method: 'qr',
    attempt: 1,
    maxAttempts: 6,
    expiresAtMs,
  });
};

describe('a session', () => {
  it('tells no more and no less than the dialect says, in its list, in detail and as a status', async () => {
    const listed = await desk.ask('GET', `${api}/sessions`);
    const fields = ['createdAt', 'lastActivity', 'sessionId', 'status'];
    for (const entry of listed.body.data as unknown as readonly object[]) {
      expect(Object.keys(entry).sort()).toEqual(fields);
    }
    const shown = await desk.ask('GET', session);
    expect(Object.keys(shown.body.data).sort()).toEqual(['config', ...fields, 'hasQRCode', 'qrCodeUrl'].sort());
    const status = await desk.ask('GET', `${session}/status`);
    expect(Object.keys(status.body.data).sort()).toEqual(
      ['hasQRCode', 'lastActivity', 'qrCodeUrl', 'sessionId', 'status'].sort(),
    );
  });

  it('shows its code as data, by address and as two pictures, waits for it when asked, and 404 when there is none', async () => {
    expect((await desk.ask('GET', `${api}/sessions/sales/qr`)).body.error.code).toBe('QR_NOT_AVAILABLE');
    desk.app.sessions.becomes(accountId('sales'), { state: 'starting', sinceMs: 1_000, attempt: 0 });
    const waiting = desk.ask('GET', `${api}/sessions/sales/qr?wait=true&format=base64`);
    setTimeout(() => linking('sales'), 200);
    const { body } = await waiting;
    expect(body.data.qrCode).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(body.data.expiresAt).toBe(new Date(desk.app.clock.nowMs() + 60_000).toISOString());
    const byAddress = await desk.ask('GET', `${api}/sessions/sales/qr?format=url`);
    expect(byAddress.body.data.qrCode).toBe('/api/v1/sessions/Sales/qr/image');
    const raw = await desk.ask('GET', `${api}/sessions/sales/qr?format=raw`);
    expect(raw.body.data.qrCode).toBe('2@abc');
    for (const picture of ['qr/image', 'qr.png', 'qr?format=image']) {
      const { status, headers } = await desk.ask('GET', `${api}/sessions/sales/${picture}`);
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'image/png',
        'no-store',
      ]);
    }
    const listed = await desk.ask('GET', `${api}/sessions`);
    expect(listed.text).toContain('qr_ready');
    expect(listed.text).not.toContain('2@abc');
    const status = await desk.ask('GET', `${api}/sessions/sales/status`);
    expect(status.body.data).toMatchObject({
      status: 'qr_ready',
      hasQRCode: true,
      qrCodeUrl: '/api/v1/sessions/Sales/qr/image',
    });
  });

  it('shows its page as data or as a picture', async () => {
    const none = await desk.ask('GET', `${session}/screenshot?format=gif`);
    expect([none.status, none.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    const data = await desk.ask('GET', `${session}/screenshot`);
    expect(Object.keys(data.body.data).sort()).toEqual(['base64', 'mediaType']);
    const picture = await desk.ask('GET', `${session}/screenshot?format=image`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('gives a pairing code in two groups', async () => {
    const { body } = await desk.ask('POST', `${api}/sessions/sales/pairing-code`, { phoneNumber: '+55 11 4002-0022' });
    expect(body.data.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(Date.parse(body.data.expiresAt)).toBeGreaterThan(0);
  });

  it.each(['_under', '-dash', 'A'.repeat(64), 'b-_9'])(
    'may be called %s, and is shown as it was written',
    async (sessionId) => {
      const created = await desk.ask('POST', `${api}/sessions`, { sessionId, waitForQR: false });
      expect([created.status, created.body.data.sessionId]).toEqual([201, sessionId]);
      expect((await desk.ask('GET', `${api}/sessions/${sessionId}`)).body.data.sessionId).toBe(sessionId);
      expect((await desk.ask('DELETE', `${api}/sessions/${sessionId}`)).status).toBe(200);
    },
  );

  it('takes every key of the dialect’s config, tells it back, and never a password', async () => {
    const config = {
      multiDevice: true,
      headless: true,
      useChrome: false,
      chromiumArgs: ['--lang=de'],
      qrTimeout: 0,
      authTimeout: 90,
      restartOnCrash: false,
      killProcessOnBrowserClose: true,
      proxyServerCredentials: { protocol: 'socks5', address: 'proxy.example:1080', username: 'me', password: 'hidden' },
      metadata: { tenant: '4711', 'owner.mail': 'ana@example.com' },
    };
    const created = await desk.ask('POST', `${api}/sessions`, { sessionId: 'Keyed', waitForQR: false, config });
    expect(created.status).toBe(201);
    const shown = await desk.ask('GET', `${api}/sessions/keyed`);
    expect(shown.text).not.toContain('hidden');
    expect(shown.body.data.config).toEqual({
      multiDevice: true,
      headless: true,
      useChrome: false,
      chromiumArgs: ['--lang=de'],
      qrTimeout: 3_600,
      authTimeout: 90,
      restartOnCrash: false,
      metadata: { tenant: '4711', 'owner.mail': 'ana@example.com' },
      proxyServerCredentials: {
        protocol: 'socks5',
        address: 'proxy.example:1080',
        username: 'me',
        password: '********',
      },
    });
    await desk.ask('DELETE', `${api}/sessions/keyed`);
    await desk.ask('POST', `${api}/sessions`, { sessionId: 'Plain', waitForQR: false });
    expect((await desk.ask('GET', `${api}/sessions/Plain`)).body.data.config).toMatchObject({
      qrTimeout: 120,
      authTimeout: 60,
      restartOnCrash: true,
    });
    await desk.ask('DELETE', `${api}/sessions/Plain`);
  });

  it('with headless: false shows its window as soon as there is one', async () => {
    const creating = desk.ask('POST', `${api}/sessions`, {
      sessionId: 'Seen',
      waitForQR: false,
      config: { headless: false },
    });
    setTimeout(() => linking('seen'), 300);
    expect((await creating).body.message).toBe('Session created');
    expect((await desk.ask('GET', `${api}/sessions/seen`)).body.data.config).toMatchObject({ headless: false });
    await desk.ask('DELETE', `${api}/sessions/seen`);
  });
});

describe('history', () => {
  it('comes in pages from the newest back, by `before`', async () => {
    const page = async (query: string) =>
      (await desk.ask('GET', `${session}/chats/551100000001/messages?${query}`)).body.data;
    const newest = await page('limit=2&before=');
    expect(newest.messages.map(({ id }) => id)).toEqual(['M3', 'M4']);
    const older = await page(`limit=2&before=${newest.olderCursor}`);
    expect(older.messages.map(({ id }) => id)).toEqual(['M1', 'M2']);
    const oldest = await page(`limit=2&cursor=${older.olderCursor}`);
    expect([oldest.messages.map(({ id }) => id), oldest.olderCursor]).toEqual([['M0'], undefined]);
    const wrong = await desk.ask('GET', `${session}/chats/${ana}/messages?before=nonsense`);
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(wrong.body.error.message).toContain('Support');
  });

  it('comes with its files when asked, and says of a file that cannot be had why', async () => {
    const team = '120363000000000001@g.us';
    await desk.app.store.saveMessages(
      support,
      ['F1', 'F2', 'F3'].map((id, index) =>
        anInbound(id, { chatId: chatId(team), type: index === 0 ? 'text' : 'image', timestampMs: 1_000 * (index + 1) }),
      ),
    );
    desk.app.sessions.ready(support);
    desk.app.sessions.answers.look = (_account, { input }) => {
      if (input['messageId'] === 'F2')
        throw new OperationError('MEDIA_NOT_FOUND', `The file of account ${support} is gone.`);
      return { result: { mimetype: 'image/png', size: 3, data: 'AAAA' } };
    };
    const page = async (query: string) => (await desk.ask('GET', `${session}/chats/${team}/messages?${query}`)).body;
    expect((await page('downloadMedia=true&limit=3')).data.messages).toMatchObject([
      { id: 'F1' },
      {
        id: 'F2',
        media: { state: 'missing', code: 'MEDIA_NOT_FOUND', problem: 'The file of account “Support” is gone.' },
      },
      { id: 'F3', media: { state: 'fetched', mimetype: 'image/png', size: 3, data: 'AAAA' } },
    ]);
    expect(JSON.stringify(await page('downloadMedia=false'))).not.toContain('media');
    expect((await page('downloadMedia=perhaps')).error.code).toBe('VALIDATION_ERROR');
    const own = await desk.ask('GET', `${session}/chats/${team}/messages-with-media?limit=1`);
    expect(own.body.data.messages).toMatchObject([{ id: 'F3', media: { state: 'fetched' } }]);
  });

  it('of the log comes by level, number and time', async () => {
    desk.app.sessions.happened(support, { atMs: 5_000, kind: 'state', words: 'One' });
    desk.app.sessions.happened(support, { atMs: 9_000, kind: 'state', words: 'Two' });
    await desk.app.settled();
    const lines = async (query: string) =>
      ((await desk.ask('GET', `${session}/logs?${query}`)).body.data as unknown as readonly { message: string }[]).map(
        ({ message }) => message,
      );
    expect(await lines('limit=1000')).toEqual(expect.arrayContaining(['One', 'Two']));
    expect(await lines('level=error')).toEqual([]);
    expect(await lines(`limit=1000&since=${new Date(9_000).toISOString()}`)).not.toContain('One');
    expect(await lines('limit=1000&since=9000')).toContain('Two');
    expect((await desk.ask('GET', `${session}/logs?since=yesterday`)).status).toBe(400);
  });
});

describe('proxies', () => {
  const asked: ProxyInput[] = [];
  beforeAll(() => {
    desk.app.outside.askThrough = async (proxy) => {
      asked.push(proxy);
      if (proxy.host === 'dead.example') throw new Error('it refuses the connection');
      return '203.0.113.7';
    };
  });

  it('are tested with or without a session, and the answer is the address that the world sees', async () => {
    const { body } = await desk.ask('POST', `${api}/proxy/test`, { proxy: 'http://me:pw@proxy.example:8080' });
    expect(body.data.ip).toBe('203.0.113.7');
    expect(asked.at(-1)).toEqual({
      protocol: 'http',
      host: 'proxy.example',
      port: 8_080,
      username: 'me',
      password: 'pw',
    });
    const nothing = await desk.ask('POST', `${api}/proxy/test`, {});
    expect([nothing.status, nothing.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    const dead = await desk.ask('POST', `${api}/proxy/test`, { proxy: 'http://dead.example:1' });
    expect([dead.status, dead.body.error.code]).toEqual([503, 'PROXY_FAILED']);
  });

  it('that do not work are not set; null takes one away', async () => {
    const none = await desk.ask('GET', `${session}/ip`);
    expect([none.status, none.body.error.code]).toEqual([409, 'NO_PROXY']);
    const dead = await desk.ask('POST', `${session}/proxy`, {
      proxy: { protocol: 'socks5', address: 'dead.example:1' },
    });
    expect([dead.status, dead.body.error.code]).toEqual([503, 'PROXY_FAILED']);
    expect((await desk.ask('GET', `${session}/ip`)).status).toBe(409);
    const set = await desk.ask('POST', `${session}/proxy`, { proxy: 'socks5://me:pw@proxy.example:1080' });
    expect([set.status, set.body.data.ip]).toEqual([200, '203.0.113.7']);
    expect(set.text).not.toContain('pw');
    expect((await desk.ask('GET', `${session}/ip`)).body.data.ip).toBe('203.0.113.7');
    expect(asked.at(-1)).toMatchObject({ host: 'proxy.example', password: 'pw' });
    await desk.ask('POST', `${session}/proxy`, { proxy: null });
    expect((await desk.ask('GET', `${session}/ip`)).status).toBe(409);
  });
});

describe('keys that are bound to sessions', () => {
  const bound = async (...ids: string[]) =>
    desk.app.apiKeys.create({ name: ids.join(), scopes: ['read', 'send'], accountIds: ids.map(accountId) });

  it('list their own sessions and no others', async () => {
    const { secret } = await bound('sales');
    const headers = { 'X-API-Key': secret };
    const listed = await desk.ask('GET', `${api}/sessions`, undefined, headers);
    expect(listed.status).toBe(200);
    expect(listed.text).toContain('"Sales"');
    expect(listed.text).not.toContain('Support');
    desk.app.sessions.ready(support);
    const all = await desk.ask('GET', '/info');
    const own = await desk.ask('GET', '/info', undefined, headers);
    expect(own.status).toBe(200);
    expect(own.body.data.activeSessions).toBeLessThan(all.body.data.activeSessions);
    const chats = await desk.ask('GET', `${api}/chats`, undefined, headers);
    expect([chats.status, chats.text]).toEqual([200, '{"success":true,"data":{"chats":[]}}']);
    expect((await desk.ask('GET', `${api}/chats?accountId=support`, undefined, headers)).status).toBe(403);
    const snapshot = await desk.ask('GET', `${api}/snapshot`, undefined, headers);
    expect([snapshot.status, Object.keys(snapshot.body.data).toSorted()]).toEqual([
      200,
      ['accounts', 'epoch', 'sequence', 'sessions', 'unread'],
    ]);
    expect(snapshot.text).toContain('"sales"');
    expect(snapshot.text).not.toMatch(/support/i);
    for (const path of ['/settings', '/usage', '/events/replay?after=0']) {
      expect((await desk.ask('GET', `${api}${path}`, undefined, headers)).status, path).toBe(403);
    }
  });

  it('do not work for a new session of the same id, and what they had open ends', async () => {
    await desk.ask('POST', `${api}/sessions`, { sessionId: 'again', waitForQR: false });
    const alone = await bound('again');
    const both = await bound('again', 'sales');
    const ask = (secret: string, id: string) =>
      desk.ask('GET', `${api}/sessions/${id}/status`, undefined, { 'X-API-Key': secret });
    expect([(await ask(alone.secret, 'again')).status, (await ask(both.secret, 'again')).status]).toEqual([200, 200]);
    const stream = await fetch(`${desk.address}${api}/events`, { headers: { 'X-API-Key': both.secret } });
    await desk.ask('DELETE', `${api}/sessions/again`);
    // It would go on to the end of the test otherwise.
    expect(await stream.text()).toContain('the events of Switchboard');
    await desk.ask('POST', `${api}/sessions`, { sessionId: 'again', waitForQR: false });
    expect([(await ask(alone.secret, 'again')).status, (await ask(both.secret, 'again')).status]).toEqual([401, 403]);
    expect((await ask(both.secret, 'sales')).status).toBe(200);
    // Also after a restart of the console.
    await desk.app.apiKeys.load();
    expect((await ask(both.secret, 'again')).status).toBe(403);
    expect(desk.app.apiKeys.list().find(({ id }) => id === both.apiKey.id)?.accountIds).toEqual(['sales']);
    await desk.ask('DELETE', `${api}/sessions/again`);
  });
});

describe('what stands at the root', () => {
  it.each(['/info', '/health', '/api-docs', '/api-docs/', '/api-docs/openapi.json'])(
    '%s answers under the base path too',
    async (path) => {
      const root = await desk.ask('GET', path);
      const based = await desk.ask('GET', `${api}${path}`);
      expect([root.status, based.status]).toEqual([200, 200]);
    },
  );

  it('shows the page of all calls by plain HTTP at any address, and lets it load nothing from elsewhere', async () => {
    for (const path of ['/api-docs/', `${api}/api-docs/`, '/api-docs/static/swagger-ui.css']) {
      const { headers } = await fetch(`${desk.address}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'self'");
      expect(policy, path).not.toMatch(/upgrade-insecure-requests|block-all-mixed-content|https?:|[a-z]\.[a-z]/);
      expect(headers.get('strict-transport-security')).toBeNull();
    }
    const settings = await (await fetch(`${desk.address}/api-docs/static/swagger-initializer.js`)).text();
    expect(settings).toContain('"validatorUrl":null');
  });

  it('is described beside the calls', async () => {
    const { text } = await desk.ask('GET', `${api}/api-docs/openapi.json`);
    const { paths } = JSON.parse(text) as { readonly paths: Readonly<Record<string, unknown>> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/info', '/health', '/events', '/sessions/{sessionId}/qr', '/proxy/test']),
    );
  });
});

describe('errors', () => {
  it.each([
    ['an unknown session', 'GET', '/sessions/Nobody/status', undefined, 'Nobody'],
    ['a missing field', 'POST', '/sessions/Support/send-text', { chatId: '551100000001' }, 'Support'],
    ['a chat id that is none', 'POST', '/sessions/Support/send-text', { chatId: '?', content: 'x' }, 'Support'],
    ['a body that is no JSON', 'POST', '/sessions/Support/send-text', '{', 'Support'],
    ['two files', 'POST', '/sessions/Support/send-image', { chatId: '551100000001' }, 'Support'],
    ['an unknown key of config', 'POST', '/sessions', { sessionId: 'Fresh', config: { x: 1 } }, 'Fresh'],
    ['an id of a device', 'POST', '/sessions', { sessionId: 'con' }, 'con'],
  ])('name the session: %s', async (_what, method, path, body, name) => {
    const answer = await desk.ask(method, `${api}${path}`, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.error.message).toContain(name);
  });

  it('without a session id are 400', async () => {
    const { status, body } = await desk.ask('POST', `${api}/sessions`, {});
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(body.error.message).toContain('session id is missing');
  });
});

it('limits calls by group and by session, in headers and with 429', async () => {
  const strict = await openRestDesk({ perMinute: { creation: 2, messaging: 2, other: 3 } });
  try {
    const create = () => strict.ask('POST', `${api}/sessions`, {});
    const first = await create();
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
    await create();
    const third = await create();
    expect([third.status, third.body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    const send = (id: string) => strict.ask('POST', `${api}/sessions/${id}/send-text`, {});
    await send('support');
    await send('SUPPORT');
    expect((await send('support')).status).toBe(429);
    expect((await send('sales')).status).toBe(400);
  } finally {
    await strict.close();
  }
});
