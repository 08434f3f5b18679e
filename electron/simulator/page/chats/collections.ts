import { Collection } from '../core/collection';
import { MsgModel } from '../messages/msg-model';
import type { ChatModel, ChatParts } from './chat-model';

/** Chats show pinned ones first, then the one that spoke last. */
export class ChatCollection extends Collection<ChatModel, [attributes: object, parts: ChatParts]> {
  override getModelsArray(): ChatModel[] {
    return super.getModelsArray().sort((one, other) => other.pin - one.pin || other.t - one.t);
  }
}

type MessageSearch = (
  query: string,
  page: number,
  count: number,
  chatId: string | undefined,
) => Promise<readonly MsgModel[]>;

export class MsgCollection extends Collection<MsgModel> {
  #getById: (ids: readonly (string | undefined)[]) => Promise<readonly MsgModel[]>;
  #search: MessageSearch;

  constructor(getById: (ids: readonly (string | undefined)[]) => Promise<readonly MsgModel[]>, search: MessageSearch) {
    super({ modelClass: MsgModel });
    this.#getById = getById;
    this.#search = search;
  }

  async getMessagesById(ids: readonly (string | undefined)[]): Promise<{ messages: readonly MsgModel[] }> {
    return { messages: await this.#getById(ids) };
  }

  /** From page 1; the network searches, so everything the phone has is found. */
  async search(
    query: string | undefined,
    page = 1,
    count = 50,
    chatId?: string,
  ): Promise<{ messages: readonly MsgModel[] }> {
    return { messages: await this.#search(query ?? '', page, count, chatId) };
  }
}
