import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningNetwork, startPracticeNetwork } from '../../electron/simulator/network/start';
import { PracticeControl } from '../fakes/practice-control';
import { eventually } from '../fixtures/eventually';
import { builtPracticePage, LibraryClient } from '../fixtures/library-client';

const TOKEN = 'token-of-this-test';
const PHONE = '551140020022';
const ANNA = '4915112345678';
const CHAT = `${ANNA}@c.us`;

let folder: string;
let network: RunningNetwork;
let control: PracticeControl;
let clients: LibraryClient[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-library-'));
  network = await startPracticeNetwork({ pageFile: builtPracticePage, token: TOKEN });
  control = new PracticeControl({ port: network.port, token: TOKEN });
  await control.createCustomer({ number: ANNA, name: 'Anna Weber' });
  clients = [];
});

afterEach(async () => {
  try {
    await Promise.all(clients.map((client) => client.stop()));
  } finally {
    await network.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});

function newClient(): LibraryClient {
  const client = new LibraryClient({ port: network.port, profiles: folder });
  clients.push(client);
  return client;
}

async function linkedClient(): Promise<LibraryClient> {
  const client = newClient();
  await client.start();
  await control.scan({ qr: await client.qr(), phone: PHONE, pushname: 'Sales' });
  await client.until('ready');
  return client;
}

const acksOf = (client: LibraryClient, id: string) =>
  client.all('message_ack').flatMap(([messageId, ack]) => (messageId === id ? [ack] : []));

test('a scanned QR code makes the account ready, under the number that scanned it', async () => {
  const client = newClient();
  await client.start();
  const qr = await client.qr();
  expect(qr.split(',')).toHaveLength(5);
  await control.scan({ qr, phone: PHONE, pushname: 'Sales' });
  await client.until('ready');
  expect(client.names()).toEqual(['qr', 'loading_screen', 'authenticated', 'ready']);
  expect(client.client.info.wid._serialized).toBe(`${PHONE}@c.us`);
  expect(client.client.info.pushname).toBe('Sales');
  expect(await client.client.getState()).toBe('CONNECTED');
});

test('a QR code is renewed by itself, and a refused scan gives a new one as well', async () => {
  await control.setQrLifetime(400);
  const client = newClient();
  await client.start();
  const first = await client.qr();
  await client.until('qr', ([text]) => text !== first);
  await control.setQrLifetime(60_000);
  await control.refreshCodes();
  const shown = (await control.pages())[0]?.qr ?? '';
  await client.until('qr', ([text]) => text === shown);
  await control.refuseScan(shown);
  const renewed = (await control.pages())[0]?.qr ?? '';
  await client.until('qr', ([text]) => text === renewed);
  expect(new Set(client.all('qr').map(([text]) => text)).size).toBe(client.all('qr').length);
});

test('a customer’s message arrives exactly once, and the chat and the contact carry the name', async () => {
  const client = await linkedClient();
  await control.writeAs(ANNA, { phone: PHONE, body: 'Olá 👋 नमस्ते مرحبا' });
  await client.until('message');
  await control.writeAs(ANNA, { phone: PHONE, body: 'second' });
  await client.until('message', ([body]) => body === 'second');
  expect(client.all('message')).toEqual([
    ['Olá 👋 नमस्ते مرحبا', CHAT, undefined],
    ['second', CHAT, undefined],
  ]);
  const [chat] = await client.client.getChats();
  expect([chat?.name, chat?.unreadCount, chat?.isGroup, chat?.lastMessage.body]).toEqual([
    'Anna Weber',
    2,
    false,
    'second',
  ]);
  const contact = await chat?.getContact();
  expect([contact?.name, contact?.pushname, contact?.number, contact?.isMyContact]).toEqual([
    'Anna Weber',
    'Anna Weber',
    ANNA,
    true,
  ]);
  await chat?.sendSeen();
  expect((await client.client.getChatById(CHAT)).unreadCount).toBe(0);
  expect((await control.ledger({ phone: PHONE })).map((entry) => entry.kind)).toContain('seen');
});

test('an answer reaches the customer once, with its quote, and its acks go 1, 2, 3', async () => {
  const client = await linkedClient();
  await control.writeAs(ANNA, { phone: PHONE, body: 'Is the oak table still there?' });
  await client.until('message');
  const [question] = await (await client.client.getChatById(CHAT)).fetchMessages({ limit: 1 });
  const answer = await question?.reply('Yes, it is.');
  expect([answer?.ack, answer?.hasQuotedMsg, (await answer?.getQuotedMessage())?.body]).toEqual([
    0,
    true,
    'Is the oak table still there?',
  ]);
  await eventually('the read ack', () => acksOf(client, answer?.id.id ?? '').includes(3));
  expect(acksOf(client, answer?.id.id ?? '')).toEqual([1, 2, 3]);
  expect(await control.receivedBy(ANNA)).toMatchObject([{ id: answer?.id.id, body: 'Yes, it is.', copies: 1 }]);
  expect((await client.client.getMessageById(answer?.id._serialized ?? '')).ack).toBe(3);
});

test('the id that a caller chooses is the id on the customer’s side, and the page refuses it a second time', async () => {
  const client = await linkedClient();
  const chosen = '3EB0C0FFEE0000000000AA';
  await client.client.pupPage?.evaluate((id) => {
    const page = globalThis as unknown as { require(name: string): { newId: () => Promise<string> } };
    page.require('WAWebMsgKey').newId = async () => id;
  }, chosen);
  expect((await client.client.sendMessage(CHAT, 'mine')).id.id).toBe(chosen);
  await expect(client.client.sendMessage(CHAT, 'again')).rejects.toThrow('DuplicateMessageError');
  await eventually('delivery', async () => (await control.receivedBy(ANNA)).length > 0);
  expect(await control.receivedBy(ANNA)).toMatchObject([{ id: chosen, body: 'mine', copies: 1 }]);
});

test('sending to a number that nobody has is refused with WhatsApp’s own words', async () => {
  const client = await linkedClient();
  await expect(client.client.sendMessage('4900000000@c.us', 'x')).rejects.toThrow('No LID for user');
  expect(await client.client.isRegisteredUser('4900000000@c.us')).toBe(false);
  expect(await client.client.isRegisteredUser(CHAT)).toBe(true);
});

test('a restart needs no QR; what came meanwhile is in the chat and fires no event', async () => {
  const first = await linkedClient();
  await control.writeAs(ANNA, { phone: PHONE, body: 'before' });
  await first.until('message');
  await first.stop();
  await control.writeAs(ANNA, { phone: PHONE, body: 'while away' });
  const second = newClient();
  await second.start();
  await second.until('ready');
  expect(second.names()).not.toContain('qr');
  const chat = await second.client.getChatById(CHAT);
  expect((await chat.fetchMessages({ limit: 10 })).map((message) => message.body)).toEqual(['before', 'while away']);
  expect(chat.unreadCount).toBe(2);
  await control.writeAs(ANNA, { phone: PHONE, body: 'after' });
  await second.until('message');
  expect(second.all('message')).toEqual([['after', CHAT, undefined]]);
});

test('a login survives a browser that is killed right after ready', async () => {
  const first = await linkedClient();
  first.client.pupBrowser?.process()?.kill('SIGKILL');
  await eventually('the browser to be gone', () => first.client.pupBrowser?.connected === false);
  const second = newClient();
  await second.start();
  await second.until('ready');
  expect(second.names()).not.toContain('qr');
});

test('history is loaded as far back as asked, without an event and without a gap', async () => {
  await control.createPhone({ number: PHONE });
  await control.addHistory(PHONE, { chat: ANNA, count: 120 });
  const client = await linkedClient();
  const messages = await (await client.client.getChatById(CHAT)).fetchMessages({ limit: 200 });
  expect(messages).toHaveLength(120);
  expect(messages.map((message) => message.timestamp)).toEqual(
    messages.map((message) => message.timestamp).toSorted((a, b) => a - b),
  );
  expect(client.names()).not.toContain('message_create');
});

test('a dropped socket recovers with changes of state only, and loses nothing in either direction', async () => {
  const client = await linkedClient();
  await control.writeAs(ANNA, { phone: PHONE, body: 'one' });
  await client.until('message');
  client.forget();
  await control.fault({ name: 'socket-down', phone: PHONE, forMs: 600 });
  await client.until('change_state');
  await control.writeAs(ANNA, { phone: PHONE, body: 'two' });
  const sent = await client.client.sendMessage(CHAT, 'sent without a connection', { sendSeen: false });
  expect(sent.ack).toBe(0);
  await client.until('message', ([body]) => body === 'two');
  await eventually('the read ack', () => acksOf(client, sent.id.id).includes(3));
  expect(client.all('change_state')).toEqual([['TIMEOUT'], ['OPENING'], ['CONNECTED']]);
  expect(client.names().filter((name) => ['ready', 'authenticated', 'disconnected', 'qr'].includes(name))).toEqual([]);
  expect(await control.receivedBy(ANNA)).toMatchObject([{ body: 'sent without a connection', copies: 1 }]);
});

test('an account that its phone unlinks is told LOGOUT and asks for a new code', async () => {
  const client = await linkedClient();
  client.forget();
  await control.kick(PHONE);
  expect(await client.until('disconnected')).toEqual(['LOGOUT']);
  await client.until('qr');
  expect((await control.phone(PHONE)).devices).toEqual([]);
});

test('logging out here unlinks the device on the phone', async () => {
  const client = await linkedClient();
  await client.client.logout();
  expect((await control.phone(PHONE)).devices).toEqual([]);
  const again = newClient();
  await again.start();
  await again.qr();
});

test('messages of a group come with their author, and an answer reaches everybody', async () => {
  await control.createCustomer({ number: '14155550106', name: 'Emily' });
  const client = await linkedClient();
  const group = await control.createGroup({ phone: PHONE, subject: 'Wholesale', participants: [ANNA, '14155550106'] });
  await control.writeAs(ANNA, { phone: PHONE, group: group.id, body: 'hi all' });
  await client.until('message');
  expect(client.all('message')).toEqual([['hi all', group.id, CHAT]]);
  const chat = await client.client.getChatById(group.id);
  expect([chat.name, chat.isGroup]).toEqual(['Wholesale', true]);
  const sent = await chat.sendMessage('welcome');
  await eventually('the read ack', () => acksOf(client, sent.id.id).includes(3));
  expect(acksOf(client, sent.id.id)).toEqual([1, 2, 3]);
  expect(await control.receivedBy('14155550106')).toMatchObject([{ body: 'welcome', chatId: group.id }]);
});

test('what is written on the phone itself shows as an own message', async () => {
  const client = await linkedClient();
  await control.writeOnPhone(PHONE, { to: ANNA, body: 'from the phone' });
  await client.until('message_create', ([, fromMe]) => fromMe === true);
  expect(client.names()).not.toContain('message');
});
