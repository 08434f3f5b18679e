import { expect, test } from 'vitest';
import { findOrder, messageInfo, searchMessages } from '../../../electron/simulator/network/messages/message-queries';
import type { Phone, StoredMessage } from '../../../electron/simulator/network/state';
import { World } from '../../../electron/simulator/network/world';

const CHAT = '4915112345678@c.us';

function phoneWith(messages: readonly Partial<StoredMessage>[]): Phone {
  const world = new World({ append: () => {}, flush: () => {} });
  world.commit({ c: 'phone', number: '551140020022', pushname: 'Sales', lid: '1@lid' });
  for (const [index, message] of messages.entries()) {
    const base = { id: `M${index}`, chatId: CHAT, fromMe: false, type: 'chat', body: '', t: index };
    world.commit({ c: 'message', phone: '551140020022', message: { ...base, ...message } });
  }
  const phone = world.phones.get('551140020022');
  if (phone === undefined) throw new Error('The phone is not there');
  return phone;
}

const search = (phone: Phone, query: string, page = 1, count = 10) =>
  searchMessages(phone, { query, page, count }).map(({ id }) => id);

test('a search finds beginnings of words without case and accents, in scripts of all kinds', () => {
  const phone = phoneWith([
    { body: 'Preço da mesa' },
    { body: 'क्या आज डिलीवरी होगी?' },
    { body: 'هل يوجد توصيل اليوم؟' },
    { body: 'impreciso' },
  ]);
  expect(search(phone, 'PRECO')).toEqual(['M0']);
  expect(search(phone, 'mes pre')).toEqual(['M0']);
  expect(search(phone, 'डिलीवरी')).toEqual(['M1']);
  expect(search(phone, 'توصيل')).toEqual(['M2']);
  expect(search(phone, 'eciso')).toEqual([]);
});

test('a search looks into captions, file names, polls and events, never into previews or deleted messages', () => {
  const phone = phoneWith([
    { type: 'image', body: 'base64oak', details: { directPath: '/v/1', caption: 'oak board' } },
    { type: 'document', details: { directPath: '/v/2', filename: 'oak.pdf' } },
    { type: 'poll_creation', details: { pollName: 'Oak or walnut?' } },
    { type: 'revoked', body: 'oak' },
    { type: 'image', body: 'oak', details: { directPath: '/v/3' } },
  ]);
  expect(search(phone, 'oak')).toEqual(['M2', 'M1', 'M0']);
  expect(search(phone, 'oak', 2, 2)).toEqual(['M0']);
});

test('an order is found by its id together with its token', () => {
  const order = { products: [], subtotal: '0', total: '0', currency: 'BRL', createdAt: 1 };
  const phone = phoneWith([{ type: 'order', order, details: { orderId: '7', token: 'secret' } }]);
  expect(findOrder(phone, '7', 'secret')).toBe(order);
  expect(findOrder(phone, '7', 'guess')).toBeUndefined();
});

test('the info of a message counts who is still to come', () => {
  const receipts = { '491': { deliveredAt: 1000, readAt: 2000 }, '492': { deliveredAt: 1500 } };
  const [message] = phoneWith([{ fromMe: true, to: ['491', '492', '493'], receipts }]).chats.get(CHAT)?.messages ?? [];
  if (message === undefined) throw new Error('The message is not there');
  expect(messageInfo(message)).toEqual({
    delivery: [
      { id: '491@c.us', t: 1 },
      { id: '492@c.us', t: 1 },
    ],
    deliveryRemaining: 1,
    read: [{ id: '491@c.us', t: 2 }],
    readRemaining: 2,
    played: [],
    playedRemaining: 3,
  });
});
