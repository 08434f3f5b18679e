import type { ChatModel } from '../chats/chat-model';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import type { Wid } from '../core/wid';
import type { MsgModel } from '../messages/msg-model';

/** Seconds that a status is shown. */
const LASTS_S = 86_400;

/** The status updates of one person that still show. */
export class StatusModel extends Model {
  declare readonly id: Wid;
  readonly #messages: () => readonly MsgModel[];
  readonly #unread: () => ReadonlySet<MsgModel>;

  constructor(id: Wid, messages: () => readonly MsgModel[], unread: () => ReadonlySet<MsgModel>) {
    super({ id });
    this.#messages = messages;
    this.#unread = unread;
  }

  override serialize(): Record<string, unknown> {
    const messages = this.#messages();
    const unread = this.#unread();
    return {
      ...super.serialize(),
      t: messages.at(-1)?.t,
      totalCount: messages.length,
      unreadCount: messages.filter((message) => unread.has(message)).length,
      msgs: messages.map((message) => message.serialize()),
    };
  }
}

/** Who has posted a status, seen through the messages of the status chat. */
export class StatusCollection extends Collection<StatusModel, ConstructorParameters<typeof StatusModel>> {
  readonly #chat: () => ChatModel | undefined;
  readonly #me: () => Wid;

  constructor(chat: () => ChatModel | undefined, me: () => Wid) {
    super({ modelClass: StatusModel });
    this.#chat = chat;
    this.#me = me;
  }

  override getModelsArray(): StatusModel[] {
    const authors = new Map(this.#shown().map((message) => [String(message.author), message.author]));
    return [...authors.values()].filter((author) => author !== undefined).map((author) => this.#of(author));
  }

  override get(id: unknown): StatusModel | undefined {
    return this.getModelsArray().find((status) => status.id.equals(id));
  }

  getMyStatus(): StatusModel {
    return this.#of(this.#me());
  }

  #of(author: Wid): StatusModel {
    const messages = () => this.#shown().filter((message) => message.author?.equals(author) === true);
    return new StatusModel(author, messages, () => this.#unread());
  }

  #shown(): readonly MsgModel[] {
    const since = Date.now() / 1000 - LASTS_S;
    return (this.#chat()?.msgs._models ?? []).filter((message) => message.t > since && message.type !== 'revoked');
  }

  /** The newest ones of others, as many as the chat counts. */
  #unread(): ReadonlySet<MsgModel> {
    const count = this.#chat()?.unreadCount ?? 0;
    const others = (this.#chat()?.msgs._models ?? []).filter((message) => !message.id.fromMe);
    return new Set(count > 0 ? others.slice(-count) : []);
  }
}
