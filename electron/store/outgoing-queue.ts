import { isDeepStrictEqual } from 'node:util';
import type { OpenSend, Outgoing, StoredSend } from '../application/ports/outbox-store';
import type { Chat } from '../contract/entities/chat';
import type { Message } from '../contract/entities/message';
import type { AccountId, ChatId } from '../contract/ids';
import { limits } from '../contract/limits';
import { statusFeed } from '../domain/chat-identity';
import { shownAs } from '../domain/outgoing-message';
import type { ChatTable } from './chat-table';
import type { MessageTable } from './message-table';
import type { OutboxTable } from './outbox-table';
import { storeError } from './store-errors';

export interface Queued {
  readonly message: Message;
  readonly chat: Chat;
  readonly send: OpenSend;
  readonly created: boolean;
}

/** A chat with one person needs nobody's permission to begin, so WhatsApp makes it with the first message; statuses have no chat. */
export const needsNoChat = (chatId: ChatId): boolean => chatId === statusFeed || /@(c\.us|lid)$/.test(chatId);

/**
 * Accepts a message: its row, its place in the conversation and, for a person, the chat. Runs inside whatever transaction
 * the caller began, and leaves that to be undone when it throws.
 */
export const createOutgoingQueue = (
  accountId: AccountId,
  tables: { readonly outbox: OutboxTable; readonly messages: MessageTable; readonly chats: ChatTable },
): ((outgoing: Outgoing) => Queued) => {
  const { outbox, messages, chats } = tables;

  const answer = (send: StoredSend, message: Message, created: boolean): Queued => ({
    message,
    chat: chats.get(send.chatId),
    send: { ...send, isKnownChat: chats.isKnown(send.chatId) },
    created,
  });

  const known = (first: StoredSend, outgoing: Outgoing): Queued => {
    const isSame =
      first.chatId === outgoing.chatId &&
      first.quotedMessageId === outgoing.quotedMessageId &&
      isDeepStrictEqual(first.content, JSON.parse(JSON.stringify(outgoing.content)));
    const message = messages.find(first.chatId, first.messageId, true);
    if (isSame && message !== undefined) return answer(first, message, false);
    throw storeError(
      'IDEMPOTENCY_KEY_REUSED',
      accountId,
      isSame
        ? 'the message with this idempotency key was cancelled: nothing was sent, use a new key to send it after all'
        : 'this idempotency key was already used for another message: nothing was sent, use a new key',
    );
  };

  return (outgoing) => {
    const { chatId, messageId, idempotencyKey } = outgoing;
    // The id counts as a key too: a caller that did not hear the answer may ask again.
    const first =
      (idempotencyKey === undefined ? undefined : outbox.findByKey(idempotencyKey)) ?? outbox.find(chatId, messageId);
    if (first !== undefined) return known(first, outgoing);
    if (outbox.counts().waiting >= limits.waitingSends) {
      throw storeError(
        'OUTBOX_FULL',
        accountId,
        `${limits.waitingSends} messages wait already, which is the most: wait until some have left, or cancel some`,
      );
    }
    if (needsNoChat(chatId)) chats.ensure(chatId);
    else chats.get(chatId);
    const send = outbox.insert(outgoing);
    const { type, body } = shownAs(send.content);
    const message = messages.insert({
      id: messageId,
      chatId,
      fromMe: true,
      type,
      body: body.toWellFormed(),
      timestampMs: outgoing.timestampMs,
      status: 'pending',
    });
    chats.refreshLastMessage(chatId);
    return answer(send, message, true);
  };
};
