import type { DatabaseSync } from 'node:sqlite';
import type { MessageStore } from '../application/ports/message-store';
import type { Chat } from '../contract/entities/chat';
import type { Message } from '../contract/entities/message';
import type { AccountId, ChatId } from '../contract/ids';
import { isConfirmed, mergeDeliveryStatus } from '../domain/delivery-status';
import { mergeMessage } from '../domain/message-merge';
import { createAbsenceTable } from './absence-table';
import { type ChatTable, createChatTable } from './chat-table';
import { decodeMessageCursor, encodeMessageCursor } from './cursors';
import { createMessageTable } from './message-table';
import { createOutboxTable } from './outbox-table';
import { storeError } from './store-errors';
import { createTimelineTable } from './timeline-table';
import { inDurableTransaction, inTransaction } from './transactions';

type AccountMethod = Exclude<keyof MessageStore, 'open' | 'close' | 'listChats' | 'listMessages'>;
type WithoutAccount<Arguments extends readonly unknown[]> = Arguments extends readonly [unknown, ...infer Rest]
  ? Rest
  : never;

/** The store's methods for one account, answering at once: this side of the thread nothing waits. */
export type AccountDatabase = {
  readonly [Method in AccountMethod]: (
    ...parameters: WithoutAccount<Parameters<MessageStore[Method]>>
  ) => Awaited<ReturnType<MessageStore[Method]>>;
} & {
  readonly chats: ChatTable;
  listMessages(
    chatId: ChatId,
    cursor: string | undefined,
    limit: number,
  ): Awaited<ReturnType<MessageStore['listMessages']>>;
  close(): void;
};

/** The rules of an account's messages on top of an open, migrated database. */
export const createAccountDatabase = (database: DatabaseSync, accountId: AccountId): AccountDatabase => {
  const chats = createChatTable(database, accountId);
  const messages = createMessageTable(database, accountId);
  const outbox = createOutboxTable(database);
  const absence = createAbsenceTable(database);
  const timeline = createTimelineTable(database);

  /** What the server has, or what certainly failed, needs no more care of the outbox. */
  const settleIfFinal = (message: Message): void => {
    if (message.fromMe && (isConfirmed(message.status) || message.status === 'failed')) {
      outbox.setState(message.chatId, message.id, 'settled');
    }
  };

  return {
    chats,
    close: () => database.close(),
    getChat: chats.get,
    countUnread: () => ({ accountId, ...chats.countUnread() }),
    beginAbsence: () =>
      inTransaction(database, () => {
        const noted = absence.noted();
        if (noted !== undefined) return noted;
        const watermarks = chats.watermarks();
        absence.begin(watermarks);
        return watermarks;
      }),
    advanceAbsence: (chatId, storedUntilMs) =>
      inTransaction(database, () => {
        absence.advance(chatId, storedUntilMs);
        absence.closeGap(chatId);
      }),
    endAbsence: absence.end,
    listGaps: absence.gaps,
    noteGaps: (gaps) =>
      inTransaction(database, () => {
        for (const gap of gaps) absence.noteGap(gap);
      }),
    chatsLacking: (newest) =>
      newest.filter(({ chatId, messageId }) => !messages.has(chatId, messageId)).map(({ chatId }) => chatId),

    upsertChats: (observed) =>
      inTransaction(database, () => observed.filter((chat) => chats.upsert(chat)).map((chat) => chats.get(chat.id))),

    markRead: (chatId) =>
      inTransaction(database, () => {
        chats.get(chatId);
        chats.clearUnread(chatId);
        return chats.get(chatId);
      }),

    saveMessages: (observed) =>
      inTransaction(database, () => {
        const added: Message[] = [];
        const updated: Message[] = [];
        const touched = new Set<ChatId>();
        const changedChats = new Set<ChatId>();
        for (const message of observed.map(messages.wellFormed)) {
          if (chats.ensure(message.chatId)) changedChats.add(message.chatId);
          const stored = messages.find(message.chatId, message.id, message.fromMe);
          const merged = stored === undefined ? messages.insert(message) : mergeMessage(stored, message);
          if (merged === undefined) continue;
          touched.add(message.chatId);
          if (stored === undefined) added.push(merged);
          else {
            messages.update(merged);
            updated.push(merged);
            if (chats.lastOrder(merged.chatId) === merged.order) changedChats.add(merged.chatId);
          }
          settleIfFinal(merged);
        }
        for (const chatId of touched) if (chats.refreshLastMessage(chatId)) changedChats.add(chatId);
        return { added, updated, chats: [...changedChats].map((chatId): Chat => chats.get(chatId)) };
      }),

    listMessages(chatId, cursor, limit) {
      const before = cursor === undefined ? undefined : decodeMessageCursor(cursor);
      chats.get(chatId);
      const rows = messages.page(chatId, before, limit + 1);
      const page = rows.slice(0, limit).toReversed();
      const oldest = page[0];
      return {
        messages: page,
        olderCursor: rows.length > limit && oldest !== undefined ? encodeMessageCursor(oldest) : undefined,
      };
    },

    applyStatus: (chatId, messageId, status, problem) =>
      inTransaction(database, () => {
        const stored = messages.find(chatId, messageId, true);
        if (stored === undefined) return undefined;
        const merged = mergeDeliveryStatus(stored.status, status);
        const { problem: oldProblem, ...rest } = stored;
        // Words belong to the status they came with; a confirmation needs none.
        const words = isConfirmed(merged) ? undefined : merged === status ? (problem ?? oldProblem) : oldProblem;
        if (merged === stored.status && words === oldProblem) {
          settleIfFinal(stored);
          return undefined;
        }
        const message = { ...rest, status: merged, ...(words === undefined ? {} : { problem: words }) };
        messages.update(message);
        settleIfFinal(message);
        return { message, chat: chats.get(chatId) };
      }),

    queueOutgoing: (outgoing) =>
      inDurableTransaction(database, () => {
        const chat = chats.get(outgoing.chatId);
        const { chatId, messageId, idempotencyKey } = outgoing;
        // The id counts as a key too: a caller that did not hear the answer may ask again.
        const known =
          (idempotencyKey === undefined ? undefined : outbox.findByKey(idempotencyKey)) ??
          outbox.find(chatId, messageId);
        if (known !== undefined) {
          const message = messages.find(known.chatId, known.messageId, true);
          if (known.chatId !== outgoing.chatId || known.body !== outgoing.body || message === undefined) {
            throw storeError(
              'IDEMPOTENCY_KEY_REUSED',
              accountId,
              'this idempotency key was already used for another message: nothing was sent, use a new key',
            );
          }
          return { message, chat, created: false };
        }
        outbox.insert(outgoing);
        const message = messages.insert({
          id: outgoing.messageId,
          chatId: outgoing.chatId,
          fromMe: true,
          type: 'text',
          body: outgoing.body,
          timestampMs: outgoing.timestampMs,
          status: 'pending',
        });
        chats.refreshLastMessage(outgoing.chatId);
        return { message, chat: chats.get(outgoing.chatId), created: true };
      }),

    setOutboxState: (chatId, messageId, state) =>
      inDurableTransaction(database, () => outbox.setState(chatId, messageId, state)),
    listUnsettled: outbox.unsettled,
    addTimelineEntry: (entry) => inTransaction(database, () => timeline.add(entry)),
    listTimeline: timeline.list,
  };
};
