import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { accountId, ana, anObservedChat } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const api = '/api/v1';

beforeAll(async () => {
  desk = await openRestDesk();
  await desk.app.store.upsertChats(support, [anObservedChat()]);
});
afterAll(() => desk.close());

/** With headers that fetch does not let a program choose. */
const rawAsk = (headers: Readonly<Record<string, string>>, path = `${api}/sessions`): Promise<number> =>
  new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1',
      port: desk.port,
      path,
      headers: { 'X-API-Key': desk.secret, ...headers },
    });
    call.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });

describe('keys', () => {
  it('without a key or with a wrong one nothing is answered, and the key is not in the answer', async () => {
    const missing = await desk.ask('GET', `${api}/sessions`, undefined, { 'X-API-Key': '' });
    expect([missing.status, missing.body.error.code]).toEqual([401, 'API_KEY_MISSING']);
    const wrong = await desk.ask('GET', `${api}/sessions`, undefined, { 'X-API-Key': 'sb_wrong' });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'API_KEY_INVALID']);
    expect(wrong.text).not.toContain('sb_wrong');
    const bearer = await desk.ask('GET', `${api}/sessions`, undefined, {
      'X-API-Key': '',
      Authorization: `Bearer ${desk.secret}`,
    });
    expect(bearer.status).toBe(200);
  });

  it('a key for one session may not touch another, and is told its name', async () => {
    const { apiKey, secret } = await desk.app.apiKeys.create({
      name: 'Sales only',
      scopes: ['read', 'send'],
      accountIds: [accountId('sales')],
    });
    const own = await desk.ask('GET', `${api}/sessions/sales/status`, undefined, { 'X-API-Key': secret });
    expect([own.status, own.body.data.sessionId]).toEqual([200, 'Sales']);
    const foreign = await desk.ask('GET', `${api}/sessions/support/status`, undefined, { 'X-API-Key': secret });
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(foreign.body.error.message).toContain('Support');
    const control = await desk.ask('POST', `${api}/sessions/sales/stop`, {}, { 'X-API-Key': secret });
    expect(control.status).toBe(403);
    await desk.app.apiKeys.revoke(apiKey.id);
    expect((await desk.ask('GET', `${api}/sessions/sales/status`, undefined, { 'X-API-Key': secret })).status).toBe(
      401,
    );
  });

  it('a key cannot make a stronger one, and secrets are shown once', async () => {
    const weak = await desk.app.apiKeys.create({ name: 'Weak', scopes: ['read', 'admin'] });
    const stronger = await desk.ask(
      'POST',
      `${api}/api-keys`,
      { name: 'x', scopes: ['send'] },
      { 'X-API-Key': weak.secret },
    );
    expect([stronger.status, stronger.body.error.code]).toEqual([403, 'FORBIDDEN']);
    const made = await desk.ask('POST', `${api}/api-keys`, { name: 'Router', scopes: ['read'] });
    expect(made.status).toBe(201);
    const { secret, apiKey } = made.body.data;
    expect((await desk.ask('GET', `${api}/sessions`, undefined, { 'X-API-Key': secret })).status).toBe(200);
    const listed = await desk.ask('GET', `${api}/api-keys`);
    expect(listed.text).not.toContain(secret);
    expect((await desk.ask('DELETE', `${api}/api-keys/${apiKey.id}`)).status).toBe(200);
    expect((await desk.ask('GET', `${api}/sessions`, undefined, { 'X-API-Key': secret })).status).toBe(401);
  });

  it('who guesses is told to wait, and a right key still passes', async () => {
    const answers = [];
    for (let guess = 0; guess < 15; guess += 1) {
      answers.push((await desk.ask('GET', `${api}/sessions`, undefined, { 'X-API-Key': `sb_guess${guess}` })).status);
    }
    expect(answers.at(-1)).toBe(429);
    expect((await desk.ask('GET', `${api}/sessions`)).status).toBe(200);
  });
});

describe('what only a web page would send', () => {
  it.each([
    ['a foreign host, as DNS rebinding has it', { Host: 'evil.example' }],
    ['a foreign host that begins like ours', { Host: '127.0.0.1.evil.example' }],
    ['a foreign origin', { Origin: 'https://evil.example' }],
    ['no origin worth the name', { Origin: 'null' }],
    ['a request that the browser says comes from elsewhere', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s is refused, key or not', async (_what, headers) => {
    expect(await rawAsk(headers)).toBe(403);
    expect(await rawAsk(headers, '/health')).toBe(403);
  });

  it('answers under an address in numbers, which nobody can make to point here', async () => {
    expect(await rawAsk({ Host: '192.168.1.5:8080' })).toBe(200);
    expect(await rawAsk({ Host: '[fd00::5]:8080' })).toBe(200);
  });

  it.each(['/api/v1/sessions/%ZZ/stop', '/%', `${api}/sessions/${'x'.repeat(600)}/status`])(
    'refuses it also at an address that cannot be read, and says what is wrong only to others: %.40s',
    async (path) => {
      expect(await rawAsk({ Host: 'evil.example' }, path)).toBe(403);
      const { status, body, headers } = await desk.ask('GET', path);
      expect([status, body.success]).toEqual([path.length > 600 ? 414 : 400, false]);
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    },
  );

  it('lets no other page hold the stream of events', async () => {
    const end = new AbortController();
    const call = { headers: { 'X-API-Key': desk.secret }, signal: end.signal };
    const { headers } = await fetch(`${desk.address}/events`, call);
    end.abort();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('allows no other origin to read: there is no CORS header, and a preflight leads nowhere', async () => {
    const preflight = await desk.ask('OPTIONS', `${api}/sessions`, undefined, {
      'Access-Control-Request-Method': 'POST',
    });
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('bad bodies', () => {
  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    desk.ask('POST', `${api}/sessions/support/send-text`, body, headers);

  it('are refused by what is wrong with them', async () => {
    expect((await send('{"chatId"')).status).toBe(400);
    expect((await send('[1]')).status).toBe(400);
    expect((await send('{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await send('{}', { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await send('['.repeat(100_000))).status).toBe(400);
    expect((await send(`{"content":"${'x'.repeat(2 * 1024 * 1024)}"}`)).status).toBe(413);
    expect((await send('{"__proto__":{"a":1}}')).status).toBe(400);
    const missing = await send({ chatId: ana });
    expect([missing.status, missing.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(missing.body.error.message).toMatch(/^Session support: content is missing/);
    const chat = await send({ chatId: '../../etc', content: 'x' });
    expect([chat.status, chat.body.error.code]).toEqual([400, 'INVALID_CHAT_ID']);
    const unknown = await send({ chatId: ana, content: 'x', surprise: 1 });
    expect(unknown.body.error.message).toContain('surprise');
  });

  it('name the session where there is none', async () => {
    const none = await desk.ask('GET', `${api}/sessions/nobody/status`);
    expect([none.status, none.body.error.code]).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(none.body.error.message).toContain('nobody');
    for (const odd of ['..%2f..%2fetc', '%00', 'con', 'x'.repeat(300)]) {
      const { status } = await desk.ask('GET', `${api}/sessions/${odd}/status`);
      expect(status, odd).toBeGreaterThanOrEqual(400);
      expect(status, odd).toBeLessThan(500);
    }
  });
});

describe('the dialect', () => {
  it('creates, shows and deletes sessions; ids keep their case and have no twins', async () => {
    const created = await desk.ask('POST', `${api}/sessions`, { sessionId: 'Shop_1', waitForQR: false });
    expect([created.status, created.body.success, created.body.data.sessionId]).toEqual([201, true, 'Shop_1']);
    const twin = await desk.ask('POST', `${api}/sessions`, { sessionId: 'shop_1', waitForQR: false });
    expect([twin.status, twin.body.error.code]).toEqual([409, 'SESSION_ALREADY_EXISTS']);
    const listed = await desk.ask('GET', `${api}/sessions`);
    expect(listed.text).toContain('"sessionId":"Shop_1"');
    const shown = await desk.ask('GET', `${api}/sessions/SHOP_1`);
    expect(shown.body.data).toMatchObject({ sessionId: 'Shop_1', config: { multiDevice: true } });
    expect((await desk.ask('GET', `${api}/sessions/Shop_1/qr`)).status).toBe(404);
    expect((await desk.ask('DELETE', `${api}/sessions/Shop_1`)).body).toEqual({
      success: true,
      message: 'Session deleted',
    });
    expect((await desk.ask('GET', `${api}/sessions/Shop_1`)).status).toBe(404);
  });

  it('refuses a config that makes no sense by its key, and leaves nothing behind', async () => {
    for (const config of [
      { multiDevice: false },
      { surprise: 1 },
      { chromiumArgs: ['--no-sandbox'] },
      { proxyServerCredentials: 'nonsense:x' },
    ]) {
      const { status } = await desk.ask('POST', `${api}/sessions`, { sessionId: 'odd', waitForQR: false, config });
      expect(status, JSON.stringify(config)).toBe(400);
    }
    expect((await desk.ask('GET', `${api}/sessions/odd`)).status).toBe(404);
  });

  it('takes chat ids as programs write them, and answers 202 with the outbox id while the account is away', async () => {
    const sending = desk.ask('POST', `${api}/sessions/support/send-text`, {
      chatId: '+55 11 00000001',
      content: 'Olá',
    });
    const waiting = await eventually('the row', async () => {
      const { body } = await desk.ask('GET', `${api}/sessions/support/sends`);
      return body.data.sends[0];
    });
    expect(waiting).toMatchObject({ chatId: ana, lane: 'api', state: 'queued' });
    // The person at the window takes it back: whoever waits for it hears so at once.
    const cancelled = await desk.ask(
      'POST',
      `${api}/sessions/support/chats/${ana}/sends/${waiting.messageId}/cancel`,
      {},
    );
    expect(cancelled.body.data.send.state).toBe('cancelled');
    const { status, body } = await sending;
    expect([status, body.error.code]).toEqual([502, 'SEND_FAILED']);
  });

  it('takes ids of people as programs write them and flags as text, and names the field that makes no sense', async () => {
    const { app } = desk;
    const asked: { readonly operation: string; readonly input: unknown }[] = [];
    app.sessions.ready(accountId('sales'));
    app.sessions.answers.look = (_account, { operation, input }) => {
      asked.push({ operation, input });
      return { result: { picture: { mimetype: 'image/gif', size: 3, data: 'AAAA' } } };
    };
    const picture = (id: string, query = '') =>
      desk.ask('GET', `${api}/sessions/sales/contacts/${encodeURIComponent(id)}/picture${query}`);
    expect(await picture('+55 11 9777-0001', '?refresh=true')).toMatchObject({
      status: 200,
      body: { success: true, data: { picture: { mimetype: 'image/gif' } } },
    });
    await picture('551197770001@s.whatsapp.net', '?refresh=false');
    expect(asked).toEqual([
      { operation: 'contacts.getPicture', input: { contactId: '551197770001@c.us', refresh: true } },
      { operation: 'contacts.getPicture', input: { contactId: '551197770001@c.us', refresh: false } },
    ]);
    expect(await picture('nobody')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_CHAT_ID', message: expect.stringContaining('contactId') } },
    });
    expect((await picture('551197770001', '?refresh=perhaps')).body.error.code).toBe('VALIDATION_ERROR');
    expect(asked).toHaveLength(2);
    delete app.sessions.answers.look;
  });

  it('replays the first answer for the same Idempotency-Key, and refuses another body under it', async () => {
    const create = (sessionId: string) =>
      desk.ask('POST', `${api}/sessions`, { sessionId, waitForQR: false }, { 'Idempotency-Key': 'make one' });
    const first = await create('once');
    const second = await create('once');
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    const other = await create('twice');
    expect([other.status, other.body.error.code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    await desk.ask('DELETE', `${api}/sessions/once`);
  });
});

describe('events', () => {
  const read = async (headers: Readonly<Record<string, string>>, until: (text: string) => boolean, query = '') => {
    const end = new AbortController();
    const response = await fetch(`${desk.address}${api}/events${query}`, {
      headers: { 'X-API-Key': desk.secret, ...headers },
      signal: end.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const part of response.body ?? []) {
        text += decoder.decode(part, { stream: true });
        if (until(text)) break;
      }
    } finally {
      end.abort();
    }
    return text;
  };

  it('are streamed by topic, and what was missed comes after Last-Event-ID', async () => {
    const before = desk.app.events.sequence;
    const streaming = read({}, (text) => text.includes('event: settings.updated'), '?topics=settings');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await desk.ask('PATCH', `${api}/accounts/sales`, { color: 3 });
    await desk.ask('PATCH', `${api}/settings`, { theme: 'dark' });
    const text = await streaming;
    expect(text).not.toContain('account.updated');
    const missed = await read({ 'Last-Event-ID': `${desk.app.events.epoch}:${before}` }, (seen) =>
      seen.includes('settings.updated'),
    );
    expect(missed).toMatch(/event: account\.updated[\s\S]*event: settings\.updated/);
    const gap = await read({ 'Last-Event-ID': 'another run:5' }, (seen) => seen.includes('event: gap'));
    expect(gap).toContain('event: gap');
  });

  it('begin with where the stream is, so that a reader who is cut before the first event misses none', async () => {
    const greeting = await read({}, (text) => /^id: \S+\n\n/m.test(text), '?topics=settings');
    expect(greeting).not.toContain('event:');
    const [, position = ''] = /^id: (\S+)$/m.exec(greeting) ?? [];
    await desk.ask('PATCH', `${api}/settings`, { theme: 'light' });
    const missed = await read({ 'Last-Event-ID': position }, (text) => text.includes('event: settings.updated'));
    expect(missed).not.toContain('event: gap');
    const gap = await read({ 'Last-Event-ID': 'another run:5' }, (text) => /gap[\s\S]*id: \S+\n\n$/.test(text));
    expect(gap.match(/^id: .*$/gm)).toHaveLength(2);
  });

  it('end with the key that opened them', async () => {
    const { apiKey, secret } = await desk.app.apiKeys.create({ name: 'Short', scopes: ['read'] });
    const streaming = read({ 'X-API-Key': secret }, () => false);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await desk.app.apiKeys.revoke(apiKey.id);
    await streaming;
  }, 10_000);

  it('come over a WebSocket of one session in the dialect’s frames, and need a key', async () => {
    const url = `ws://127.0.0.1:${desk.port}/ws/support`;
    const refused = await new Promise<string>((resolve) => {
      const socket = new WebSocket(url);
      socket.on('error', (error) => resolve(error.message));
      socket.on('open', () => resolve('open'));
    });
    expect(refused).toContain('401');
    const socket = new WebSocket(url, { headers: { 'X-API-Key': desk.secret } });
    const frames: { event: string; sessionId: string }[] = [];
    socket.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString())));
    await new Promise((resolve) => socket.once('open', resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    desk.app.sessions.ready(support);
    await eventually('the frame', () =>
      frames.some(({ event, sessionId }) => event === 'ready' && sessionId === 'Support'),
    );
    socket.close();
  });
});

it('says how it is without a key, and nothing else', async () => {
  const health = await desk.ask('GET', '/health', undefined, { 'X-API-Key': '' });
  expect([health.status, health.body.status]).toEqual([200, 'ok']);
  expect(Object.keys(health.body).sort()).toEqual(['checks', 'status', 'timestamp']);
  const info = await desk.ask('GET', '/info');
  expect(info.body.data).toMatchObject({ version: '1.2.3', maxSessions: 10 });
  const docs = await desk.ask('GET', '/api-docs/', undefined, { 'X-API-Key': '' });
  expect(docs.status).toBe(200);
  expect(docs.text).not.toMatch(/https?:\/\/(?!127)/);
});
