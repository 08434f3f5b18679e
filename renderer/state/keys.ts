import type { Chat } from '../../electron/contract/entities/chat';
import type { Message } from '../../electron/contract/entities/message';
import type { AccountId, ChatId } from '../../electron/contract/ids';

/** Names a chat across accounts. Ids of accounts hold no slash. */
export type ChatKey = `${string}/${string}`;

export const chatKey = (accountId: AccountId, chatId: ChatId): ChatKey => `${accountId}/${chatId}`;

export const keyOfChat = (chat: Pick<Chat, 'accountId' | 'id'>): ChatKey => chatKey(chat.accountId, chat.id);

/** The ids in a key. Keys are only ever made by {@link chatKey}, so the parts are ids again. */
export const partsOfChatKey = (key: ChatKey): { readonly accountId: AccountId; readonly chatId: ChatId } => {
  const slash = key.indexOf('/');
  return { accountId: key.slice(0, slash) as AccountId, chatId: key.slice(slash + 1) as ChatId };
};

/** Names a message within its chat: WhatsApp's ids are unique per chat and direction. */
export const messageKey = (message: Pick<Message, 'id' | 'fromMe'>): string =>
  `${message.fromMe ? 'out' : 'in'}:${message.id}`;
