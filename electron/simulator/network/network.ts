import type { MessageRow } from '../frames';
import type { Moods, WelcomeTerms } from '../session-frames';
import { PERSON_DEFAULTS } from './accounts/account-state';
import { Accounts } from './accounts/accounts';
import { Calls } from './accounts/calls';
import { chatIdOf } from './accounts/people';
import { Presences } from './accounts/presence';
import { BuildChoice } from './build-choice';
import { ChannelPosts } from './channels/channel-posts';
import { Channels } from './channels/channels';
import { Delivery } from './delivery';
import { type Fault, Faults } from './faults';
import { Flapping } from './flapping';
import { Groups } from './groups/groups';
import { Habits } from './habits';
import { isGroupId, lidOf, numberOf, STATUS_CHAT, userId } from './ids';
import { Limits } from './limits';
import { LinkDesk } from './link-desk';
import { MediaStore } from './media/media-store';
import { MessageActions } from './messages/message-actions';
import { PageSessions } from './page-sessions';
import { Receipts } from './receipts';
import { Refusal } from './refusal';
import { messageRow } from './rows';
import { Scenarios } from './scenario/scenarios';
import type { Customer, CustomerSettings, Phone } from './state';
import type { World } from './world';

const CUSTOMER_DEFAULTS: Omit<CustomerSettings, 'name'> = {
  ...PERSON_DEFAULTS,
  saved: true,
  autoRead: true,
  deliverAfterMs: 40,
  readAfterMs: 60,
  device: 'android',
  groupsByInvitation: false,
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
  /** What it is now: edited or deleted since, with its media and quote; absent once it is gone from the phone. */
  readonly now?: MessageRow;
}

/** All parts of the practice network together, and what control can do with them beyond a single part. */
export class Network {
  readonly world: World;
  readonly demo: boolean;
  readonly pages: PageSessions;
  readonly desk: LinkDesk;
  readonly faults: Faults;
  readonly scenarios: Scenarios;
  readonly flapping: Flapping;
  readonly limits: Limits;
  readonly builds = new BuildChoice();
  readonly delivery: Delivery;
  readonly media: MediaStore;
  readonly actions: MessageActions;
  readonly groups: Groups;
  readonly channels: Channels;
  readonly posts: ChannelPosts;
  readonly accounts: Accounts;
  readonly calls: Calls;
  readonly presences: Presences;
  readonly habits: Habits;
  #shutdown: () => void = () => {};

  constructor(world: World, options: { readonly demo: boolean; readonly mediaFolder?: string }) {
    this.world = world;
    this.demo = options.demo;
    this.faults = new Faults(world.clock, {
      began: (fault) => this.#faultBegan(fault),
      ended: (fault) => this.#faultEnded(fault),
    });
    this.limits = new Limits(world, (phone, limits) => void this.pages.say(phone, { op: 'limits', limits }));
    this.pages = new PageSessions(world, this.faults, (phone) => this.#terms(phone));
    this.flapping = new Flapping(world.clock, (phone) => void this.pages.drop(phone));
    this.desk = new LinkDesk(world, this.faults, (number, pushname) => this.ensurePhone(number, pushname));
    this.delivery = new Delivery(world, this.pages, this.faults, this.limits);
    this.media = new MediaStore(options.mediaFolder);
    this.actions = new MessageActions(world, this.pages, new Receipts(world, this.pages, this.faults));
    this.accounts = new Accounts(world, this.pages);
    this.calls = new Calls(world, this.pages);
    this.presences = new Presences(world, this.pages);
    this.groups = new Groups(world, this.pages);
    this.channels = new Channels(world, this.pages);
    this.posts = new ChannelPosts(world, this.pages, this.channels);
    this.accounts.groupPicture = this.groups;
    this.scenarios = new Scenarios(this);
    this.habits = new Habits(this, options.demo);
    this.delivery.listener = this.habits;
  }

  start(shutdown: () => void): void {
    this.#shutdown = shutdown;
    this.delivery.resume();
  }

  stop(): void {
    this.scenarios.stopAll();
    this.habits.stop();
    this.world.clock.stop();
    this.calls.stop();
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
    for (const phone of this.world.phones.values()) this.accounts.tellContact(phone, chatIdOf(this.world, number));
    return customer;
  }

  #faultBegan(fault: Fault): void {
    const { name, phone } = fault;
    if (name === 'socket-down') this.pages.drop(phone);
    if (name === 'socket-flapping') this.flapping.begin(fault);
    if (name === 'blocked') this.pages.say(phone, { op: 'blocked', state: fault.state ?? 'TOS_BLOCK' });
    if (name === 'banned') for (const banned of this.#phonesOf(phone)) this.kick(banned, true);
    this.#tellMoods(fault);
  }

  #faultEnded(fault: Fault): void {
    if (fault.name === 'socket-flapping') this.flapping.end(fault);
    // A page that was refused tries again when its connection breaks.
    if (fault.name === 'blocked') this.pages.drop(fault.phone);
    this.#tellMoods(fault);
  }

  #tellMoods({ name, phone }: Fault): void {
    if (name !== 'send-throws' && name !== 'pending') return;
    for (const { number } of this.#phonesOf(phone)) this.pages.say(number, { op: 'moods', moods: this.#moods(number) });
  }

  #phonesOf(phone: string | undefined): readonly Phone[] {
    return [...this.world.phones.values()].filter(({ number }) => phone === undefined || number === phone);
  }

  #terms(phone: string): WelcomeTerms {
    const build = this.builds.of(phone);
    return { moods: this.#moods(phone), limits: this.limits.of(phone), ...(build === undefined ? {} : { build }) };
  }

  #moods(phone: string): Moods {
    return {
      sendThrows: this.faults.find('send-throws', phone) !== undefined,
      pending: this.faults.find('pending', phone)?.mode ?? 'flush',
    };
  }

  /** Unlinks every device from the phone; their pages hear of it at once or when they come back. */
  kick(phone: Phone, banned = false): number {
    const devices = [...phone.devices.keys()];
    for (const device of devices) {
      this.world.commit({ c: 'device-gone', phone: phone.number, id: device });
      this.world.note('unlinked', { phone: phone.number, id: device });
      this.pages.kick(device, banned);
    }
    this.world.flush();
    return devices.length;
  }

  titleOf(chatId: string): string {
    if (chatId === STATUS_CHAT) return 'Status';
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
        ...(message === undefined ? {} : { now: messageRow(message) }),
      });
    }
    return [...shown.values()];
  }
}
