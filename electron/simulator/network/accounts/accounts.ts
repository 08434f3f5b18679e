import type { ContactRow } from '../../frames';
import { isChannelId, isGroupId, numberOf, userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { codeText } from '../random';
import { Refusal } from '../refusal';
import { chatRow, meRow } from '../rows';
import type { Chat, Phone } from '../state';
import type { World } from '../world';
import { type ChatSettings, isBusinessPlatform, type Platform } from './account-state';
import { avatarOf } from './avatar';
import { personBehind, showsProfileTo } from './people';

/** What WhatsApp Business begins with. */
const FIRST_LABELS = [
  { id: '1', name: 'New customer', hexColor: '#25D366' },
  { id: '2', name: 'New order', hexColor: '#FFD279' },
  { id: '3', name: 'Pending payment', hexColor: '#FF9485' },
  { id: '4', name: 'Paid', hexColor: '#D3A91D' },
  { id: '5', name: 'Order complete', hexColor: '#7ACCA5' },
];

/** Messages that a phone hands over at once when a device asks for more. */
const RELEASED_AT_ONCE = 50;

export interface ChatWish {
  readonly archived?: boolean;
  readonly pinned?: boolean;
  readonly muteExpiration?: number;
  readonly unread?: true;
}

/** What an account does with its chats, its people and itself, on a page or on the phone; every linked page hears of it. */
export class Accounts {
  readonly #world: World;
  readonly #pages: PageSessions;
  /** Told when an account has changed the picture of a group; checks first whether it may. */
  groupPicture: { allow(phone: Phone, group: string): void; changed(phone: Phone, group: string): void } | undefined;

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.#pages = pages;
  }

  setChat(phone: Phone, chatId: string, wish: ChatWish): void {
    const chat = this.#chat(phone, chatId);
    if (wish.unread === true) this.#world.commit({ c: 'chat', phone: phone.number, id: chatId, unreadCount: -1 });
    const settings: Partial<ChatSettings> = {
      ...(wish.archived === undefined ? {} : { archived: wish.archived }),
      ...(wish.pinned === undefined ? {} : { pin: wish.pinned ? this.#seconds() : 0 }),
      // A chat cannot be put away and kept on top.
      ...(wish.archived === true ? { pin: 0 } : {}),
      ...(wish.pinned === true ? { archived: false } : {}),
      ...(wish.muteExpiration === undefined ? {} : { muteExpiration: wish.muteExpiration }),
    };
    this.#settle(phone, chat, settings);
  }

  emptyChat(phone: Phone, chatId: string, gone: boolean): void {
    if (!phone.chats.has(chatId)) return;
    this.#world.commit({ c: 'chat-emptied', phone: phone.number, id: chatId, gone });
    this.#pages.tell(phone.number, { kind: 'chat-emptied', chatId, gone });
  }

  /** Hands older messages over to the devices, the newest of them first. */
  releaseHistory(phone: Phone, chatId: string): void {
    const chat = this.#chat(phone, chatId);
    const keptBack = Math.max(0, chat.settings.keptBack - RELEASED_AT_ONCE);
    this.#settle(phone, chat, { keptBack });
  }

  changeLabels(
    phone: Phone,
    actions: readonly { readonly id: string; readonly type: 'add' | 'remove' }[],
    chatIds: readonly string[],
  ): void {
    if (!isBusinessPlatform(phone.profile.platform)) throw new Refusal(403, 'Only WhatsApp Business has labels');
    for (const { id } of actions) {
      if (!phone.profile.labels.has(id)) throw new Refusal(404, `There is no label ${id}`);
    }
    for (const chatId of chatIds) {
      const chat = this.#chat(phone, chatId);
      const labels = new Set(chat.settings.labels);
      for (const { id, type } of actions) {
        if (type === 'add') labels.add(id);
        else labels.delete(id);
      }
      this.#settle(phone, chat, { labels: [...labels] });
    }
  }

  createLabel(phone: Phone, name: string, hexColor: string): string {
    if (!isBusinessPlatform(phone.profile.platform)) throw new Refusal(409, 'Only WhatsApp Business has labels');
    const id = String(Math.max(0, ...[...phone.profile.labels.keys()].map(Number)) + 1);
    this.#world.commit({ c: 'label', phone: phone.number, label: { id, name, hexColor } });
    this.#tellLabels(phone);
    return id;
  }

  deleteLabel(phone: Phone, id: string): void {
    if (!phone.profile.labels.has(id)) throw new Refusal(404, `There is no label ${id}`);
    const marked = [...phone.chats.values()].filter((chat) => chat.settings.labels.includes(id));
    this.#world.commit({ c: 'label-gone', phone: phone.number, id });
    this.#tellLabels(phone);
    for (const chat of marked) this.#pages.tell(phone.number, { kind: 'chat', chat: chatRow(chat) });
  }

  block(phone: Phone, id: string, blocked: boolean): void {
    const number = this.#person(phone, id);
    this.#world.commit({ c: 'blocked', phone: phone.number, number, blocked });
    this.tellContact(phone, id);
  }

  /** Somebody in or out (`name` absent) of the phone's address book. */
  writeInBook(phone: Phone, number: string, name: string | undefined): void {
    this.#world.commit({ c: 'book', phone: phone.number, number, ...(name === undefined ? {} : { name }) });
    this.tellContact(phone, userId(number));
  }

  note(phone: Phone, id: string, content: string): void {
    if (!isBusinessPlatform(phone.profile.platform)) throw new Refusal(403, 'Only WhatsApp Business has notes');
    const number = this.#person(phone, id);
    const known = phone.profile.notes.get(number);
    const now = this.#seconds();
    const note = { id: known?.id ?? codeText(20), content, createdAt: known?.createdAt ?? now, modifiedAt: now };
    this.#world.commit({ c: 'note', phone: phone.number, number, note });
  }

  setProfile(phone: Phone, wish: { readonly pushname?: string; readonly about?: string }): void {
    const { number, lid } = phone;
    if (wish.about !== undefined) this.#world.commit({ c: 'profile', phone: number, about: wish.about });
    if (wish.pushname !== undefined) this.#world.commit({ c: 'phone', number, pushname: wish.pushname, lid });
    this.tellMe(phone);
  }

  setPhone(
    phone: Phone,
    wish: { readonly platform?: Platform; readonly battery?: { readonly percent: number; readonly plugged: boolean } },
  ): void {
    this.#world.commit({ c: 'profile', phone: phone.number, ...wish });
    if (isBusinessPlatform(phone.profile.platform) && phone.profile.labels.size === 0) {
      for (const label of FIRST_LABELS) this.#world.commit({ c: 'label', phone: phone.number, label });
      this.#tellLabels(phone);
    }
    this.tellMe(phone);
  }

  /** The picture of a person or a group as this account may see it. */
  picture(phone: Phone, id: string): string {
    const group = isGroupId(id) ? this.#world.groups.get(id) : undefined;
    const number = numberOf(id);
    const isPublic = group !== undefined || isChannelId(id);
    const shown = isPublic || showsProfileTo(this.#world, phone, number);
    if (!shown) throw new Refusal(401, `${id} does not show its picture to ${phone.number}`);
    const customer = this.#world.customers.get(number);
    const url =
      this.#world.pictures.get(isPublic ? id : userId(number)) ??
      (customer?.hasPicture === true ? avatarOf(number) : undefined);
    if (url === undefined) throw new Refusal(404, `${id} has no picture`);
    return url;
  }

  setPicture(phone: Phone, id: string, url: string | undefined): void {
    const isGroup = isGroupId(id);
    if (isGroup) this.groupPicture?.allow(phone, id);
    else if (numberOf(id) !== phone.number)
      throw new Refusal(403, `${phone.number} cannot change the picture of ${id}`);
    const key = isGroup ? id : userId(phone.number);
    this.#world.commit({ c: 'picture', id: key, ...(url === undefined ? {} : { url }) });
    if (isGroup) this.groupPicture?.changed(phone, id);
    else this.tellMe(phone);
  }

  about(phone: Phone, id: string): string {
    const number = numberOf(id);
    if (!showsProfileTo(this.#world, phone, number)) throw new Refusal(401, `${id} does not show its text`);
    const about = this.#world.customers.get(number)?.about ?? this.#world.phones.get(number)?.profile.about;
    if (about === undefined) throw new Refusal(404, `${id} is not on the practice network`);
    return about;
  }

  tellMe(phone: Phone): void {
    this.#pages.tell(phone.number, { kind: 'me', me: meRow(this.#world, phone) });
  }

  tellContact(phone: Phone, id: string): void {
    const contact: ContactRow | undefined = personBehind(this.#world, id, phone);
    if (contact !== undefined) this.#pages.tell(phone.number, { kind: 'contacts', contacts: [contact] });
  }

  #person(phone: Phone, id: string): string {
    const row = personBehind(this.#world, id, phone);
    if (row === undefined) throw new Refusal(404, `${id} is not on the practice network`);
    return numberOf(row.id);
  }

  #tellLabels(phone: Phone): void {
    this.#pages.tell(phone.number, { kind: 'labels', labels: [...phone.profile.labels.values()] });
  }

  #chat(phone: Phone, chatId: string): Chat {
    this.#world.commit({ c: 'chat', phone: phone.number, id: chatId });
    const chat = phone.chats.get(chatId);
    if (chat === undefined) throw new Error(`The chat ${chatId} was not created`);
    return chat;
  }

  #settle(phone: Phone, chat: Chat, settings: Partial<ChatSettings>): void {
    this.#world.commit({ c: 'chat-settings', phone: phone.number, id: chat.id, settings });
    this.#pages.tell(phone.number, { kind: 'chat', chat: chatRow(chat) });
  }

  #seconds(): number {
    return Math.floor(this.#world.now() / 1000);
  }
}
