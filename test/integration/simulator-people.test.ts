import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningNetwork, startPracticeNetwork } from '../../electron/simulator/network/start';
import { PracticeControl } from '../fakes/practice-control';
import { builtPracticePage } from '../fixtures/library-client';

const TOKEN = 'token-of-this-test';
const PHONE = '551140020022';
const ANNA = '4915112345678';

let network: RunningNetwork;
let control: PracticeControl;

beforeEach(async () => {
  network = await startPracticeNetwork({ pageFile: builtPracticePage, token: TOKEN });
  control = new PracticeControl({ port: network.port, token: TOKEN });
  await control.createPhone({ number: PHONE, pushname: 'Sales' });
  await control.createCustomer({ number: ANNA, name: 'Anna Weber' });
});

afterEach(() => network.stop());

/** A call as no typed client would make it. */
async function raw(method: string, path: string, body?: unknown): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${network.port}/control/${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { readonly error?: string };
  return `${response.status} ${answer.error ?? 'ok'}`;
}

test('calls about chats and people that do not fit are refused with a sentence that names the field', async () => {
  const chat = `phones/${PHONE}/chats/${ANNA}`;
  const customer = `customers/${ANNA}`;
  expect([
    await raw('PATCH', `phones/${PHONE}`, { platform: 'fridge' }),
    await raw('PATCH', `phones/${PHONE}`, { battery: 101 }),
    await raw('PATCH', chat, { archived: 'yes' }),
    await raw('PATCH', chat, { colour: 'red' }),
    await raw('PATCH', customer, { appearsAs: 'ghost' }),
    await raw('PATCH', customer, { devices: 0 }),
    await raw('POST', `${customer}/presence`, { phone: PHONE, state: 'dancing' }),
    await raw('PUT', `${customer}/picture`, { url: 'https://example.org/a.png' }),
    await raw('PUT', `phones/${PHONE}/contacts/abc`, { name: 'x' }),
  ]).toEqual([
    '400 The field "platform" has to be one of android, iphone, smba, smbi',
    '400 The field "battery" has to be a whole number from 0 to 100',
    '400 The field "archived" has to be true or false',
    '400 There is no field "colour" here; known are: archived, pinned, muteExpiration, unread',
    '400 The field "appearsAs" has to be one of number, lid, hidden',
    '400 The field "devices" has to be a whole number from 1 to 5',
    '400 The field "state" has to be one of composing, recording, paused, available, unavailable',
    '400 The field "url" has to be a data URL of an image; without it the picture is generated',
    '400 "abc" is not a phone number',
  ]);
});

test('chats, people, labels and calls that are not there are 404, and what contradicts the state is 409', async () => {
  const nobody = '4930000000';
  expect([
    await raw('PATCH', `phones/${PHONE}/chats/${nobody}`, { archived: true }),
    await raw('DELETE', `phones/${PHONE}/chats/${ANNA}`),
    await raw('DELETE', `phones/${PHONE}/labels/7`),
    await raw('PUT', `phones/${PHONE}/blocked/${nobody}`, { blocked: true }),
    await raw('POST', `customers/${nobody}/status`, { body: 'x' }),
    await raw('POST', 'calls/ABC/end', { outcome: 'Missed' }),
    await raw('POST', `phones/${PHONE}/labels`, { name: 'VIP' }),
    await raw('POST', `customers/${ANNA}/number`, { number: PHONE }),
  ]).toEqual([
    `404 ${nobody} is not on the practice network`,
    `404 The phone ${PHONE} has no chat ${ANNA}`,
    '404 There is no label 7',
    `404 ${nobody}@c.us is not on the practice network`,
    `404 There is no customer ${nobody}`,
    '404 No call ABC is ringing',
    '409 Only WhatsApp Business has labels',
    `409 ${PHONE} is taken already`,
  ]);
});

test('what the owner does on the phone shows in its chats', async () => {
  await control.writeAs(ANNA, { phone: PHONE, body: 'hi' });
  await control.people.changePhone(PHONE, { platform: 'smba', about: 'Open' });
  expect(await control.phone(PHONE)).toMatchObject({ platform: 'smba', about: 'Open', hasPicture: false });
  await control.people.changeChat(PHONE, ANNA, { pinned: true, muteExpiration: -1, unread: false });
  await control.people.setLabels(PHONE, ANNA, ['1', '2']);
  expect(await control.people.setLabels(PHONE, ANNA, ['2'])).toMatchObject({ labels: ['2'] });
  expect(await control.chatsOf(PHONE)).toMatchObject([
    { unreadCount: 0, messages: 1, archived: false, pinned: true, muteExpiration: -1, labels: ['2'], onPhoneOnly: 0 },
  ]);
  await control.people.clearChat(PHONE, ANNA);
  expect((await control.chatsOf(PHONE))[0]?.messages).toBe(0);
});

test('a customer keeps the address book entry, the block list and the name over a new number', async () => {
  await control.people.saveContact(PHONE, ANNA, 'Anna (VIP)');
  expect(await control.people.changeNumber(ANNA, '4915112345679')).toMatchObject({ number: '4915112345679' });
  expect((await control.customers()).map(({ number, name }) => [number, name])).toEqual([
    ['4915112345679', 'Anna Weber'],
  ]);
});
