import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Login } from '../../electron/simulator/frames';
import { type RunningNetwork, startPracticeNetwork } from '../../electron/simulator/network/start';
import { PracticeControl } from '../fakes/practice-control';
import { PracticePage } from '../fakes/practice-page';
import { eventually } from '../fixtures/eventually';

const TOKEN = 'token-of-this-test';
const PHONE = '551140020022';
const ANNA = '4915112345678';
const CHAT = `${ANNA}@c.us`;

let folder: string;
let running: RunningNetwork | undefined;
let control: PracticeControl;
const open: PracticePage[] = [];

async function start(options: { readonly demo?: boolean } = {}): Promise<void> {
  const pageFile = join(folder, 'page.html');
  writeFileSync(pageFile, '<html><!-- settings --></html>');
  running = await startPracticeNetwork({ pageFile, token: TOKEN, stateFile: join(folder, 'state'), ...options });
  control = new PracticeControl({ port: running.port, token: TOKEN });
}

function port(): number {
  if (running === undefined) throw new Error('The network is not running');
  return running.port;
}

async function page(options: { readonly origin?: string; readonly page?: string } = {}): Promise<PracticePage> {
  const opened = await PracticePage.open(port(), options);
  open.push(opened);
  return opened;
}

async function link(): Promise<{ readonly page: PracticePage; readonly login: Login }> {
  const linked = await page();
  linked.hello();
  const { ref } = await linked.next('ref');
  const scanned = control.scan({ qr: `${ref},noise,identity,adv,1`, phone: PHONE, pushname: 'Sales' });
  const { login } = await linked.next('pair');
  linked.hello(login);
  await scanned;
  await linked.next('synced');
  return { page: linked, login };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-network-'));
  await start();
});

afterEach(async () => {
  for (const opened of open.splice(0)) await opened.close();
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('control refuses calls without its token, from web pages and under foreign names, with a sentence', async () => {
  const call = (headers: Record<string, string>) =>
    new Promise<{ readonly status: number; readonly error: string }>((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port: port(), path: '/control/status', headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, error: text }));
      });
      request.once('error', reject);
      request.end();
    });
  const authorization = `Bearer ${TOKEN}`;
  expect((await call({})).status).toBe(401);
  expect((await call({ authorization: 'Bearer wrong' })).error).toContain('Authorization');
  expect((await call({ authorization, origin: 'https://example.com' })).status).toBe(403);
  expect((await call({ authorization, host: 'evil.example:80' })).status).toBe(403);
  expect((await call({ authorization })).status).toBe(200);
});

test('wrong control calls are answered with 4xx and name the field', async () => {
  await control.createPhone({ number: '+55 (11) 4002-0022' });
  const refused = async (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  expect(await refused(control.createPhone({ number: 'abc' }))).toMatch(/^400.*"number"/);
  expect(await refused(control.createCustomer({ number: ANNA, name: '' }))).toMatch(/^400.*"name"/);
  expect(await refused(control.createCustomer({ number: PHONE, name: 'A' }))).toMatch(/^409/);
  expect(await refused(control.changeCustomer(ANNA, { autoRead: true }))).toMatch(/^404/);
  expect(await refused(control.scan({ qr: 'no such code', phone: PHONE }))).toMatch(/^404/);
  expect(await refused(control.fault({ name: 'acks-held', phone: PHONE, from: 9 }))).toMatch(/^400.*"from"/);
  expect(await refused(control.endFault('fault-99'))).toMatch(/^404/);
  expect(await refused(control.writeAs(ANNA, { phone: PHONE, body: 'x' }))).toMatch(/^404/);
});

test('a socket from any other origin than WhatsApp Web is refused', async () => {
  await expect(page({ origin: 'https://example.com' })).rejects.toThrow('403');
});

test('a code that was replaced counts as expired, one that never was as unknown', async () => {
  const unlinked = await page();
  unlinked.hello();
  const first = await unlinked.next('ref');
  await control.refreshCodes();
  const second = await unlinked.next('ref');
  expect(second.ref).not.toBe(first.ref);
  await expect(control.scan({ qr: first.ref, phone: PHONE })).rejects.toThrow('410');
  await control.refuseScan(second.ref);
  expect((await unlinked.next('ref')).ref).not.toBe(second.ref);
});

test('a code expires by itself after its lifetime', async () => {
  await control.setQrLifetime(100);
  const unlinked = await page();
  unlinked.hello();
  const first = await unlinked.next('ref');
  expect(first.lifetimeMs).toBe(100);
  expect((await unlinked.next('ref')).ref).not.toBe(first.ref);
});

test('a repeated id reaches the customer once', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna', deliverAfterMs: 0 });
  const { page: linked } = await link();
  const draft = { id: '3EB0AAAAAAAAAAAAAAAAAA', chatId: CHAT, type: 'chat', body: 'once' } as const;
  const first = await linked.request('send', draft);
  const second = await linked.request('send', draft);
  expect([first.ack, second.t]).toEqual([1, first.t]);
  const received = await eventually('the customer to have it', async () => {
    const list = await control.receivedBy(ANNA);
    return list.length > 0 && list;
  });
  expect(received).toMatchObject([{ id: draft.id, body: 'once', fromPhone: PHONE, copies: 1 }]);
  const kinds = (await control.ledger({ phone: PHONE })).map((entry) => entry.kind);
  expect(kinds.filter((kind) => kind === 'delivered')).toHaveLength(1);
  expect(kinds).toContain('duplicate-dropped');
});

test('ticks turn read when the customer opens the chat, not before', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna', autoRead: false, deliverAfterMs: 0 });
  const { page: linked } = await link();
  await linked.request('send', { id: 'A1', chatId: CHAT, type: 'chat', body: 'hello' });
  const acks = () => linked.events().flatMap((event) => (event.kind === 'ack' ? [event.ack] : []));
  await eventually('delivery', () => acks().includes(2));
  expect(await control.readAs(ANNA, { phone: PHONE })).toEqual({ read: 1 });
  await eventually('the read ack', () => acks().includes(3));
  expect(acks()).toEqual([2, 3]);
});

test('a page that comes back with its login hears what it missed; another document gets it as history', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna' });
  const { page: linked, login } = await link();
  await linked.close();
  const missed = await control.writeAs(ANNA, { phone: PHONE, body: 'missed' });
  const back = await page({ page: linked.page });
  back.hello(login, 0);
  expect((await back.next('welcome')).resumed).toBe(true);
  expect(back.events()).toMatchObject([{ kind: 'message', message: { id: missed.id } }]);
  const other = await page();
  other.hello(login);
  expect((await other.next('welcome')).resumed).toBe(false);
  expect((await other.next('sync')).messages).toMatchObject([{ id: missed.id, body: 'missed' }]);
  expect(other.events()).toEqual([]);
});

test('with the fault silent-resume, a page that comes back gets what it missed as history', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna' });
  const { page: linked, login } = await link();
  await linked.close();
  await control.writeAs(ANNA, { phone: PHONE, body: 'missed' });
  await control.fault({ name: 'silent-resume', phone: PHONE });
  const back = await page({ page: linked.page });
  back.hello(login, 0);
  expect((await back.next('sync')).messages).toHaveLength(1);
  expect(back.events()).toEqual([]);
});

test('logins, history and receipts outlast the process, even when its last line was cut off', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna', deliverAfterMs: 0, readAfterMs: 0 });
  const { page: linked, login } = await link();
  await linked.request('send', { id: 'A1', chatId: CHAT, type: 'chat', body: 'kept' });
  await eventually('the read receipt', async () => (await control.messagesOf(PHONE, CHAT))[0]?.ack === 3);
  const before = { messages: await control.messagesOf(PHONE, CHAT), ledger: await control.ledger() };
  await running?.stop();
  writeFileSync(join(folder, 'state'), `${readFileSync(join(folder, 'state'), 'utf8')}{"c":"message","pho`);
  await start();
  expect(await control.messagesOf(PHONE, CHAT)).toEqual(before.messages);
  expect(await control.ledger()).toEqual(before.ledger);
  const back = await page();
  back.hello(login);
  expect((await back.next('welcome')).me.pushname).toBe('Sales');
});

test('what was accepted and not yet delivered when the network died is delivered once it is back', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna', deliverAfterMs: 60_000 });
  const { page: linked } = await link();
  await linked.request('send', { id: 'A1', chatId: CHAT, type: 'chat', body: 'on its way' });
  await control.changeCustomer(ANNA, { deliverAfterMs: 0 });
  await running?.stop();
  await start();
  const received = await eventually('delivery after the restart', async () => {
    const list = await control.receivedBy(ANNA);
    return list.length > 0 && list;
  });
  expect(received).toMatchObject([{ id: 'A1', copies: 1 }]);
});

test('an unknown login and an unlinked one are told so', async () => {
  const stranger = await page();
  stranger.hello({ phone: PHONE, device: 'none', secret: 'none' });
  await stranger.next('unknown-login');
  const { page: linked, login } = await link();
  expect(await control.kick(PHONE)).toEqual({ devices: 1 });
  await linked.next('kicked');
  const late = await page();
  late.hello(login);
  await late.next('unknown-login');
});

test('two accounts of the network can write to each other, with acks', async () => {
  const { page: sales } = await link();
  const other = '442079460018';
  await control.createPhone({ number: other, pushname: 'Support' });
  await sales.request('send', { id: 'A1', chatId: `${other}@c.us`, type: 'chat', body: 'to a colleague' });
  const theirs = await eventually('the other phone to have it', async () => {
    const list = await control.messagesOf(other, `${PHONE}@c.us`).catch(() => []);
    return list.length > 0 && list;
  });
  expect(theirs).toMatchObject([{ id: 'A1', fromMe: false, body: 'to a colleague' }]);
});

test('everybody in a group gets what is written there, with its author', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna', deliverAfterMs: 0 });
  await control.createCustomer({ number: '14155550106', name: 'Emily', deliverAfterMs: 0 });
  const { page: linked } = await link();
  const group = await control.createGroup({ phone: PHONE, subject: 'Partners', participants: [ANNA, '14155550106'] });
  await control.writeAs(ANNA, { phone: PHONE, group: group.id, body: 'hi all' });
  expect(linked.events()).toMatchObject([
    { kind: 'message', message: { type: 'gp2', subtype: 'create', chatId: group.id } },
    { kind: 'message', message: { author: CHAT, chatId: group.id, body: 'hi all' }, group: { subject: 'Partners' } },
  ]);
  await linked.request('send', { id: 'A1', chatId: group.id, type: 'chat', body: 'welcome' });
  await eventually('both to have it', async () => {
    const [anna, emily] = await Promise.all([control.receivedBy(ANNA), control.receivedBy('14155550106')]);
    return anna.length === 1 && emily.length === 1;
  });
});

test('older messages come page by page without a gap', async () => {
  await control.createCustomer({ number: ANNA, name: 'Anna' });
  await control.createPhone({ number: PHONE });
  await control.addHistory(PHONE, { chat: ANNA, count: 130 });
  const { page: linked } = await link();
  const seen: string[] = [];
  for (let beforeId: string | undefined; ; beforeId = seen[0]) {
    const { messages } = await linked.request('history', {
      chatId: CHAT,
      limit: 50,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    if (messages.length === 0) break;
    seen.unshift(...messages.map((message) => message.id));
  }
  expect(new Set(seen).size).toBe(130);
});

test('a number linked in demo mode hears from customers within seconds, one sends a photo, and with habits off nobody writes', async () => {
  await running?.stop();
  rmSync(join(folder, 'state'));
  await start({ demo: true });
  const linked = await page();
  linked.hello();
  const { ref } = await linked.next('ref');
  const scanned = control.scan({ qr: ref, phone: '4930123456', pushname: 'New' });
  linked.hello((await linked.next('pair')).login);
  await scanned;
  await eventually('somebody to write', () => linked.events().some((event) => event.kind === 'message'), 6000);
  const photo = await eventually(
    'a photo',
    () =>
      linked
        .events()
        .map((event) => (event.kind === 'message' ? event.message : undefined))
        .find((message) => message?.type === 'image'),
    8000,
  );
  expect(photo.details).toMatchObject({ mimetype: 'image/png', caption: expect.any(String) });
  await control.setHabits(false);
  const heard = linked.events().length;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(linked.events()).toHaveLength(heard);
});

test('with the fault module-missing, pages loaded meanwhile are told to do without it; a phone or a wild name is refused', async () => {
  const settings = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port()}/page/2.3000.1.html`)).text();
    const [, json = ''] = /window\.__practice = (\{.*?\});/.exec(text) ?? [];
    return JSON.parse(json) as { readonly missing?: readonly string[] };
  };
  const refused = (call: Promise<unknown>) => call.then(() => 'accepted', String);
  const fault = await control.fault({ name: 'module-missing', module: 'WAWebSendMsgChatAction' });
  await control.fault({ name: 'module-missing', module: 'WALinkify' });
  expect((await settings()).missing).toEqual(['WAWebSendMsgChatAction', 'WALinkify']);
  await control.endFault(fault.id);
  expect((await settings()).missing).toEqual(['WALinkify']);
  await control.endAllFaults();
  expect((await settings()).missing).toBeUndefined();
  expect(await refused(control.fault({ name: 'module-missing' }))).toMatch(/400.*"module"/);
  expect(await refused(control.fault({ name: 'module-missing', module: '</script>' }))).toMatch(/400.*"module"/);
  const ofOne = control.fault({ name: 'module-missing', module: 'WALinkify', phone: PHONE });
  expect(await refused(ofOne)).toMatch(/400.*"phone"/);
});
