import { Delivery } from './delivery';
import { Faults } from './faults';
import { Habits } from './habits';
import { isGroupId, lidOf, numberOf, userId } from './ids';
import { LinkDesk } from './link-desk';
import { PageSessions } from './page-sessions';
import { randomHex } from './random';
import { Refusal } from './refusal';
import type { Customer, CustomerSettings, Group, Phone } from './state';
import type { World } from './world';

const CUSTOMER_DEFAULTS: Omit<CustomerSettings, 'name'> = {
  saved: true,
  autoRead: true,
  deliverAfterMs: 40,
  readAfterMs: 60,
  device: 'android',
};

export interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  readonly fromPhone: string;
  readonly chatId: string;
  readonly t: number;
  readonly receivedAt: number;
  readonly readAt?: number;
  /** How often the customer's phone showed it. */
  readonly copies: number;
}

/** All parts of the practice network together, and what control can do with them beyond a single part. */
export class Network {
  readonly world: World;
  readonly demo: boolean;
  readonly pages: PageSessions;
  readonly desk: LinkDesk;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly habits: Habits;
  #shutdown: () => void = () => {};

  constructor(world: World, options: { readonly demo: boolean }) {
    this.world = world;
    this.demo = options.demo;
    this.pages = new PageSessions(world);
    this.desk = new LinkDesk(world, (number, pushname) => this.ensurePhone(number, pushname));
    this.faults = new Faults((fault) => {
      if (fault.name === 'socket-down') this.pages.drop(fault.phone);
    });
    this.delivery = new Delivery(world, this.pages, this.faults);
    this.habits = new Habits(this, options.demo);
    this.delivery.listener = this.habits;
  }

  start(shutdown: () => void): void {
    this.#shutdown = shutdown;
    this.delivery.resume();
  }

  stop(): void {
    this.habits.stop();
    this.delivery.stop();
    this.faults.stop();
    this.desk.stop();
    this.pages.stop();
  }

  /** Leaves time for the answer to go out. */
  shutdownSoon(): void {
    setTimeout(this.#shutdown, 50);
  }

  ensurePhone(number: string, pushname: string | undefined): Phone {
    const known = this.world.phones.get(number);
    if (known !== undefined && (pushname === undefined || pushname === known.pushname)) return known;
    const name = pushname ?? `Phone ${number.slice(-4)}`;
    this.world.commit({ c: 'phone', number, pushname: name, lid: lidOf(number) });
    const phone = this.world.phones.get(number);
    if (phone === undefined) throw new Error(`The phone ${number} was not created`);
    return phone;
  }

  setCustomer(settings: Partial<CustomerSettings>, number: string): Customer {
    if (this.world.phones.has(number)) throw new Refusal(409, `${number} is a phone of this network already`);
    const known = this.world.customers.get(number);
    const customer: Customer = {
      name: `Customer ${number.slice(-4)}`,
      ...CUSTOMER_DEFAULTS,
      ...known,
      ...settings,
      number,
    };
    this.world.commit({ c: 'customer', customer });
    return customer;
  }

  createGroup(owner: Phone, subject: string, others: readonly string[]): Group {
    const missing = others.find((number) => !this.world.customers.has(number) && !this.world.phones.has(number));
    if (missing !== undefined) throw new Refusal(404, `${missing} is not on the practice network`);
    const group: Group = {
      id: `1203${BigInt(`0x${randomHex(7)}`)
        .toString()
        .padStart(14, '0')
        .slice(0, 14)}@g.us`,
      subject,
      owner: owner.number,
      creation: Math.floor(this.world.now() / 1000),
      participants: [...new Set([owner.number, ...others])],
    };
    this.world.commit({ c: 'group', group });
    for (const number of group.participants) {
      if (!this.world.phones.has(number)) continue;
      this.world.commit({ c: 'chat', phone: number, id: group.id });
    }
    return group;
  }

  /** Unlinks every device from the phone; their pages hear of it at once or when they come back. */
  kick(phone: Phone): number {
    const devices = [...phone.devices.keys()];
    for (const device of devices) {
      this.world.commit({ c: 'device-gone', phone: phone.number, id: device });
      this.world.note('unlinked', { phone: phone.number, id: device });
      this.pages.kick(device);
    }
    this.world.flush();
    return devices.length;
  }

  titleOf(chatId: string): string {
    if (isGroupId(chatId)) {
      const group = this.world.groups.get(chatId);
      if (group === undefined) throw new Refusal(404, `There is no group ${chatId}`);
      return group.subject;
    }
    const number = numberOf(chatId);
    const name = this.world.customers.get(number)?.name ?? this.world.phones.get(number)?.pushname;
    if (name === undefined) throw new Refusal(404, `${number} is not on the practice network`);
    return name;
  }

  /** What a customer's phone shows of what accounts sent, each message once with the number of its copies. */
  receivedBy(customer: Customer, phone: string | undefined): readonly ReceivedMessage[] {
    const shown = new Map<string, ReceivedMessage>();
    for (const entry of this.world.ledger) {
      if (entry.kind !== 'delivered' || entry.customer !== customer.number) continue;
      const { id = '', body = '', chatId = userId(customer.number), phone: fromPhone = '', at } = entry;
      if (phone !== undefined && phone !== fromPhone) continue;
      const key = `${fromPhone} ${chatId} ${id}`;
      const message = this.world.phones.get(fromPhone)?.chats.get(chatId)?.byId.get(id);
      const readAt = message?.receipts?.[customer.number]?.readAt;
      const copies = (shown.get(key)?.copies ?? 0) + 1;
      const t = message?.t ?? Math.floor(at / 1000);
      shown.set(key, {
        id,
        body,
        fromPhone,
        chatId,
        t,
        receivedAt: at,
        ...(readAt === undefined ? {} : { readAt }),
        copies,
      });
    }
    return [...shown.values()];
  }
}
