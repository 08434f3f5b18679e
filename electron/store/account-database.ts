import type { DatabaseSync } from 'node:sqlite';
import type { MessageStore } from '../application/ports/message-store';
import type { Outgoing, SendQuery } from '../application/ports/outbox-store';
import type { AccountId, ChatId } from '../contract/ids';
import { createAbsenceTable } from './absence-table';
import { type ChatFinder, createChatFinder } from './chat-finder';
import { type ChatTable, createChatTable } from './chat-table';
import { decodeMessageCursor, decodeSendCursor, encodeMessageCursor, encodeSendCursor } from './cursors';
import { createDeletions } from './deletions';
import { createDeparturesTable } from './departures-table';
import { createDraftTable, type DraftTable } from './draft-table';
import { createGateFactsTable } from './gate-facts-table';
import { createMessageSearch, type MessageSearch } from './message-search';
import { createMessageTable } from './message-table';
import { createObservedMessages } from './observed-messages';
import { createOutboxTable } from './outbox-table';
import { createOutgoingQueue, needsNoChat, type Queued } from './outgoing-queue';
import { createReactionTable } from './reaction-table';
import { createSendSteps } from './send-steps';
import { storeError, toStoreError } from './store-errors';
import { createTimelineTable } from './timeline-table';
import { inDurableTransaction, inSavepoint, inTransaction, type Outcome } from './transactions';

type OwnMethod =
  | 'open'
  | 'close'
  | 'listChats'
  | 'findChats'
  | 'listMessages'
  | 'searchMessages'
  | 'listSends'
  | 'listDrafts'
  | 'queueOutgoing';
type AccountMethod = Exclude<keyof MessageStore, OwnMethod>;
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
  readonly search: MessageSearch;
  readonly findChats: ChatFinder;
  readonly draftsPage: DraftTable['page'];
  listMessages(
    chatId: ChatId,
    cursor: string | undefined,
    limit: number,
    offset?: number,
  ): Awaited<ReturnType<MessageStore['listMessages']>>;
  listSends(query: Omit<SendQuery, 'accountId'>): Awaited<ReturnType<MessageStore['listSends']>>;
  /** Accepts several messages in one durable commit; each is accepted or refused by itself. */
  queueAllOutgoing(outgoing: readonly Outgoing[]): readonly Outcome<Queued>[];
  close(): void;
};

/** The rules of an account's messages on top of an open, migrated database. */
export const createAccountDatabase = (
  database: DatabaseSync,
  accountId: AccountId,
  nowMs: () => number,
): AccountDatabase => {
  const chats = createChatTable(database, accountId);
  const messages = createMessageTable(database, accountId);
  const outbox = createOutboxTable(database);
  const departures = createDeparturesTable(database);
  const gateFacts = createGateFactsTable(database);
  const absence = createAbsenceTable(database);
  const timeline = createTimelineTable(database);
  const steps = createSendSteps({ outbox, messages, chats, departures });
  const observed = createObservedMessages(database, { messages, chats, steps }, nowMs);
  const queue = createOutgoingQueue(accountId, { outbox, messages, chats });
  const search = createMessageSearch(database, accountId, messages);
  const deletions = createDeletions({ chats, messages, outbox, absence });
  const reactions = createReactionTable(database);
  const drafts = createDraftTable(database, accountId);

  return {
    chats,
    search,
    findChats: createChatFinder(database),
    draftsPage: drafts.page,
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

    upsertChats: (changed) =>
      inTransaction(database, () => changed.filter((chat) => chats.upsert(chat)).map((chat) => chats.get(chat.id))),

    markRead: (chatId) =>
      inTransaction(database, () => {
        chats.get(chatId);
        chats.clearUnread(chatId);
        return chats.get(chatId);
      }),

    emptyChat: (chatId, remove) => inTransaction(database, () => deletions.emptyChat(chatId, remove)),
    removeMessage: (...message) => inTransaction(database, () => deletions.removeMessage(...message)),
    getMessage(chatId, messageId) {
      const message = messages.get(chatId, messageId);
      if (message !== undefined) return message;
      chats.get(chatId);
      throw storeError(
        'MESSAGE_NOT_FOUND',
        accountId,
        `there is no message ${messageId} in chat ${chatId} (messageId)`,
      );
    },
    saveReaction: (reaction) =>
      inTransaction(database, () =>
        reactions.save(reaction)
          ? messages.find(reaction.chatId, reaction.messageId, reaction.messageFromMe)
          : undefined,
      ),
    indexMore: () => inTransaction(database, search.indexMore),

    messagesSince: (order, limit) => ({
      messages: order === undefined ? [] : messages.since(order, limit),
      lastOrder: messages.lastOrder(),
    }),
    saveMessages: observed.save,
    applyStatuses: observed.applyStatuses,

    listMessages(chatId, cursor, limit, offset = 0) {
      const before = cursor === undefined ? undefined : decodeMessageCursor(cursor);
      chats.get(chatId);
      const rows = messages.page(chatId, before, limit + 1, offset);
      const page = rows.slice(0, limit).toReversed();
      const oldest = page[0];
      return {
        messages: page,
        olderCursor: rows.length > limit && oldest !== undefined ? encodeMessageCursor(oldest) : undefined,
      };
    },

    queueAllOutgoing: (all) =>
      inDurableTransaction(database, () =>
        all.map((outgoing) =>
          inSavepoint(
            database,
            () => queue(outgoing),
            (error) => toStoreError(error, accountId),
          ),
        ),
      ),
    stepSends: (all) => inDurableTransaction(database, () => steps.take(all)),
    listOpenSends: outbox.open,
    listSends({ filter, chatId, cursor, limit }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeSendCursor(cursor);
      const rows = outbox.page(filter, chatId, before, limit + 1);
      const page = rows.slice(0, limit);
      const oldest = page.at(-1);
      return {
        sends: page,
        nextCursor: rows.length > limit && oldest !== undefined ? encodeSendCursor(oldest.order) : undefined,
      };
    },
    findSend: outbox.find,
    findSendByKey: outbox.findByKey,
    isKnownChat: chats.isKnown,
    countSends: outbox.counts,
    listNeededMedia: outbox.neededMedia,
    listDepartures: departures.since,
    readGateFacts: gateFacts.read,
    writeGateFacts: (facts) => inDurableTransaction(database, () => gateFacts.write(facts)),

    saveDraft: (draft) =>
      inDurableTransaction(database, () => {
        const isNew = needsNoChat(draft.chatId) && chats.ensure(draft.chatId);
        const chat = chats.get(draft.chatId);
        return { draft: drafts.save(draft), ...(isNew ? { madeChat: chat } : {}) };
      }),
    removeDraft: (chatId, savedAtMs) => inDurableTransaction(database, () => drafts.remove(chatId, savedAtMs)),

    addTimelineEntry: (entry) => inTransaction(database, () => timeline.add(entry)),
    listTimeline: timeline.list,
  };
};
