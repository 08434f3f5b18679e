import { chatIdOf } from '../accounts/people';
import { Body } from '../body';
import { CONTENT_FIELDS, contentOf } from '../messages/content-body';
import { addHistory } from '../past';
import { Refusal } from '../refusal';
import { messageRow } from '../rows';
import { type ControlTable, chatOf, customerOf, limitOf, optionalNumber, phoneOf } from './control-table';

const MOST_HISTORY = 100_000;

/** Messages: written on a phone or by a customer, history, what arrived. */
export const MESSAGE_CALLS: ControlTable = {
  'POST phones/*/messages': (network, call, [number]) => {
    const body = new Body(call.body, ['to', 'quoted', ...CONTENT_FIELDS]);
    const chatId = chatOf(body.text('to'));
    const phone = phoneOf(network, number);
    return network.delivery.writeOnPhone(phone, chatId, contentOf(network, body), body.optionalText('quoted'));
  },
  'POST phones/*/history': (network, call, [number]) => {
    const body = new Body(call.body, ['chat', 'count', 'days', 'onPhoneOnly']);
    const phone = phoneOf(network, number);
    const count = body.amount('count', 1, MOST_HISTORY);
    const days = body.optionalAmount('days', 1, 3650) ?? 30;
    const onPhoneOnly = body.optionalFlag('onPhoneOnly') ?? false;
    return { added: addHistory(network, phone, chatOf(body.text('chat')), { count, days, onPhoneOnly }) };
  },
  'GET phones/*/chats/*/messages': (network, call, [number, chatId]) => {
    const chat = phoneOf(network, number).chats.get(chatOf(chatId ?? ''));
    if (chat === undefined) throw new Refusal(404, `The phone ${number} has no chat ${chatId}`);
    return chat.messages.slice(-limitOf(call.query)).map(messageRow);
  },
  'POST customers/*/messages': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'group', 'quoted', ...CONTENT_FIELDS]);
    const group = body.optionalText('group');
    const quoted = body.optionalText('quoted');
    const to = {
      phone: phoneOf(network, body.number('phone')),
      ...(group === undefined ? {} : { group }),
      ...(quoted === undefined ? {} : { quoted }),
    };
    return network.delivery.write(customerOf(network, number), to, contentOf(network, body));
  },
  'GET customers/*/messages': (network, call, [number]) =>
    network.receivedBy(customerOf(network, number), optionalNumber(call.query, 'phone')),
  'POST customers/*/read': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'group']);
    const customer = customerOf(network, number).number;
    const phone = phoneOf(network, body.number('phone'));
    const chatId = body.optionalText('group') ?? chatIdOf(network.world, customer);
    return { read: network.delivery.openedBy(customer, phone, chatId) };
  },
};
