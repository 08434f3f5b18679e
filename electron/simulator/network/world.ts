import type { LinkPreviewRow } from '../message-frames';
import { accountSnapshot, applyAccountChange } from './accounts/account-changes';
import { emptyProfile, NEW_CHAT } from './accounts/account-state';
import { ChannelShelves } from './channels/channel-state';
import { Clock } from './clock';
import { type Group, newGroup } from './groups/group-state';
import type { Change, Chat, Customer, LedgerEntry, LedgerKind, Phone, StoredMessage } from './state';

/** Where changes are written down; without a file they are not. */
export interface ChangeLog {
  append(change: Change): void;
  /** Everything appended so far is with the operating system when this returns. */
  flush(): void;
}

/**
 * The whole state of the network. It changes through `commit` only, so what is in memory and what is in the file cannot
 * drift apart.
 */
export class World {
  readonly phones = new Map<string, Phone>();
  readonly customers = new Map<string, Customer>();
  readonly groups = new Map<string, Group>();
  readonly channels = new ChannelShelves();
  /** Pictures that accounts have set, of phones and groups by id, as data URLs. */
  readonly pictures = new Map<string, string>();
  readonly ledger: LedgerEntry[] = [];
  /** What the service knows about pages on the web, by address. */
  readonly linkPreviews = new Map<string, LinkPreviewRow>();
  readonly clock: Clock;
  readonly now: () => number;
  readonly #log: ChangeLog;

  constructor(log: ChangeLog, past: Iterable<Change> = [], now: () => number = Date.now) {
    this.clock = new Clock(now);
    this.now = this.clock.now;
    this.#log = log;
    for (const change of past) this.#apply(change);
  }

  commit(change: Change): void {
    this.#apply(change);
    this.#log.append(change);
  }

  flush(): void {
    this.#log.flush();
  }

  note(kind: LedgerKind, about: Omit<LedgerEntry, 'seq' | 'at' | 'kind'>): void {
    const seq = (this.ledger.at(-1)?.seq ?? 0) + 1;
    this.commit({ c: 'ledger', entry: { seq, at: this.now(), kind, ...about } });
  }

  /** The state as the shortest list of changes that leads to it. */
  *snapshot(): Generator<Change> {
    for (const customer of this.customers.values()) yield { c: 'customer', customer };
    for (const group of this.groups.values()) yield { c: 'group', group };
    yield* this.channels.snapshot();
    for (const phone of this.phones.values()) {
      yield { c: 'phone', number: phone.number, pushname: phone.pushname, lid: phone.lid };
      for (const device of phone.devices.values()) yield { c: 'device', phone: phone.number, device };
      for (const chat of phone.chats.values()) {
        yield { c: 'history', phone: phone.number, chat: chat.id, messages: chat.messages };
        yield { c: 'chat', phone: phone.number, id: chat.id, unreadCount: chat.unreadCount, t: chat.t };
      }
      yield* accountSnapshot(phone);
    }
    for (const [id, url] of this.pictures) yield { c: 'picture', id, url };
    for (const [url, preview] of this.linkPreviews) yield { c: 'link-preview', url, preview };
    for (const entry of this.ledger) yield { c: 'ledger', entry };
  }

  #apply(change: Change): void {
    switch (change.c) {
      case 'phone': {
        const known = this.phones.get(change.number);
        if (known !== undefined) known.pushname = change.pushname;
        else {
          const { number, pushname, lid } = change;
          const profile = emptyProfile();
          this.phones.set(number, { number, pushname, lid, devices: new Map(), chats: new Map(), profile });
        }
        return;
      }
      case 'device':
        this.phones.get(change.phone)?.devices.set(change.device.id, change.device);
        return;
      case 'device-gone':
        this.phones.get(change.phone)?.devices.delete(change.id);
        return;
      case 'customer':
        this.customers.set(change.customer.number, change.customer);
        return;
      case 'group':
        // A file of an earlier version lacks what groups have got since.
        this.groups.set(change.group.id, newGroup(change.group));
        return;
      case 'channel':
      case 'channel-gone':
      case 'post':
      case 'post-changed':
        this.channels.apply(change);
        return;
      case 'chat': {
        const chat = this.#chat(change.phone, change.id);
        if (chat !== undefined && change.unreadCount !== undefined) chat.unreadCount = change.unreadCount;
        if (chat !== undefined && change.t !== undefined) chat.t = Math.max(chat.t, change.t);
        return;
      }
      case 'message': {
        const chat = this.#chat(change.phone, change.message.chatId);
        if (chat === undefined) return;
        add(chat, change.message);
        if (change.unread === true) chat.unreadCount = Math.max(0, chat.unreadCount) + 1;
        return;
      }
      case 'message-changed': {
        const known = this.phones.get(change.phone)?.chats.get(change.message.chatId)?.byId.get(change.message.id);
        if (known !== undefined) become(known, change.message);
        return;
      }
      case 'message-gone': {
        const chat = this.phones.get(change.phone)?.chats.get(change.chat);
        if (chat?.byId.delete(change.id) === true) {
          chat.messages = chat.messages.filter((message) => message.id !== change.id);
        }
        return;
      }
      case 'link-preview':
        this.linkPreviews.set(change.url, change.preview);
        return;
      case 'history': {
        const chat = this.#chat(change.phone, change.chat);
        if (chat === undefined) return;
        for (const message of change.messages) add(chat, message);
        chat.messages.sort((one, other) => one.t - other.t);
        return;
      }
      case 'receipt': {
        const message = this.phones.get(change.phone)?.chats.get(change.chat)?.byId.get(change.id);
        if (message === undefined) return;
        message.receipts = {
          ...message.receipts,
          [change.by]: { ...message.receipts?.[change.by], ...change.receipt },
        };
        return;
      }
      case 'ledger':
        this.ledger.push(change.entry);
        return;
      default:
        applyAccountChange(this, change);
    }
  }

  #chat(phoneNumber: string, id: string): Chat | undefined {
    const phone = this.phones.get(phoneNumber);
    if (phone === undefined) return undefined;
    let chat = phone.chats.get(id);
    if (chat === undefined) {
      chat = { id, messages: [], byId: new Map(), unreadCount: 0, t: 0, settings: { ...NEW_CHAT } };
      phone.chats.set(id, chat);
    }
    return chat;
  }
}

/** In place: whoever is carrying the message at this moment goes on with what it is now. */
function become(known: StoredMessage, next: StoredMessage): void {
  for (const name of Object.keys(known)) if (!(name in next)) Reflect.deleteProperty(known, name);
  Object.assign(known, next);
}

function add(chat: Chat, message: StoredMessage): void {
  if (chat.byId.has(message.id)) return;
  chat.byId.set(message.id, message);
  chat.messages.push(message);
  chat.t = Math.max(chat.t, message.t);
}
