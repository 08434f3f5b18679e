import type { AccountEvent, ChatRow, ContactRow, GroupRow, MessageRow, NetworkFrame } from '../../frames';
import { applyAccountEvent } from '../account/account-feed';
import { CallCollection } from '../account/calls';
import { LabelCollection } from '../account/labels';
import { StatusCollection } from '../account/statuses';
import type { ChannelModel } from '../channels/channel-model';
import { ChannelStore } from '../channels/channel-store';
import { Collection } from '../core/collection';
import { MsgKey } from '../core/msg-key';
import { createWid, type Wid } from '../core/wid';
import { applyMessageChange } from '../messages/message-events';
import { attributesOf, MsgModel } from '../messages/msg-model';
import { People } from '../people/people';
import { PresenceCollection } from '../people/presences';
import type { ConnModel } from '../session/conn-model';
import type { Session } from '../session/session';
import { ChatModel, chatPatch } from './chat-model';
import { ChatCollection, MsgCollection } from './collections';
import { ContactModel, contactAttributes } from './contact-model';
import { GroupMetadataModel } from './group-metadata-model';

/** Older messages asked for at once. */
const PAGE_OF_HISTORY = 50;
const STATUS_CHAT = 'status@broadcast';

/** Everything that this account knows, fed by the network. */
export class AccountStore {
  readonly messages = new MsgCollection(
    (ids) => this.#fetchByIds(ids),
    (query, page, count, chatId) => this.#search(query, page, count, chatId),
  );
  readonly chats = new ChatCollection({ modelClass: ChatModel, load: (id) => this.findOrCreate(createWid(id)) });
  readonly people = new People(async (wid) => (await this.#ask(wid)).contact);
  readonly contacts = this.people.contacts;
  readonly groups = new Collection<GroupMetadataModel>({ modelClass: GroupMetadataModel });
  readonly labels = new LabelCollection(
    () => this.chats._models,
    () => this.#session(),
  );
  readonly statuses = new StatusCollection(
    () => this.#status,
    () => this.me,
  );
  readonly presences = new PresenceCollection();
  readonly calls = new CallCollection();
  readonly channels = new ChannelStore(() => this.#session().wire);
  readonly #session: () => Session;
  readonly #conn: ConnModel;
  /** Where status updates are; it is no chat among the others. */
  #status: ChatModel | undefined;
  /** Deleted chats, still there for whoever asks by id, back among the others with their next message. */
  readonly #removed = new Map<string, ChatModel>();

  constructor(conn: ConnModel, session: () => Session) {
    this.#conn = conn;
    this.#session = session;
  }

  get me(): Wid {
    const me = this.#conn.wid;
    if (me === undefined) throw new Error('This page is not linked');
    return me;
  }

  get isBusiness(): boolean {
    return this.#conn.isBusiness;
  }

  get hasPicture(): boolean {
    return this.#conn.hasPicture;
  }

  statusChat(): ChatModel {
    return this.#ensureChat({ id: STATUS_CHAT, t: 0, unreadCount: 0 });
  }

  removeChat(chat: ChatModel): void {
    this.#removed.set(chat.id._serialized, chat);
    this.chats.remove(chat);
  }

  /** Part of the history at start: stored without an event, and a chat's messages replace what was there. */
  sync(frame: Extract<NetworkFrame, { op: 'sync' }>): void {
    this.#people(frame.contacts, frame.groups);
    this.#ensureMe();
    if (frame.labels !== undefined) this.labels.told(frame.labels);
    for (const row of frame.chats) {
      const chat = this.#ensureChat(row);
      chat.msgs.reset();
      chat.set(chatPatch(row));
    }
    for (const row of frame.messages) this.#put(row, false);
    for (const row of frame.chats) this.#noteLast(row.id);
    if (frame.channels !== undefined) this.channels.follow(frame.channels);
    for (const row of frame.posts ?? []) this.#put(row, false);
    for (const row of frame.channels ?? []) this.#noteLast(row.id);
  }

  event(event: AccountEvent, again = false): void {
    if (again) {
      this.#tellAgain(event);
      return;
    }
    switch (event.kind) {
      case 'message':
        this.#people(event.contacts, event.group === undefined ? [] : [event.group]);
        this.#ensureChat(event.chat);
        this.#put(event.message, true);
        this.#noteLast(event.chat.id);
        this.#chatOf(event.chat.id)?.set(chatPatch(event.chat));
        if (event.message.type === 'notification_template') this.#touch(event.message);
        return;
      case 'message-changed':
      case 'message-removed':
      case 'reaction':
      case 'vote':
        applyMessageChange(this, event);
        return;
      case 'ack': {
        const key = new MsgKey({
          fromMe: true,
          remote: event.chatId,
          id: event.id,
          participant: this.#mineIn(event.chatId),
        });
        const model = this.messages.get(key);
        if (event.asTold === true && model?.ack === event.ack) model.trigger('change:ack', model, event.ack, event.ack);
        else model?.updateAck(event.ack, event.asTold === true);
        return;
      }
      case 'group':
        this.applyGroup(event.group);
        return;
      case 'channel':
        this.channels.told(event.channel);
        return;
      case 'channel-gone':
        this.channels.gone(event.id);
        return;
      case 'post':
        this.channels.told(event.channel);
        this.#put(event.message, true);
        this.#noteLast(event.channel.id);
        return;
      case 'chat':
        this.#ensureChat(event.chat).set(chatPatch(event.chat));
        return;
      default:
        applyAccountEvent(this, this.#conn, event);
    }
  }

  /** The same event a second time, as real pages sometimes tell it: nothing changes, and everybody hears of it again. */
  #tellAgain(event: AccountEvent): void {
    if (event.kind === 'message') {
      const { message } = event;
      const model = this.#modelOf(message, true);
      this.messages.trigger('add', model, this.messages);
    } else if (event.kind === 'ack') {
      const participant = this.#mineIn(event.chatId);
      const key = new MsgKey({ fromMe: true, remote: event.chatId, id: event.id, participant });
      const model = this.messages.get(key);
      model?.trigger('change:ack', model, event.ack, event.ack);
    }
  }

  /** A message that an earlier page wrote: back in both lists, without an event. */
  restoreOwn(row: MessageRow): MsgModel {
    this.#ensureChat(this.#chatRowOf(row));
    this.#put(row, false);
    this.#noteLast(row.chatId);
    return this.#modelOf(row, false);
  }

  #chatRowOf({ chatId, t }: MessageRow): ChatRow {
    return { id: chatId, t, unreadCount: 0 };
  }

  /** A message written here: in both lists, in this order, before anybody is told. */
  addOwn(chat: ChatModel, message: MsgModel): void {
    this.#back(chat);
    chat.msgs.add(message, { silent: true });
    chat.set({ t: message.t, lastReceivedKey: message.id });
    this.messages.add(message);
  }

  /** A message that is gone for this account. */
  forget(message: MsgModel): void {
    const chat = this.#chatOf(message.id.remote._serialized);
    chat?.msgs.remove(message);
    this.messages.remove(message);
    if (chat !== undefined) chat.set('lastReceivedKey', chat.msgs.last()?.id);
  }

  keyOf(row: MessageRow): MsgKey {
    const author = row.fromMe ? this.#mineIn(row.chatId) : row.author;
    return new MsgKey({ fromMe: row.fromMe, remote: row.chatId, id: row.id, participant: author });
  }

  async findOrCreate(wid: Wid): Promise<ChatModel> {
    if (wid.isStatus()) return this.statusChat();
    const other = this.people.otherId(wid)?._serialized;
    const known = this.#chatOf(wid._serialized) ?? (other === undefined ? undefined : this.#chatOf(other));
    if (known !== undefined) return known;
    const { contact } = await this.#ask(wid);
    // What WhatsApp Web says today about a number that nobody has.
    if (contact === undefined) throw new Error('No LID for user');
    this.#people([contact], []);
    return this.#ensureChat({ id: contact.id, t: 0, unreadCount: 0 });
  }

  async exists(wid: Wid): Promise<Wid | undefined> {
    const { contact } = await this.#ask(wid);
    if (contact === undefined) return undefined;
    this.#people([contact], []);
    const found = createWid(contact.id);
    // Whoever is asked for by number is answered by number, in the spelling of the service.
    return found.isLid() && !wid.isLid() ? (this.people.otherId(found) ?? wid) : found;
  }

  async loadEarlier(chat: ChatModel): Promise<readonly MsgModel[]> {
    const oldest = chat.msgs._models[0];
    const { messages } = await this.#session().wire.request('history', {
      chatId: chat.id._serialized,
      ...(oldest === undefined ? {} : { beforeId: oldest.id.id }),
      limit: PAGE_OF_HISTORY,
    });
    const models = messages.map((row) => this.#modelOf(row, false));
    this.messages.add(models);
    return chat.msgs.add(models, { atStart: true });
  }

  async #fetchByIds(ids: readonly (string | undefined)[]): Promise<readonly MsgModel[]> {
    const byChat = new Map<string, MsgKey[]>();
    for (const id of ids) {
      // Callers that read the text of a key under a name that this build has given up ask for nothing.
      if (id === undefined) continue;
      const key = MsgKey.fromString(id);
      const chat = key.remote._serialized;
      byChat.set(chat, [...(byChat.get(chat) ?? []), key]);
    }
    for (const [chatId, keys] of byChat) {
      const missing = keys.filter((key) => this.messages.get(key) === undefined).map((key) => key.id);
      if (missing.length === 0) continue;
      const { messages } = await this.#session().wire.request('messages', { chatId, ids: missing });
      // Not into the chat's own list: it has to stay without holes for whoever loads earlier messages.
      this.messages.add(messages.map((row) => this.#modelOf(row, false)));
    }
    return ids.map((id) => this.messages.get(id)).filter((model) => model !== undefined);
  }

  async #search(query: string, page: number, count: number, chatId: string | undefined): Promise<readonly MsgModel[]> {
    const search = { query, page, count, ...(chatId === undefined ? {} : { chatId }) };
    const { messages } = await this.#session().wire.request('search', search);
    const models = messages.map((row) => this.#modelOf(row, false));
    this.messages.add(models);
    return models;
  }

  #ask(wid: Wid): Promise<{ readonly contact?: ContactRow }> {
    return this.#session().wire.request('exists', { id: wid._serialized });
  }

  #people(contacts: readonly ContactRow[], groups: readonly GroupRow[]): void {
    this.people.take(contacts);
    for (const row of groups) this.applyGroup(row);
  }

  /** What the network tells about a group; its name is that of the contact with the same id. */
  applyGroup(row: GroupRow): GroupMetadataModel {
    const metadata = this.groups.get(row.id) ?? new GroupMetadataModel({ id: createWid(row.id) });
    metadata.apply(row);
    this.groups.add(metadata);
    const contact = this.contacts.get(row.id);
    if (contact !== undefined) contact.set('name', row.subject);
    else this.contacts.add(new ContactModel(contactAttributes(metadata.id, { pushname: '', name: row.subject })));
    return metadata;
  }

  #ensureMe(): void {
    if (this.#conn.lid !== undefined) this.people.pair(this.me, this.#conn.lid);
    this.people.contactFor(this.me).set('pushname', this.#conn.pushname ?? '');
  }

  /** A chat by id, whether it is among the others or not. */
  #chatOf(id: string): ChatModel | undefined {
    return this.chats.get(id) ?? (id === STATUS_CHAT ? this.#status : this.#removed.get(id));
  }

  /** A deleted chat is a chat again when something is written in it. */
  #back(chat: ChatModel): void {
    if (this.#removed.delete(chat.id._serialized)) this.chats.add(chat);
  }

  #ensureChat(row: ChatRow): ChatModel {
    const known = this.#chatOf(row.id);
    if (known !== undefined) {
      this.#back(known);
      return known;
    }
    const id = createWid(row.id);
    const chat = new ChatModel(
      { id, ...chatPatch(row) },
      {
        // The list of everybody is nobody's contact.
        contact: id.isStatus() ? new ContactModel(contactAttributes(id, { pushname: '' })) : this.people.contactFor(id),
        groupMetadata: this.groups.get(id),
        me: () => this.#conn.wid,
        mute: async (muteExpiration) => {
          await this.#session().wire.request('chatSet', { chatId: row.id, muteExpiration }, { lasting: true });
        },
      },
    );
    if (id.isStatus()) this.#status = chat;
    else this.chats.add(chat);
    return chat;
  }

  /** WhatsApp Web changes such a notice once more after it has come, which is what callers hear of it. */
  #touch(row: MessageRow): void {
    this.messages.get(this.keyOf(row))?.set('viewed', true);
  }

  #put(row: MessageRow, isNewMsg: boolean): void {
    const model = this.#modelOf(row, isNewMsg);
    this.#holderOf(row.chatId)?.msgs.add(model, { silent: true });
    this.messages.add(model);
  }

  /** The one instance for this message; what the network tells anew about a known one is taken over. */
  #modelOf(row: MessageRow, isNewMsg: boolean): MsgModel {
    const key = this.keyOf(row);
    const known = this.messages.get(key);
    if (known === undefined) return new MsgModel(attributesOf(row, key, { me: this.#meIn(row.chatId), isNewMsg }));
    known.refresh(row, { me: this.#meIn(row.chatId), isNewMsg: false });
    return known;
  }

  /** Where others are met by hidden id, this account is known by its own. */
  #meIn(chatId: string): Wid {
    return chatId.endsWith('@lid') ? (this.#conn.lid ?? this.me) : this.me;
  }

  #mineIn(chatId: string): Wid | undefined {
    const chat = createWid(chatId);
    return chat.isGroup() || chat.isStatus() ? this.me : undefined;
  }

  #holderOf(chatId: string): ChatModel | ChannelModel | undefined {
    return this.#chatOf(chatId) ?? this.channels.channels.get(chatId);
  }

  #noteLast(chatId: string): void {
    const chat = this.#holderOf(chatId);
    const last = chat?.msgs.last();
    if (chat !== undefined && last !== undefined) chat.set('lastReceivedKey', last.id);
  }
}
