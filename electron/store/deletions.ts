import type { EmptiedChat } from '../application/ports/message-store';
import type { Chat } from '../contract/entities/chat';
import type { ChatId, MessageId } from '../contract/ids';
import type { AbsenceTable } from './absence-table';
import type { ChatTable } from './chat-table';
import type { MessageTable } from './message-table';
import type { OutboxTable } from './outbox-table';

/** Messages that go in one transaction: others wait some 20 ms for it. */
const pieceSize = 2_000;

/** Takes away what WhatsApp has taken away, but nothing that has not left yet. Runs inside whatever transaction the caller began. */
export interface Deletions {
  emptyChat(chatId: ChatId, remove: boolean): EmptiedChat;
  removeMessage(chatId: ChatId, messageId: MessageId, fromMe: boolean): { readonly chat: Chat } | undefined;
}

export const createDeletions = (tables: {
  readonly chats: ChatTable;
  readonly messages: MessageTable;
  readonly outbox: OutboxTable;
  readonly absence: AbsenceTable;
}): Deletions => {
  const { chats, messages, outbox, absence } = tables;

  return {
    emptyChat(chatId, remove) {
      const before = chats.find(chatId);
      if (before === undefined) return { more: false, changed: false };
      const removed = messages.removeSome(chatId, pieceSize);
      if (removed === pieceSize) return { more: true, changed: true };
      absence.closeGap(chatId);
      if (remove && messages.isEmpty(chatId)) {
        chats.remove(chatId);
        return { more: false, changed: true };
      }
      chats.clearUnread(chatId);
      const isOther = chats.refreshLastMessage(chatId);
      return {
        more: false,
        changed: removed > 0 || isOther || before.unreadCount > 0,
        chat: chats.get(chatId),
      };
    },
    removeMessage(chatId, messageId, fromMe) {
      if (fromMe && outbox.isOpen(chatId, messageId)) return undefined;
      if (!messages.remove(chatId, messageId, fromMe)) return undefined;
      chats.refreshLastMessage(chatId);
      return { chat: chats.get(chatId) };
    },
  };
};
