import { expect, test } from 'vitest';
import { avatarOf } from '../../../electron/simulator/network/accounts/avatar';
import { personBehind, showsProfileTo } from '../../../electron/simulator/network/accounts/people';
import { lidOf, STATUS_CHAT, userId } from '../../../electron/simulator/network/ids';
import { Network } from '../../../electron/simulator/network/network';
import type { Change, Phone } from '../../../electron/simulator/network/state';
import { NO_FILE } from '../../../electron/simulator/network/state-file';
import { World } from '../../../electron/simulator/network/world';
import { eventually } from '../../fixtures/eventually';

const NOW = Date.UTC(2026, 4, 4, 10);
const PHONE = '551140020022';
const ANNA = '4915112345678';
const CHAT = userId(ANNA);

function networkWithAnna(): { readonly network: Network; readonly phone: Phone } {
  const network = new Network(new World(NO_FILE, [], () => NOW), { demo: false });
  network.setCustomer({ name: 'Anna' }, ANNA);
  return { network, phone: network.ensurePhone(PHONE, 'Sales') };
}

function restarted(network: Network): Network {
  const changes = JSON.parse(JSON.stringify([...network.world.snapshot()])) as Change[];
  return new Network(new World(NO_FILE, changes, () => NOW), { demo: false });
}

test('what an account decides about its chats, people and itself survives a restart of the network', () => {
  const { network, phone } = networkWithAnna();
  const { accounts } = network;
  accounts.setPhone(phone, { platform: 'smba', battery: { percent: 50, plugged: true } });
  accounts.setProfile(phone, { about: 'Busy', pushname: 'Sales team' });
  accounts.setPicture(phone, userId(PHONE), 'data:image/png;base64,AA==');
  accounts.setChat(phone, CHAT, { archived: true, muteExpiration: -1, unread: true });
  accounts.changeLabels(phone, [{ id: '2', type: 'add' }], [CHAT]);
  accounts.block(phone, CHAT, true);
  accounts.writeInBook(phone, '14155550106', 'Emily');
  accounts.writeInBook(phone, ANNA, undefined);
  accounts.note(phone, CHAT, 'Prefers oak');
  const again = restarted(network);
  expect(again.world.phones.get(PHONE)).toEqual(phone);
  expect([...again.world.snapshot()]).toEqual([...network.world.snapshot()]);
  expect(phone.chats.get(CHAT)?.settings).toEqual({
    archived: true,
    pin: 0,
    muteExpiration: -1,
    labels: ['2'],
    keptBack: 0,
  });
});

test('a chat that was emptied or deleted does not come back with a restart', () => {
  const { network, phone } = networkWithAnna();
  const other = '14155550106';
  network.setCustomer({ name: 'Emily' }, other);
  for (const number of [ANNA, other]) network.delivery.write(customer(network, number), { phone }, 'hi');
  network.accounts.emptyChat(phone, CHAT, false);
  network.accounts.emptyChat(phone, userId(other), true);
  const chats = restarted(network).world.phones.get(PHONE)?.chats;
  expect([...(chats?.keys() ?? [])]).toEqual([CHAT]);
  expect(chats?.get(CHAT)?.messages).toEqual([]);
  // It keeps its place in the list.
  expect(chats?.get(CHAT)?.t).toBe(NOW / 1000);
});

test('a pinned chat is not archived, and an archived one not pinned', () => {
  const { network, phone } = networkWithAnna();
  const settings = () => phone.chats.get(CHAT)?.settings;
  network.accounts.setChat(phone, CHAT, { pinned: true });
  expect(settings()).toMatchObject({ archived: false, pin: NOW / 1000 });
  network.accounts.setChat(phone, CHAT, { archived: true });
  expect(settings()).toMatchObject({ archived: true, pin: 0 });
});

test('a label that is deleted is gone from every chat', () => {
  const { network, phone } = networkWithAnna();
  network.accounts.setPhone(phone, { platform: 'smbi' });
  const id = network.accounts.createLabel(phone, 'VIP', '#112233');
  network.accounts.changeLabels(phone, [{ id, type: 'add' }], [CHAT]);
  network.accounts.deleteLabel(phone, id);
  expect(phone.chats.get(CHAT)?.settings.labels).toEqual([]);
});

test('labels are for WhatsApp Business, and only those that exist', () => {
  const { network, phone } = networkWithAnna();
  const add = (id: string) => network.accounts.changeLabels(phone, [{ id, type: 'add' }], [CHAT]);
  expect(() => add('1')).toThrow('Only WhatsApp Business has labels');
  network.accounts.setPhone(phone, { platform: 'smba' });
  expect(() => add('99')).toThrow('There is no label 99');
});

test('picture and text are shown to everybody, to contacts or to nobody, and never to whom is blocked', () => {
  const { network, phone } = networkWithAnna();
  const shown = (change: Parameters<Network['setCustomer']>[0]) => {
    network.setCustomer(change, ANNA);
    return showsProfileTo(network.world, phone, ANNA);
  };
  expect(shown({ privacy: 'contacts' })).toBe(true);
  expect(shown({ saved: false })).toBe(false);
  expect(shown({ privacy: 'everyone' })).toBe(true);
  expect(shown({ blocks: [PHONE] })).toBe(false);
  expect(shown({ blocks: [], privacy: 'nobody', saved: true })).toBe(false);
});

test('a message between two of whom one has blocked the other never arrives, also after a restart and the end of the block', () => {
  const { network, phone } = networkWithAnna();
  network.accounts.block(phone, CHAT, true);
  network.delivery.send(phone, { id: 'A', chatId: CHAT, type: 'chat', body: 'x' }, undefined, () => {});
  expect(phone.chats.get(CHAT)?.byId.get('A')?.withheld).toEqual([ANNA]);
  network.accounts.block(phone, CHAT, false);
  expect(restarted(network).world.phones.get(PHONE)?.chats.get(CHAT)?.byId.get('A')?.withheld).toEqual([ANNA]);
  network.stop();
});

test('a person answers to number and hidden id; a hidden number is told to nobody who only has the id', () => {
  const { network, phone } = networkWithAnna();
  expect(personBehind(network.world, lidOf(ANNA), phone)).toMatchObject({ id: CHAT, otherId: lidOf(ANNA) });
  network.setCustomer({ appearsAs: 'lid' }, ANNA);
  expect(personBehind(network.world, CHAT, phone)).toMatchObject({ id: lidOf(ANNA), otherId: CHAT });
  network.setCustomer({ appearsAs: 'hidden' }, ANNA);
  expect(personBehind(network.world, lidOf(ANNA), phone)?.otherId).toBeUndefined();
  expect(personBehind(network.world, CHAT, phone)).toMatchObject({ id: CHAT });
  expect(personBehind(network.world, '4900000000@c.us', phone)).toBeUndefined();
});

test('a status reaches another account when each has the other in its address book', async () => {
  const { network, phone } = networkWithAnna();
  const support = network.ensurePhone('442079460018', 'Support');
  const post = (id: string) =>
    network.delivery.send(phone, { id, chatId: STATUS_CHAT, type: 'chat', body: id }, undefined, () => {});
  network.accounts.writeInBook(phone, support.number, 'Support');
  post('A');
  network.accounts.writeInBook(support, phone.number, 'Sales');
  post('B');
  await eventually('the status', () => support.chats.get(STATUS_CHAT)?.messages.length === 1);
  expect(support.chats.get(STATUS_CHAT)?.messages).toMatchObject([{ id: 'B', author: PHONE, fromMe: false }]);
  network.stop();
});

test('everybody has a picture of their own, always the same and small', () => {
  expect(avatarOf(ANNA)).toBe(avatarOf(ANNA));
  expect(avatarOf(ANNA)).not.toBe(avatarOf(PHONE));
  expect(avatarOf(ANNA).length).toBeLessThan(2500);
});

function customer(network: Network, number: string) {
  const found = network.world.customers.get(number);
  if (found === undefined) throw new Error(`no customer ${number}`);
  return found;
}
