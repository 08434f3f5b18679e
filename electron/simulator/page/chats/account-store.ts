import type { AccountEvent, ChatRow, ContactRow, GroupRow, MessageRow, NetworkFrame } from '../../frames';
import { Collection } from '../core/collection';
import { MsgKey } from '../core/msg-key';
import { createWid, type Wid } from '../core/wid';
import { attributesOf, MsgModel } from '../messages/msg-model';
import type { ConnModel } from '../session/conn-model';
import type { Session } from '../session/session';
import { ChatModel, type ChatParts } from './chat-model';
import { ContactModel, contactAttributes } from './contact-model';
import { GroupMetadataModel } from './group-metadata-model';

/** Older messages asked for at once. */
const PAGE_OF_HISTORY = 50;

/** Chats show pinned ones first, then the one that spoke last. */
class ChatCollection extends Collection<ChatModel, [attributes: object, parts: ChatParts]> {
  override getModelsArray(): ChatModel[] {
    return super.getModelsArray().sort((one, other) => other.pin - one.pin || other.t - one.t);
  }
}

class MsgCollection extends Collection<MsgModel> {
  #getById: (ids: readonly string[]) => Promise<readonly MsgModel[]>;

  constructor(getById: (ids: readonly string[]) => Promise<readonly MsgModel[]>) {
    super({ modelClass: MsgModel });
    this.#getById = getById;
  }

  async getMessagesById(ids: readonly string[]): Promise<{ messages: readonly MsgModel[] }> {
    return { messages: await this.#getById(ids) };
  }

  search(): never {
    throw new Error('WAWebCollections.Msg.search is not offered by the practice network yet');
  }
}

/** Everything that this account knows, fed by the network. */
export class AccountStore {
  readonly messages = new MsgCollection((ids) => this.#fetchByIds(ids));
  readonly chats = new ChatCollection({ modelClass: ChatModel, load: (id) => this.findOrCreate(createWid(id)) });
  readonly contacts = new Collection<ContactModel>({ modelClass: ContactModel, load: (id) => this.#fetchContact(id) });
  readonly groups = new Collection<GroupMetadataModel>({ modelClass: GroupMetadataModel });
  readonly #session: () => Session;
  readonly #conn: ConnModel;

  constructor(conn: ConnModel, session: () => Session) {
    this.#conn = conn;
    this.#session = session;
  }

  get me(): Wid {
    const me = this.#conn.wid;
    if (me === undefined) throw new Error('This page is not linked');
    return me;
  }

  /** Part of the history at start: stored without an event, and a chat's messages replace what was there. */
  sync(frame: Extract<NetworkFrame, { op: 'sync' }>): void {
    this.#people(frame.contacts, frame.groups);
    this.#ensureMe();
    for (const row of frame.chats) {
      const chat = this.#ensureChat(row);
      chat.msgs.reset();
      chat.set(chatPatch(row));
    }
    for (const row of frame.messages) this.#put(row, false);
    for (const row of frame.chats) this.#noteLast(row.id);
  }

  event(event: AccountEvent): void {
    switch (event.kind) {
      case 'message':
        this.#people(event.contacts, event.group === undefined ? [] : [event.group]);
        this.#ensureChat(event.chat);
        this.#put(event.message, true);
        this.#noteLast(event.chat.id);
        this.chats.get(event.chat.id)?.set(chatPatch(event.chat));
        return;
      case 'ack': {
        const key = new MsgKey({
          fromMe: true,
          remote: event.chatId,
          id: event.id,
          participant: this.#mineIn(event.chatId),
        });
        this.messages.get(key._serialized)?.updateAck(event.ack);
        return;
      }
      case 'chat':
        this.#ensureChat(event.chat).set(chatPatch(event.chat));
        return;
    }
  }

  /** A message written here: in both lists, in this order, before anybody is told. */
  addOwn(chat: ChatModel, message: MsgModel): void {
    chat.msgs.add(message, { silent: true });
    chat.set({ t: message.t, lastReceivedKey: message.id });
    this.messages.add(message);
  }

  async findOrCreate(wid: Wid): Promise<ChatModel> {
    const known = this.chats.get(wid);
    if (known !== undefined) return known;
    const { contact } = await this.#session().wire.request('exists', { id: wid._serialized });
    // What WhatsApp Web says today about a number that nobody has.
    if (contact === undefined) throw new Error('No LID for user');
    this.#people([contact], []);
    return this.#ensureChat({ id: contact.id, t: 0, unreadCount: 0 });
  }

  async exists(wid: Wid): Promise<Wid | undefined> {
    const { contact } = await this.#session().wire.request('exists', { id: wid._serialized });
    return contact === undefined ? undefined : createWid(contact.id);
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

  async #fetchByIds(ids: readonly string[]): Promise<readonly MsgModel[]> {
    const byChat = new Map<string, MsgKey[]>();
    for (const id of ids) {
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

  async #fetchContact(id: string): Promise<ContactModel> {
    const wid = createWid(id);
    const known = this.contacts.get(wid);
    if (known !== undefined) return known;
    const { contact } = await this.#session().wire.request('exists', { id: wid._serialized });
    if (contact !== undefined) this.#people([contact], []);
    else this.contacts.add(new ContactModel(contactAttributes(wid, { pushname: '' })));
    return this.contacts.get(wid) as ContactModel;
  }

  #people(contacts: readonly ContactRow[], groups: readonly GroupRow[]): void {
    for (const row of contacts) {
      const { id, ...rest } = row;
      const known = this.contacts.get(id);
      if (known !== undefined) known.set(contactAttributes(known.id, rest));
      else this.contacts.add(new ContactModel(contactAttributes(createWid(id), rest)));
    }
    for (const row of groups) {
      const metadata = this.groups.get(row.id) ?? new GroupMetadataModel({ id: createWid(row.id) });
      metadata.apply(row);
      this.groups.add(metadata);
      const contact = this.contacts.get(row.id);
      if (contact !== undefined) contact.set('name', row.subject);
      else this.contacts.add(new ContactModel(contactAttributes(metadata.id, { pushname: '', name: row.subject })));
    }
  }

  #ensureMe(): void {
    if (this.contacts.get(this.me) !== undefined) return;
    this.contacts.add(new ContactModel(contactAttributes(this.me, { pushname: this.#conn.pushname ?? '' })));
  }

  #ensureChat(row: ChatRow): ChatModel {
    const known = this.chats.get(row.id);
    if (known !== undefined) return known;
    const id = createWid(row.id);
    let contact = this.contacts.get(id);
    if (contact === undefined) {
      contact = new ContactModel(contactAttributes(id, { pushname: '' }));
      this.contacts.add(contact);
    }
    const parts: ChatParts = { contact, groupMetadata: this.groups.get(id), me: () => this.#conn.wid };
    const chat = new ChatModel({ id, ...chatPatch(row) }, parts);
    this.chats.add(chat);
    return chat;
  }

  #put(row: MessageRow, isNewMsg: boolean): void {
    const model = this.#modelOf(row, isNewMsg);
    this.chats.get(row.chatId)?.msgs.add(model, { silent: true });
    this.messages.add(model);
  }

  /** The one instance for this message; what the network tells anew about a known one is taken over. */
  #modelOf(row: MessageRow, isNewMsg: boolean): MsgModel {
    const author = row.fromMe ? this.#mineIn(row.chatId) : row.author;
    const key = new MsgKey({ fromMe: row.fromMe, remote: row.chatId, id: row.id, participant: author });
    const known = this.messages.get(key);
    if (known === undefined) return new MsgModel(attributesOf(row, key, { me: this.me, isNewMsg }));
    known.updateAck(row.ack);
    return known;
  }

  #mineIn(chatId: string): Wid | undefined {
    return createWid(chatId).isGroup() ? this.me : undefined;
  }

  #noteLast(chatId: string): void {
    const chat = this.chats.get(chatId);
    const last = chat?.msgs.last();
    if (chat !== undefined && last !== undefined) chat.set('lastReceivedKey', last.id);
  }
}

function chatPatch(row: ChatRow): object {
  return { t: row.t, unreadCount: row.unreadCount };
}
