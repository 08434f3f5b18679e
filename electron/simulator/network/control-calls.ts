import { Body } from './body';
import { FAULT_NAMES } from './faults';
import { digitsOf, isGroupId, userId } from './ids';
import type { Network } from './network';
import { addHistory } from './past';
import { freshNumber } from './random';
import { Refusal } from './refusal';
import { messageRow } from './rows';
import type { Customer, Phone } from './state';

export interface ControlCall {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Handler = (network: Network, call: ControlCall, parameters: readonly string[]) => unknown;

const LONGEST_WAIT_MS = 86_400_000;
const MOST_HISTORY = 100_000;

const CUSTOMER_FIELDS = ['name', 'saved', 'autoRead', 'deliverAfterMs', 'readAfterMs', 'device'] as const;

/** Every control call: method and path, `*` standing for a parameter. */
export const CONTROL_CALLS: Readonly<Record<string, Handler>> = {
  'GET status': (network) => ({
    phones: network.world.phones.size,
    customers: network.world.customers.size,
    pages: network.pages.connected().length + network.desk.pages().length,
    habits: network.habits.on,
    demo: network.demo,
    qrLifetimeMs: network.desk.qrLifetimeMs,
  }),

  'GET phones': (network) => [...network.world.phones.values()].map((phone) => showPhone(network, phone)),
  'GET phones/*': (network, _call, [number]) => showPhone(network, phoneOf(network, number)),
  'POST phones': (network, call) => {
    const body = new Body(call.body, ['number', 'pushname']);
    return showPhone(network, network.ensurePhone(body.number('number'), body.optionalText('pushname')));
  },
  'POST phones/*/kick': (network, _call, [number]) => ({ devices: network.kick(phoneOf(network, number)) }),
  'POST phones/*/messages': (network, call, [number]) => {
    const body = new Body(call.body, ['to', 'body']);
    return network.delivery.writeOnPhone(phoneOf(network, number), chatOf(body.text('to')), body.text('body'));
  },
  'POST phones/*/history': (network, call, [number]) => {
    const body = new Body(call.body, ['chat', 'count', 'days']);
    const phone = phoneOf(network, number);
    const count = body.amount('count', 1, MOST_HISTORY);
    return {
      added: addHistory(network, phone, chatOf(body.text('chat')), count, body.optionalAmount('days', 1, 3650) ?? 30),
    };
  },
  'GET phones/*/chats': (network, _call, [number]) =>
    [...phoneOf(network, number).chats.values()].map((chat) => ({
      id: chat.id,
      name: network.titleOf(chat.id),
      unreadCount: chat.unreadCount,
      t: chat.t,
      messages: chat.messages.length,
    })),
  'GET phones/*/chats/*/messages': (network, call, [number, chatId]) => {
    const chat = phoneOf(network, number).chats.get(chatOf(chatId ?? ''));
    if (chat === undefined) throw new Refusal(404, `The phone ${number} has no chat ${chatId}`);
    return chat.messages.slice(-limitOf(call.query)).map(messageRow);
  },

  'POST scans': (network, call) => scan(network, call),
  'PUT linking': (network, call) => {
    const body = new Body(call.body, ['qrLifetimeMs']);
    network.desk.setLifetime(body.amount('qrLifetimeMs', 100, LONGEST_WAIT_MS));
    return { qrLifetimeMs: network.desk.qrLifetimeMs };
  },
  'POST linking/refresh': (network) => ({ pages: network.desk.renewAll() }),
  'GET pages': (network) => [
    ...network.desk.pages().map((page) => ({ ...page, state: 'unpaired' })),
    ...network.pages.connected().map((page) => ({ ...page, state: 'linked' })),
  ],

  'GET customers': (network) => [...network.world.customers.values()],
  'POST customers': (network, call) => {
    const body = new Body(call.body, ['number', ...CUSTOMER_FIELDS]);
    return network.setCustomer({ ...customerFields(body), name: body.text('name') }, body.number('number'));
  },
  'PATCH customers/*': (network, call, [number]) => {
    const customer = customerOf(network, number);
    return network.setCustomer(customerFields(new Body(call.body, CUSTOMER_FIELDS)), customer.number);
  },
  'POST customers/*/messages': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'body', 'group', 'quoted']);
    const group = body.optionalText('group');
    const quoted = body.optionalText('quoted');
    const to = {
      phone: phoneOf(network, body.number('phone')),
      ...(group === undefined ? {} : { group }),
      ...(quoted === undefined ? {} : { quoted }),
    };
    return network.delivery.write(customerOf(network, number), to, body.text('body'));
  },
  'GET customers/*/messages': (network, call, [number]) =>
    network.receivedBy(customerOf(network, number), optionalNumber(call.query, 'phone')),
  'POST customers/*/read': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'group']);
    const customer = customerOf(network, number).number;
    const phone = phoneOf(network, body.number('phone'));
    const chatId = body.optionalText('group') ?? userId(customer);
    return { read: network.delivery.openedBy(customer, phone, chatId) };
  },

  'GET groups': (network) => [...network.world.groups.values()],
  'POST groups': (network, call) => {
    const body = new Body(call.body, ['phone', 'subject', 'participants']);
    const phone = phoneOf(network, body.number('phone'));
    return network.createGroup(phone, body.text('subject'), body.numbers('participants'));
  },

  'GET ledger': (network, call) => {
    const after = Number(call.query.get('after') ?? 0);
    const phone = optionalNumber(call.query, 'phone');
    const customer = optionalNumber(call.query, 'customer');
    return network.world.ledger.filter(
      (entry) =>
        entry.seq > after &&
        (phone === undefined || entry.phone === phone) &&
        (customer === undefined || entry.customer === customer),
    );
  },

  'PUT habits': (network, call) => {
    network.habits.set(new Body(call.body, ['on']).flag('on'));
    return { on: network.habits.on };
  },

  'GET faults': (network) => network.faults.list(),
  'POST faults': (network, call) => {
    const body = new Body(call.body, ['name', 'phone', 'forMs', 'from', 'delayMs']);
    const phone = body.optionalNumber('phone');
    const forMs = body.optionalAmount('forMs', 1, LONGEST_WAIT_MS);
    const from = body.optionalAmount('from', 1, 3);
    const delayMs = body.optionalAmount('delayMs', 0, LONGEST_WAIT_MS);
    return network.faults.begin({
      name: body.oneOf('name', FAULT_NAMES),
      ...(phone === undefined ? {} : { phone }),
      ...(forMs === undefined ? {} : { forMs }),
      ...(from === undefined ? {} : { from }),
      ...(delayMs === undefined ? {} : { delayMs }),
    });
  },
  'DELETE faults': (network) => {
    network.faults.endAll();
    return { faults: 0 };
  },
  'DELETE faults/*': (network, _call, [id]) => {
    if (!network.faults.end(id ?? '')) throw new Refusal(404, `There is no fault ${id}`);
    return { ended: id };
  },

  'POST shutdown': (network) => {
    network.shutdownSoon();
    return { stopping: true };
  },
};

async function scan(network: Network, call: ControlCall): Promise<unknown> {
  const body = new Body(call.body, ['qr', 'phone', 'pushname', 'refuse']);
  const qr = body.text('qr');
  const phone = body.optionalNumber('phone') ?? freshNumber();
  if (body.optionalFlag('refuse') === true || network.faults.find('scan-refused', phone) !== undefined) {
    network.desk.refuse(qr);
    return { refused: true };
  }
  return network.desk.link(qr, phone, body.optionalText('pushname'));
}

function customerFields(body: Body): Partial<Omit<Customer, 'number'>> {
  const name = body.optionalText('name');
  const saved = body.optionalFlag('saved');
  const autoRead = body.optionalFlag('autoRead');
  const deliverAfterMs = body.optionalAmount('deliverAfterMs', 0, LONGEST_WAIT_MS);
  const readAfterMs = body.optionalAmount('readAfterMs', 0, LONGEST_WAIT_MS);
  const device =
    body.optionalText('device') === undefined ? undefined : body.oneOf('device', ['android', 'ios'] as const);
  return {
    ...(name === undefined ? {} : { name }),
    ...(saved === undefined ? {} : { saved }),
    ...(autoRead === undefined ? {} : { autoRead }),
    ...(deliverAfterMs === undefined ? {} : { deliverAfterMs }),
    ...(readAfterMs === undefined ? {} : { readAfterMs }),
    ...(device === undefined ? {} : { device }),
  };
}

function showPhone(network: Network, phone: Phone): unknown {
  return {
    number: phone.number,
    pushname: phone.pushname,
    devices: [...phone.devices.values()].map(({ id, linkedAt }) => ({
      id,
      linkedAt,
      online: network.pages.isOnline(id),
    })),
  };
}

function phoneOf(network: Network, number: string | undefined): Phone {
  const phone = network.world.phones.get(digitsOf(number ?? '') ?? '');
  if (phone === undefined) throw new Refusal(404, `There is no phone ${number}`);
  return phone;
}

function customerOf(network: Network, number: string | undefined): Customer {
  const customer = network.world.customers.get(digitsOf(number ?? '') ?? '');
  if (customer === undefined) throw new Refusal(404, `There is no customer ${number}`);
  return customer;
}

function chatOf(text: string): string {
  if (isGroupId(text)) return text;
  const number = digitsOf(text);
  if (number === undefined) throw new Refusal(400, `"${text}" is neither a phone number nor a group id`);
  return userId(number);
}

function optionalNumber(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const digits = digitsOf(text);
  if (digits === undefined) throw new Refusal(400, `"${name}" has to be a phone number`);
  return digits;
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, '"limit" has to be a whole number above 0');
  return limit;
}
