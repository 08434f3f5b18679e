import type { Chat } from '../contract/entities/chat';
import { OperationError } from '../contract/errors';
import { limits } from '../contract/limits';
import type { MessageStore } from './ports/message-store';

/** How much a caller expects to mark as read at most. */
export interface UnreadBounds {
  readonly messages: number | undefined;
  readonly days: number | undefined;
}

interface Look {
  readonly store: Pick<MessageStore, 'listMessages'>;
  readonly label: string;
  readonly nowMs: number;
}

const dayMs = 86_400_000;

/** Whether something unread is older than this moment; undefined when it is not all stored here. What came last is what is unread. */
const hasUnreadBefore = async (
  { accountId, id: chatId, unreadCount }: Chat,
  momentMs: number,
  store: Look['store'],
): Promise<boolean | undefined> => {
  let left = unreadCount;
  let cursor: string | undefined;
  do {
    const page = await store.listMessages({ accountId, chatId, cursor, limit: limits.pageSize });
    // WhatsApp does not count what it says itself.
    const received = page.messages.filter(({ fromMe, type }) => !fromMe && type !== 'notification').toReversed();
    const unread = received.slice(0, left);
    if (unread.some(({ timestampMs }) => timestampMs < momentMs)) return true;
    left -= unread.length;
    cursor = page.olderCursor;
  } while (left > 0 && cursor !== undefined);
  return left > 0 ? undefined : false;
};

/** Throws NOT_SUPPORTED when more is unread in a chat than the caller expects: WhatsApp Web cannot mark a part of it. */
export const refuseUnreadBeyond = async (
  { messages, days }: UnreadBounds,
  chat: Chat,
  { store, label, nowMs }: Look,
): Promise<void> => {
  const { accountId, id: chatId, unreadCount } = chat;
  const refuse = (why: string): never => {
    throw new OperationError(
      'NOT_SUPPORTED',
      `${label}: chat ${chatId} ${why}. WhatsApp Web can only mark a whole chat as read, so nothing was changed; leave out messages and days to mark all of it.`,
      { data: { accountId, chatId, unreadCount } },
    );
  };
  if (messages !== undefined && unreadCount > messages) {
    refuse(`has ${unreadCount} unread messages, more than ${messages} (messages)`);
  }
  if (days === undefined) return;
  const older = await hasUnreadBefore(chat, nowMs - days * dayMs, store);
  const span = days === 1 ? 'a day' : `${days} days`;
  if (older === true) refuse(`has unread messages that are older than ${span} (days)`);
  if (older === undefined) {
    refuse(
      `has unread messages that are not stored here, so nobody can tell whether they are older than ${span} (days)`,
    );
  }
};
