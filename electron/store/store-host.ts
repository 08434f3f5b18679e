import { join } from 'node:path';
import type { ConsoleStore } from '../application/ports/console-store';
import type { DraftQuery } from '../application/ports/draft-store';
import type { Log } from '../application/ports/log';
import type { ChatQuery, FindQuery, MessageStore, SearchQuery } from '../application/ports/message-store';
import type { Outgoing } from '../application/ports/outbox-store';
import type { FoundChat } from '../contract/entities/chat';
import { OperationError } from '../contract/errors';
import { type AccountId, accountIdSchema } from '../contract/ids';
import { readFinding } from '../domain/chat-finding';
import { type AccountDatabase, createAccountDatabase } from './account-database';
import { compareFindings } from './chat-finder';
import type { ConsoleDatabase } from './console-database';
import {
  decodeChatCursor,
  decodeDraftCursor,
  decodeSearchCursor,
  encodeChatCursor,
  encodeDraftCursor,
  encodeSearchCursor,
} from './cursors';
import { openDatabaseFile } from './database-file';
import { beginIndexAgain, secondOf } from './message-search';
import { migrate } from './migrate';
import { openConsoleDatabase } from './open-console-database';
import type { Queued } from './outgoing-queue';
import { isCorruption, storeUnavailable, toStoreError } from './store-errors';
import type { Outcome } from './transactions';

type Stores = MessageStore & ConsoleStore;

/** The stores' methods on the inside of their thread, where everything answers at once. */
export type StoreHost = {
  readonly [Method in keyof Stores]: (...parameters: Parameters<Stores[Method]>) => Awaited<ReturnType<Stores[Method]>>;
} & {
  /** Accepts several messages of an account in one durable commit; each is accepted or refused by itself. */
  queueAllOutgoing(accountId: AccountId, outgoing: readonly Outgoing[]): readonly Outcome<Queued>[];
  closeAll(): void;
};

export interface StoreHostOptions {
  /** Absolute path of the folder that holds one folder per account. */
  readonly accountsDir: string;
  /** Absolute path of the database of what spans accounts; opened when it is first needed. */
  readonly consoleFile: string;
  readonly log: Log;
  readonly nowMs: () => number;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** All open databases, the only writer of each. */
export const createStoreHost = ({ accountsDir, consoleFile, log, nowMs }: StoreHostOptions): StoreHost => {
  const databases = new Map<AccountId, AccountDatabase>();
  let consoleDatabase: ConsoleDatabase | undefined;

  const openDatabase = (accountId: AccountId, suspicious: boolean): void => {
    // The id becomes a path: checked here again, whoever calls.
    if (!accountIdSchema.safeParse(accountId).success) {
      throw new OperationError('VALIDATION_ERROR', 'an account id must be 1 to 64 of a-z, 0-9, _ and -');
    }
    const path = join(accountsDir, accountId, 'messages.db');
    const file = openDatabaseFile(path, { nowMs: nowMs(), log: log.child({ accountId }), suspicious });
    try {
      migrate(file, accountId);
      // The tables are sound; if it was not the disk, it was the index.
      if (suspicious) beginIndexAgain(file);
      databases.set(accountId, createAccountDatabase(file, accountId, nowMs));
    } catch (error) {
      file.close();
      throw error;
    }
  };

  const openConsole = (suspicious: boolean): ConsoleDatabase => {
    const own = log.child({ part: 'console.db' });
    consoleDatabase = openConsoleDatabase(consoleFile, { nowMs: nowMs(), log: own, suspicious });
    return consoleDatabase;
  };

  /** Damage that shows only while working: the file is checked as a whole, and set aside when it is really broken. */
  const reopenDamaged = (owner: AccountId | undefined): void => {
    if (owner === undefined) {
      consoleDatabase?.close();
      consoleDatabase = undefined;
      openConsole(true);
      return;
    }
    databases.get(owner)?.close();
    databases.delete(owner);
    openDatabase(owner, true);
  };

  const reopened = (owner: AccountId | undefined, error: unknown): OperationError => {
    log.error('a database reports damage', owner === undefined ? { part: 'console.db' } : { accountId: owner });
    try {
      reopenDamaged(owner);
    } catch (reopenError) {
      return toStoreError(reopenError, owner);
    }
    const whose = owner === undefined ? 'the database' : 'its message database';
    return storeUnavailable(owner, `${whose} is damaged and was checked again: try once more`, error);
  };

  const guarded = <Result>(owner: AccountId | undefined, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw isCorruption(error) ? reopened(owner, error) : toStoreError(error, owner);
    }
  };

  const on = <Result>(accountId: AccountId, work: (database: AccountDatabase) => Result): Result => {
    const database = databases.get(accountId);
    if (database === undefined) {
      throw storeUnavailable(accountId, 'its message database is not open; start its session or restart Switchboard');
    }
    return guarded(accountId, () => work(database));
  };

  const onConsole = <Result>(work: (database: ConsoleDatabase) => Result): Result =>
    guarded(undefined, () => work(consoleDatabase ?? openConsole(false)));

  const listChats = (query: ChatQuery): Awaited<ReturnType<MessageStore['listChats']>> => {
    const after = query.cursor === undefined ? undefined : decodeChatCursor(query.cursor);
    const { offset = 0 } = query;
    const end = offset + query.limit;
    const merged = query.accountIds
      .flatMap((accountId) => on(accountId, ({ chats }) => chats.page({ ...query, limit: end + 1 }, after)))
      .sort(
        (one, other) =>
          other.lastActivityMs - one.lastActivityMs ||
          compare(one.accountId, other.accountId) ||
          compare(one.id, other.id),
      );
    const page = merged.slice(offset, end);
    const last = page.at(-1);
    return {
      chats: page,
      nextCursor:
        merged.length > end && last !== undefined
          ? encodeChatCursor({ lastActivityMs: last.lastActivityMs, accountId: last.accountId, chatId: last.id })
          : undefined,
    };
  };

  const findChats = ({ accountIds, query, limit }: FindQuery): readonly FoundChat[] => {
    const finding = readFinding(query);
    if (finding === undefined) return [];
    return accountIds
      .flatMap((accountId) =>
        on(accountId, (database) => database.findChats(finding, limit)).map((found) => ({ ...found, accountId })),
      )
      .sort(
        (one, other) =>
          compareFindings(one, other) || compare(one.accountId, other.accountId) || compare(one.chatId, other.chatId),
      )
      .slice(0, limit)
      .map(({ accountId, chatId }) => {
        const { kind, name, phone, lastActivityMs } = on(accountId, (database) => database.getChat(chatId));
        return { accountId, chatId, name, kind, ...(phone === undefined ? {} : { phone }), lastActivityMs };
      });
  };

  const searchMessages = (query: SearchQuery): Awaited<ReturnType<MessageStore['searchMessages']>> => {
    const { accountIds, chatId, limit } = query;
    const after = query.cursor === undefined ? undefined : decodeSearchCursor(query.cursor);
    const found = accountIds
      .flatMap((accountId) => on(accountId, ({ search }) => search.page(query.query, chatId, after, limit + 1)))
      .sort(
        (one, other) =>
          secondOf(other) - secondOf(one) || compare(one.accountId, other.accountId) || other.order - one.order,
      );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page,
      nextCursor:
        found.length > limit && last !== undefined
          ? encodeSearchCursor({ second: secondOf(last), accountId: last.accountId, order: last.order })
          : undefined,
      complete: accountIds.every((accountId) => on(accountId, ({ search }) => search.isComplete())),
    };
  };

  const listDrafts = ({ accountIds, chatId, cursor, limit }: DraftQuery): ReturnType<StoreHost['listDrafts']> => {
    const after = cursor === undefined ? undefined : decodeDraftCursor(cursor);
    const merged = accountIds
      .flatMap((accountId) => on(accountId, ({ draftsPage }) => draftsPage(chatId, after, limit + 1)))
      .sort(
        (one, other) =>
          other.savedAtMs - one.savedAtMs ||
          compare(one.accountId, other.accountId) ||
          compare(one.chatId, other.chatId),
      );
    const page = merged.slice(0, limit);
    const last = page.at(-1);
    return {
      drafts: page,
      nextCursor: merged.length > limit && last !== undefined ? encodeDraftCursor(last) : undefined,
    };
  };

  const queueAllOutgoing: StoreHost['queueAllOutgoing'] = (accountId, outgoing) =>
    on(accountId, (database) => database.queueAllOutgoing(outgoing));

  const close = (accountId: AccountId): void => {
    const database = databases.get(accountId);
    databases.delete(accountId);
    database?.close();
  };

  const closeConsole = (): void => {
    consoleDatabase?.close();
    consoleDatabase = undefined;
  };

  return {
    open: (accountId) => {
      if (!databases.has(accountId)) guarded(accountId, () => openDatabase(accountId, false));
    },
    close: (accountId) => guarded(accountId, () => close(accountId)),
    closeAll: () => {
      const steps = [...[...databases.keys()].map((accountId) => () => close(accountId)), closeConsole];
      for (const step of steps) {
        try {
          step();
        } catch (error) {
          log.error('a database did not close cleanly', { reason: String(error) });
        }
      }
    },
    upsertChats: (accountId, chats) => on(accountId, (database) => database.upsertChats(chats)),
    getChat: (accountId, chatId) => on(accountId, (database) => database.getChat(chatId)),
    listChats,
    findChats,
    markRead: (accountId, chatId) => on(accountId, (database) => database.markRead(chatId)),
    countUnread: (accountId) => on(accountId, (database) => database.countUnread()),
    beginAbsence: (accountId) => on(accountId, (database) => database.beginAbsence()),
    advanceAbsence: (accountId, ...rest) => on(accountId, (database) => database.advanceAbsence(...rest)),
    endAbsence: (accountId) => on(accountId, (database) => database.endAbsence()),
    listGaps: (accountId) => on(accountId, (database) => database.listGaps()),
    noteGaps: (accountId, gaps) => on(accountId, (database) => database.noteGaps(gaps)),
    chatsLacking: (accountId, newest) => on(accountId, (database) => database.chatsLacking(newest)),
    emptyChat: (accountId, ...rest) => on(accountId, (database) => database.emptyChat(...rest)),
    getMessage: (accountId, ...rest) => on(accountId, (database) => database.getMessage(...rest)),
    removeMessage: (accountId, ...rest) => on(accountId, (database) => database.removeMessage(...rest)),
    saveReaction: (accountId, reaction) => on(accountId, (database) => database.saveReaction(reaction)),
    searchMessages,
    indexMore: (accountId) => on(accountId, (database) => database.indexMore()),
    saveMessages: (accountId, ...rest) => on(accountId, (database) => database.saveMessages(...rest)),
    messagesSince: (accountId, ...rest) => on(accountId, (database) => database.messagesSince(...rest)),
    listMessages: ({ accountId, chatId, cursor, limit, offset }) =>
      on(accountId, (database) => database.listMessages(chatId, cursor, limit, offset)),
    applyStatuses: (accountId, statuses) => on(accountId, (database) => database.applyStatuses(statuses)),
    queueAllOutgoing,
    queueOutgoing(accountId, outgoing) {
      const [outcome] = queueAllOutgoing(accountId, [outgoing]);
      if (outcome === undefined) throw storeUnavailable(accountId, 'the message was not answered for; try once more');
      if (!outcome.ok) throw OperationError.fromShape(outcome.error);
      return outcome.value;
    },
    stepSends: (accountId, steps) => on(accountId, (database) => database.stepSends(steps)),
    listOpenSends: (accountId) => on(accountId, (database) => database.listOpenSends()),
    listSends: ({ accountId, ...query }) => on(accountId, (database) => database.listSends(query)),
    findSend: (accountId, ...rest) => on(accountId, (database) => database.findSend(...rest)),
    findSendByKey: (accountId, key) => on(accountId, (database) => database.findSendByKey(key)),
    isKnownChat: (accountId, chatId) => on(accountId, (database) => database.isKnownChat(chatId)),
    countSends: (accountId) => on(accountId, (database) => database.countSends()),
    listDepartures: (accountId, since) => on(accountId, (database) => database.listDepartures(since)),
    readGateFacts: (accountId) => on(accountId, (database) => database.readGateFacts()),
    writeGateFacts: (accountId, facts) => on(accountId, (database) => database.writeGateFacts(facts)),
    listNeededMedia: (accountId) => on(accountId, (database) => database.listNeededMedia()),
    saveDraft: (accountId, draft) => on(accountId, (database) => database.saveDraft(draft)),
    listDrafts,
    removeDraft: (accountId, ...rest) => on(accountId, (database) => database.removeDraft(...rest)),
    addTimelineEntry: (accountId, entry) => on(accountId, (database) => database.addTimelineEntry(entry)),
    listTimeline: (accountId) => on(accountId, (database) => database.listTimeline()),
    listOptOuts: (...query) => onConsole((database) => database.listOptOuts(...query)),
    readOptOutContacts: () => onConsole((database) => database.readOptOutContacts()),
    addOptOut: (optOut) => onConsole((database) => database.addOptOut(optOut)),
    removeOptOut: (contact) => onConsole((database) => database.removeOptOut(contact)),
    listApiKeys: () => onConsole((database) => database.listApiKeys()),
    addApiKey: (apiKey) => onConsole((database) => database.addApiKey(apiKey)),
    removeApiKey: (keyId) => onConsole((database) => database.removeApiKey(keyId)),
    bindApiKey: (...binding) => onConsole((database) => database.bindApiKey(...binding)),
    listWebhooks: (...call) => onConsole((database) => database.listWebhooks(...call)),
    addWebhook: (...call) => onConsole((database) => database.addWebhook(...call)),
    updateWebhook: (...call) => onConsole((database) => database.updateWebhook(...call)),
    removeWebhook: (...call) => onConsole((database) => database.removeWebhook(...call)),
    listMessageMarks: () => onConsole((database) => database.listMessageMarks()),
    forgetMessageMark: (accountId) => onConsole((database) => database.forgetMessageMark(accountId)),
    addDeliveries: (...call) => onConsole((database) => database.addDeliveries(...call)),
    nextDeliveries: (...call) => onConsole((database) => database.nextDeliveries(...call)),
    stepDelivery: (...call) => onConsole((database) => database.stepDelivery(...call)),
    listDeliveries: (...call) => onConsole((database) => database.listDeliveries(...call)),
    countCampaigns: (...call) => onConsole((database) => database.countCampaigns(...call)),
    beginCampaign: (...call) => onConsole((database) => database.beginCampaign(...call)),
    addCampaignRows: (...call) => onConsole((database) => database.addCampaignRows(...call)),
    completeCampaign: (...call) => onConsole((database) => database.completeCampaign(...call)),
    hideCampaign: (...call) => onConsole((database) => database.hideCampaign(...call)),
    sweepCampaigns: (...call) => onConsole((database) => database.sweepCampaigns(...call)),
    findCampaign: (...call) => onConsole((database) => database.findCampaign(...call)),
    listCampaigns: (...call) => onConsole((database) => database.listCampaigns(...call)),
    listCampaignRows: (...call) => onConsole((database) => database.listCampaignRows(...call)),
    reportCampaign: (...call) => onConsole((database) => database.reportCampaign(...call)),
    countOthersAhead: (...call) => onConsole((database) => database.countOthersAhead(...call)),
    chatsOfOthers: (...call) => onConsole((database) => database.chatsOfOthers(...call)),
    moveCampaign: (...call) => onConsole((database) => database.moveCampaign(...call)),
    cancelPlannedRows: (...call) => onConsole((database) => database.cancelPlannedRows(...call)),
    retryCampaign: (...call) => onConsole((database) => database.retryCampaign(...call)),
    finishCampaigns: (...call) => onConsole((database) => database.finishCampaigns(...call)),
    listHalfCancelled: (...call) => onConsole((database) => database.listHalfCancelled(...call)),
    listCampaignAccounts: (...call) => onConsole((database) => database.listCampaignAccounts(...call)),
    campaignWork: (...call) => onConsole((database) => database.campaignWork(...call)),
    beginFeeding: (...call) => onConsole((database) => database.beginFeeding(...call)),
    stepCampaignRow: (...call) => onConsole((database) => database.stepCampaignRow(...call)),
    noteSends: (...call) => onConsole((database) => database.noteSends(...call)),
    rowsInDoubt: (...call) => onConsole((database) => database.rowsInDoubt(...call)),
    skipRowsOf: (...call) => onConsole((database) => database.skipRowsOf(...call)),
    sweepDeliveries: (...call) => onConsole((database) => database.sweepDeliveries(...call)),
    noteApiKeyUse: (...use) => onConsole((database) => database.noteApiKeyUse(...use)),
  };
};
