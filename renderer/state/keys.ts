import type { Chat } from '../../electron/contract/entities/chat';
import type { Message } from '../../electron/contract/entities/message';
import type { Send } from '../../electron/contract/entities/send';
import type { AccountId, ChatId, MessageId } from '../../electron/contract/ids';

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

/** Names a row of an outbox across accounts. */
export type SendKey = `${ChatKey}/${string}`;

export const sendKey = (accountId: AccountId, chatId: ChatId, messageId: MessageId): SendKey =>
  `${chatKey(accountId, chatId)}/${messageId}`;

export const keyOfSend = (send: Pick<Send, 'accountId' | 'chatId' | 'messageId'>): SendKey =>
  sendKey(send.accountId, send.chatId, send.messageId);

/** The ids in a key. Keys are only ever made by {@link sendKey}, and no id holds a slash. */
export const partsOfSendKey = (
  key: SendKey,
): { readonly accountId: AccountId; readonly chatId: ChatId; readonly messageId: MessageId } => {
  const [accountId = '', chatId = '', messageId = ''] = key.split('/');
  return { accountId: accountId as AccountId, chatId: chatId as ChatId, messageId: messageId as MessageId };
};
