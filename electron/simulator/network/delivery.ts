import type { DraftRow, SendResult } from '../frames';
import { chatIdOf, isBlockedBetween } from './accounts/people';
import { statusAudience } from './accounts/statuses';
import type { Faults } from './faults';
import { requireVoice } from './groups/group-rules';
import type { Group } from './groups/group-state';
import { isGroupId, numberOf, STATUS_CHAT, userId } from './ids';
import type { Limits } from './limits';
import { asContent, type Content, received, shownText } from './messages/content';
import { requireSendable } from './messages/message-rules';
import type { PageSessions } from './page-sessions';
import { messageId } from './random';
import { Receipts } from './receipts';
import { Refusal } from './refusal';
import { chatRow, groupRow, messageRow, peopleOf, quotedRow } from './rows';
import { ackOf, type Customer, type Phone, type StoredMessage } from './state';
import type { World } from './world';

/** WhatsApp's own limit for the text of one message, in characters. */
const LONGEST_TEXT = 65_536;
const PHONE_DELIVERS_MS = 40;

export interface Written {
  readonly id: string;
  readonly chatId: string;
  readonly t: number;
}

export interface DeliveryListener {
  /** A customer's phone has a message of an account. */
  delivered(customer: Customer, phone: string, chatId: string): void;
}

/** Carries messages: account → customer with its acks, customer → account, and account → account. */
export class Delivery {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #faults: Faults;
  readonly #receipts: Receipts;
  readonly #limits: Limits;
  listener: DeliveryListener | undefined;

  constructor(world: World, pages: PageSessions, faults: Faults, limits: Limits) {
    this.#world = world;
    this.#limits = limits;
    this.#pages = pages;
    this.#faults = faults;
    this.#receipts = new Receipts(world, pages, faults);
  }

  /** An account sends. `accepted` is called with ack 1 once the message is stored for good, a fault permitting. */
  send(phone: Phone, draft: DraftRow, page: string | undefined, accepted: (result: SendResult) => void): void {
    if (draft.body.length > LONGEST_TEXT) throw new Refusal(400, `A text has at most ${LONGEST_TEXT} characters`);
    requireSendable(draft);
    // Lost on its way here: nobody answers.
    if (page !== undefined && this.#faults.find('sends-unheard', phone.number) !== undefined) return;
    const recipients = this.#recipients(phone, draft.chatId);
    const known = phone.chats.get(draft.chatId)?.byId.get(draft.id);
    if (known !== undefined) {
      this.#world.note('duplicate-dropped', { phone: phone.number, chatId: draft.chatId, id: draft.id });
      this.#faults.passAck(phone.number, 1, () => accepted({ ack: ackOf(known), t: known.t }));
      return;
    }
    const withheld = isGroupId(draft.chatId)
      ? []
      : recipients.filter((number) => isBlockedBetween(this.#world, phone, number));
    if (page !== undefined) this.#admit(phone, draft);
    const message: StoredMessage = {
      id: draft.id,
      chatId: draft.chatId,
      fromMe: true,
      type: draft.type,
      body: draft.body,
      t: Math.floor(this.#world.now() / 1000),
      to: recipients,
      ...(withheld.length === 0 ? {} : { withheld }),
      ...(isGroupId(draft.chatId) || draft.chatId === STATUS_CHAT ? { author: phone.number } : {}),
      ...(draft.quoted === undefined ? {} : { quoted: draft.quoted }),
      ...(draft.mentions === undefined ? {} : { mentions: draft.mentions }),
      ...(draft.details === undefined ? {} : { details: draft.details }),
    };
    this.#world.commit({ c: 'message', phone: phone.number, message });
    const { chatId, id } = message;
    this.#world.note('sent', { phone: phone.number, chatId, id, body: shownText(message) });
    this.#world.flush();
    this.#acceptAck(phone, message, accepted);
    this.#tellMessage(phone, message, page);
    for (const number of recipients) this.#schedule(phone, message, number);
  }

  /** What WhatsApp may have against this message: then it never gets there, and its ack becomes −1. */
  #admit(phone: Phone, draft: DraftRow): void {
    const refused = this.#faults.find('sends-refused', phone.number);
    try {
      if (refused !== undefined) throw new Refusal(refused.code ?? 400, 'The message was refused');
      this.#limits.admit(phone, draft.chatId);
    } catch (error) {
      const { id, chatId, body } = draft;
      this.#world.note('refused', { phone: phone.number, chatId, id, body });
      throw error;
    }
  }

  /** The first ack is the answer to the page; a second copy of it comes as an event. */
  #acceptAck(phone: Phone, message: StoredMessage, accepted: (result: SendResult) => void): void {
    const asTold = this.#faults.actsOnAcks(phone.number) ? ({ asTold: true } as const) : {};
    let answered = false;
    this.#faults.passAck(phone.number, 1, () => {
      if (!answered) accepted({ ack: 1, t: message.t, ...asTold });
      else this.#pages.tell(phone.number, { kind: 'ack', chatId: message.chatId, id: message.id, ack: 1, ...asTold });
      answered = true;
    });
  }

  /** Somebody writes on the phone itself; its linked pages hear of it. */
  writeOnPhone(phone: Phone, chatId: string, content: Content | string, quoted?: string): Written {
    const id = messageId('android');
    const { type, body, details, mentions } = asContent(content);
    const answered = quoted === undefined ? undefined : phone.chats.get(chatId)?.byId.get(quoted);
    if (quoted !== undefined && answered === undefined) {
      throw new Refusal(404, `There is no message ${quoted} in the chat ${chatId} of ${phone.number}`);
    }
    const draft: DraftRow = {
      id,
      chatId,
      type,
      body,
      ...(details === undefined ? {} : { details }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(answered === undefined ? {} : { quoted: quotedRow(phone, answered) }),
    };
    this.send(phone, draft, undefined, () => {});
    return { id, chatId, t: phone.chats.get(chatId)?.byId.get(id)?.t ?? 0 };
  }

  /** A customer writes one message, to an account or into a group. */
  write(
    from: Customer,
    to: { readonly phone: Phone; readonly group?: string; readonly quoted?: string },
    what: Content | string,
  ): Written {
    const content = asContent(what);
    if (content.body.length > LONGEST_TEXT) throw new Refusal(400, `A text has at most ${LONGEST_TEXT} characters`);
    const id = messageId(from.device);
    const group = to.group === undefined ? undefined : this.#speakIn(to.group, from.number);
    const chatId = to.group ?? chatIdOf(this.#world, from.number);
    const quoted = to.quoted === undefined ? undefined : to.phone.chats.get(chatId)?.byId.get(to.quoted);
    if (to.quoted !== undefined && quoted === undefined) {
      throw new Refusal(404, `There is no message ${to.quoted} between ${from.number} and ${to.phone.number}`);
    }
    const t = Math.floor(this.#world.now() / 1000);
    const phones =
      group === undefined
        ? [to.phone]
        : group.participants.map((number) => this.#world.phones.get(number)).filter((phone) => phone !== undefined);
    for (const phone of phones) {
      if (group === undefined && isBlockedBetween(this.#world, phone, from.number)) {
        this.#world.note('blocked', { phone: phone.number, customer: from.number, chatId, id });
        continue;
      }
      this.#receive(phone, {
        id,
        chatId,
        fromMe: false,
        ...received(content),
        t,
        ...(group === undefined ? {} : { author: from.number }),
        ...(quoted === undefined ? {} : { quoted: quotedRow(to.phone, quoted) }),
      });
    }
    return { id, chatId, t };
  }

  /** A customer opens a chat: everything delivered and unread there turns read. */
  openedBy(customer: string, phone: Phone, chatId: string): number {
    const readable = (phone.chats.get(chatId)?.messages ?? []).filter((message) => {
      const receipt = message.receipts?.[customer];
      return receipt?.deliveredAt !== undefined && receipt.readAt === undefined;
    });
    for (const message of readable) this.#receipts.read(phone, message, customer);
    return readable.length;
  }

  /** An account opens a chat: its unread count goes, and other accounts' ticks turn read. */
  seen(phone: Phone, chatId: string, page: string | undefined): void {
    const chat = phone.chats.get(chatId);
    if (chat === undefined || chat.unreadCount === 0) return;
    // A chat that was only marked as unread has nothing new for anybody.
    const unread = chat.messages.filter((message) => !message.fromMe && chat.unreadCount > 0).slice(-chat.unreadCount);
    this.#world.commit({ c: 'chat', phone: phone.number, id: chatId, unreadCount: 0 });
    this.#world.note('seen', { phone: phone.number, chatId });
    this.#pages.tell(phone.number, { kind: 'chat', chat: chatRow(chat) }, page);
    for (const message of unread) {
      const author = this.#world.phones.get(message.author ?? numberOf(chatId));
      const theirs = author?.chats.get(isGroupId(chatId) ? chatId : userId(phone.number))?.byId.get(message.id);
      if (author !== undefined && theirs !== undefined) this.#receipts.read(author, theirs, phone.number);
    }
  }

  /** After a restart: what was accepted and not delivered goes on its way. */
  resume(): void {
    for (const phone of this.#world.phones.values()) {
      for (const chat of phone.chats.values()) {
        for (const message of chat.messages) {
          for (const number of message.to ?? []) this.#schedule(phone, message, number);
        }
      }
    }
  }

  #recipients(phone: Phone, chatId: string): readonly string[] {
    if (isGroupId(chatId)) {
      const group = this.#speakIn(chatId, phone.number);
      return group.participants.filter((number) => number !== phone.number);
    }
    if (chatId === STATUS_CHAT) return statusAudience(this.#world, phone);
    const number = numberOf(chatId);
    if (!this.#world.customers.has(number) && !this.#world.phones.has(number)) {
      throw new Refusal(404, `${number} is not on the practice network`);
    }
    return [number];
  }

  #speakIn(groupId: string, number: string): Group {
    const group = this.#world.groups.get(groupId);
    if (group === undefined) throw new Refusal(404, `There is no group ${groupId}`);
    requireVoice(group, number);
    return group;
  }

  #schedule(phone: Phone, message: StoredMessage, number: string): void {
    const receipt = message.receipts?.[number];
    if (receipt?.readAt !== undefined || message.withheld?.includes(number) === true) return;
    const customer = this.#world.customers.get(number);
    if (receipt?.deliveredAt === undefined) {
      this.#later(customer?.deliverAfterMs ?? PHONE_DELIVERS_MS, () => this.#deliver(phone, message, number));
    } else if (customer?.autoRead === true) {
      this.#later(customer.readAfterMs, () => this.#receipts.read(phone, message, number));
    }
  }

  #deliver(phone: Phone, message: StoredMessage, number: string): void {
    const customer = this.#world.customers.get(number);
    const other = this.#world.phones.get(number);
    this.#receipts.delivered(phone, message, number);
    if (customer !== undefined) {
      const { chatId, id } = message;
      this.#world.note('delivered', { phone: phone.number, customer: number, chatId, id, body: shownText(message) });
      if (customer.autoRead) this.#later(customer.readAfterMs, () => this.#receipts.read(phone, message, number));
      this.listener?.delivered(customer, phone.number, chatId);
    } else if (other !== undefined) {
      const isShared = isGroupId(message.chatId) || message.chatId === STATUS_CHAT;
      const chatId = isShared ? message.chatId : userId(phone.number);
      const { id, t, quoted, author } = message;
      this.#receive(other, {
        id,
        chatId,
        fromMe: false,
        ...received(message),
        t,
        ...(author === undefined ? {} : { author }),
        ...(quoted === undefined ? {} : { quoted }),
      });
    }
  }

  #receive(phone: Phone, message: StoredMessage): void {
    if (phone.chats.get(message.chatId)?.byId.has(message.id) === true) return;
    this.#world.commit({ c: 'message', phone: phone.number, message, unread: true });
    const customer = message.author ?? numberOf(message.chatId);
    const { chatId, id } = message;
    this.#world.note('received', { phone: phone.number, customer, chatId, id, body: shownText(message) });
    this.#tellMessage(phone, message, undefined);
  }

  #tellMessage(phone: Phone, message: StoredMessage, exceptPage: string | undefined): void {
    const chat = phone.chats.get(message.chatId);
    if (chat === undefined) return;
    const group = this.#world.groups.get(message.chatId);
    this.#pages.tell(
      phone.number,
      {
        kind: 'message',
        message: messageRow(message),
        chat: chatRow(chat),
        contacts: peopleOf(this.#world, message.chatId, phone),
        ...(group === undefined ? {} : { group: groupRow(group, phone.number) }),
      },
      exceptPage,
    );
  }

  #later(ms: number, act: () => void): void {
    this.#world.clock.after(ms, act);
  }
}
