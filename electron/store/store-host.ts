import { join } from 'node:path';
import type { Log } from '../application/ports/log';
import type { ChatQuery, MessageStore } from '../application/ports/message-store';
import { OperationError } from '../contract/errors';
import { type AccountId, accountIdSchema } from '../contract/ids';
import { type AccountDatabase, createAccountDatabase } from './account-database';
import { decodeChatCursor, encodeChatCursor } from './cursors';
import { openDatabaseFile } from './database-file';
import { migrate } from './migrate';
import { isCorruption, storeUnavailable, toStoreError } from './store-errors';

/** The store's methods on the inside of its thread, where everything answers at once. */
export type StoreHost = {
  readonly [Method in keyof MessageStore]: (
    ...parameters: Parameters<MessageStore[Method]>
  ) => Awaited<ReturnType<MessageStore[Method]>>;
} & {
  closeAll(): void;
};

export interface StoreHostOptions {
  /** Absolute path of the folder that holds one folder per account. */
  readonly accountsDir: string;
  readonly log: Log;
  readonly nowMs: () => number;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** All open account databases, the only writer of each. */
export const createStoreHost = ({ accountsDir, log, nowMs }: StoreHostOptions): StoreHost => {
  const databases = new Map<AccountId, AccountDatabase>();

  const openDatabase = (accountId: AccountId, suspicious: boolean): void => {
    // The id becomes a path: checked here again, whoever calls.
    if (!accountIdSchema.safeParse(accountId).success) {
      throw new OperationError('VALIDATION_ERROR', 'an account id must be 1 to 64 of a-z, 0-9, _ and -');
    }
    const path = join(accountsDir, accountId, 'messages.db');
    const file = openDatabaseFile(path, { nowMs: nowMs(), log: log.child({ accountId }), suspicious });
    try {
      migrate(file, accountId);
      databases.set(accountId, createAccountDatabase(file, accountId));
    } catch (error) {
      file.close();
      throw error;
    }
  };

  /** Damage that shows only while working: the file is checked as a whole, and set aside when it is really broken. */
  const reopenDamaged = (accountId: AccountId): void => {
    databases.get(accountId)?.close();
    databases.delete(accountId);
    openDatabase(accountId, true);
  };

  const guarded = <Result>(accountId: AccountId, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      if (isCorruption(error)) {
        log.error('message database reports damage', { accountId });
        try {
          reopenDamaged(accountId);
        } catch (reopenError) {
          throw toStoreError(reopenError, accountId);
        }
        throw storeUnavailable(
          accountId,
          'its message database is damaged and was checked again: try once more',
          error,
        );
      }
      throw toStoreError(error, accountId);
    }
  };

  const on = <Result>(accountId: AccountId, work: (database: AccountDatabase) => Result): Result => {
    const database = databases.get(accountId);
    if (database === undefined) {
      throw storeUnavailable(accountId, 'its message database is not open; start its session or restart Switchboard');
    }
    return guarded(accountId, () => work(database));
  };

  const listChats = (query: ChatQuery): Awaited<ReturnType<MessageStore['listChats']>> => {
    const after = query.cursor === undefined ? undefined : decodeChatCursor(query.cursor);
    const merged = query.accountIds
      .flatMap((accountId) => on(accountId, ({ chats }) => chats.page(query.filter, after, query.limit + 1)))
      .sort(
        (one, other) =>
          other.lastActivityMs - one.lastActivityMs ||
          compare(one.accountId, other.accountId) ||
          compare(one.id, other.id),
      );
    const page = merged.slice(0, query.limit);
    const last = page.at(-1);
    return {
      chats: page,
      nextCursor:
        merged.length > query.limit && last !== undefined
          ? encodeChatCursor({ lastActivityMs: last.lastActivityMs, accountId: last.accountId, chatId: last.id })
          : undefined,
    };
  };

  const close = (accountId: AccountId): void => {
    const database = databases.get(accountId);
    databases.delete(accountId);
    database?.close();
  };

  return {
    open: (accountId) => {
      if (!databases.has(accountId)) guarded(accountId, () => openDatabase(accountId, false));
    },
    close: (accountId) => guarded(accountId, () => close(accountId)),
    closeAll: () => {
      for (const accountId of databases.keys()) {
        try {
          close(accountId);
        } catch (error) {
          log.error('message database did not close cleanly', { accountId, reason: String(error) });
        }
      }
    },
    upsertChats: (accountId, chats) => on(accountId, (database) => database.upsertChats(chats)),
    getChat: (accountId, chatId) => on(accountId, (database) => database.getChat(chatId)),
    listChats,
    markRead: (accountId, chatId) => on(accountId, (database) => database.markRead(chatId)),
    countUnread: (accountId) => on(accountId, (database) => database.countUnread()),
    beginAbsence: (accountId) => on(accountId, (database) => database.beginAbsence()),
    advanceAbsence: (accountId, ...rest) => on(accountId, (database) => database.advanceAbsence(...rest)),
    endAbsence: (accountId) => on(accountId, (database) => database.endAbsence()),
    listGaps: (accountId) => on(accountId, (database) => database.listGaps()),
    noteGaps: (accountId, gaps) => on(accountId, (database) => database.noteGaps(gaps)),
    chatsLacking: (accountId, newest) => on(accountId, (database) => database.chatsLacking(newest)),
    saveMessages: (accountId, messages) => on(accountId, (database) => database.saveMessages(messages)),
    listMessages: ({ accountId, chatId, cursor, limit }) =>
      on(accountId, (database) => database.listMessages(chatId, cursor, limit)),
    applyStatus: (accountId, ...rest) => on(accountId, (database) => database.applyStatus(...rest)),
    queueOutgoing: (accountId, outgoing) => on(accountId, (database) => database.queueOutgoing(outgoing)),
    setOutboxState: (accountId, ...rest) => on(accountId, (database) => database.setOutboxState(...rest)),
    listUnsettled: (accountId) => on(accountId, (database) => database.listUnsettled()),
    addTimelineEntry: (accountId, entry) => on(accountId, (database) => database.addTimelineEntry(entry)),
    listTimeline: (accountId) => on(accountId, (database) => database.listTimeline()),
  };
};
