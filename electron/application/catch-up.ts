import type { ObservedChat } from '../contract/entities/chat';
import type { ObservedMessage } from '../contract/entities/message';
import type { AccountId, ChatId } from '../contract/ids';
import { catchUpFetches, firstFetch, type MissingHistory, planCatchUp, reachesStored } from '../domain/history-plan';
import type { AccountStores } from './account-stores';
import type { EventBus } from './event-bus';
import type { Lanes } from './lanes';
import { logReason } from './log-reason';
import type { Outbox } from './outbox/outbox';
import type { Log } from './ports/log';
import type { MessageStore } from './ports/message-store';
import type { SessionControl } from './ports/sessions';
import type { UnreadWatch } from './unread-watch';

/**
 * After an absence WhatsApp Web reports no single messages, so each chat's newest moment is compared with what is stored, and
 * what lies between is fetched. Fetching never holds the account's lane: live messages pass it. What is still missing is
 * noted in the store, so that a restart in the middle hides nothing.
 */
export interface CatchUp {
  /**
   * Notes what is stored now, before whatever is reported from here on: a live message must not hide the gap before it. What
   * was noted stays, over restarts of the console too, until everything up to it has been fetched.
   */
  remember(accountId: AccountId): void;
  /** Begins anew for an account that has just become ready, and calls `done` when there is nothing more to fetch. */
  begin(accountId: AccountId, done: () => void): void;
  /** Notes that a message of this moment could not be stored. */
  noteGap(accountId: AccountId, chatId: ChatId, timestampMs: number): void;
  forget(accountId: AccountId): void;
  /** Resolves when no catching up is under way. */
  idle(): Promise<void>;
}

export interface CatchUpPorts {
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly events: EventBus;
  readonly lanes: Lanes;
  readonly outbox: Outbox;
  readonly unread: UnreadWatch;
  readonly log: Log;
}

export const createCatchUp = (ports: CatchUpPorts): CatchUp => {
  const { store, stores, sessions, events, lanes, outbox, unread, log } = ports;
  /** The run that counts per account; an older one ends at its next step. */
  const runs = new Map<AccountId, symbol>();
  /** Lost reports; in memory too, because the store has just failed when they are noted. */
  const gaps = new Map<AccountId, Map<ChatId, number>>();
  const underWay = new Set<Promise<void>>();

  const noteGap = (accountId: AccountId, chatId: ChatId, timestampMs: number): void => {
    const ofAccount = gaps.get(accountId) ?? new Map<ChatId, number>();
    // One second earlier: WhatsApp's clock has no finer steps, and the message before may be in the same second.
    ofAccount.set(chatId, Math.min(ofAccount.get(chatId) ?? Number.POSITIVE_INFINITY, timestampMs - 1_000));
    gaps.set(accountId, ofAccount);
  };

  const readStored = (accountId: AccountId): Promise<ReadonlyMap<ChatId, number>> =>
    lanes.run(accountId, async () => {
      await stores.ensureOpen(accountId);
      const rows = await store.beginAbsence(accountId);
      return new Map(rows.map((row) => [row.chatId, row.newestMessageMs]));
    });

  /** All known gaps, those of earlier runs of the console too; what was only in memory is now on disk. */
  const readGaps = (accountId: AccountId): Promise<ReadonlyMap<ChatId, number>> =>
    lanes.run(accountId, async () => {
      const fresh = [...(gaps.get(accountId) ?? [])].map(([chatId, sinceMs]) => ({ chatId, sinceMs }));
      if (fresh.length > 0) await store.noteGaps(accountId, fresh);
      gaps.delete(accountId);
      const rows = await store.listGaps(accountId);
      return new Map(rows.map((row) => [row.chatId, row.sinceMs]));
    });

  /** This chat lacks nothing up to its newest fetched message; the absence goes on for the others. */
  const advance = (accountId: AccountId, chatId: ChatId, messages: readonly ObservedMessage[], untilMs: number) =>
    lanes.run(accountId, () =>
      store.advanceAbsence(accountId, chatId, Math.max(untilMs, ...messages.map((message) => message.timestampMs))),
    );

  const fetchMissing = async (
    accountId: AccountId,
    { chatId, knownUntilMs }: MissingHistory,
  ): Promise<readonly ObservedMessage[]> => {
    const steps: readonly number[] = knownUntilMs === undefined ? [firstFetch] : catchUpFetches;
    let messages: readonly ObservedMessage[] = [];
    for (const limit of steps) {
      ({ messages } = await sessions.request(accountId, 'fetchMessages', { chatId, limit }));
      if (reachesStored(messages, limit, knownUntilMs)) return messages;
    }
    if (knownUntilMs !== undefined) {
      log.warn('a chat went on further than can be fetched: older messages in between are missing', { accountId });
    }
    return messages;
  };

  const importHistory = (accountId: AccountId, chatId: ChatId, messages: readonly ObservedMessage[]): Promise<void> =>
    lanes.run(accountId, async () => {
      const stored = await store.saveMessages(accountId, messages);
      for (const chat of stored.chats) events.publish({ type: 'chat.updated', chat });
      outbox.moved(accountId, stored.sends);
      outbox.heardFrom(accountId, stored.added);
      if (stored.added.length + stored.updated.length === 0) return;
      events.publish({ type: 'history.imported', accountId, chatIds: [chatId] });
    });

  const importChats = (accountId: AccountId, chats: readonly ObservedChat[]): Promise<void> =>
    lanes.run(accountId, async () => {
      const changed = await store.upsertChats(accountId, chats);
      for (const chat of changed) events.publish({ type: 'chat.updated', chat });
      await unread.refresh(accountId);
    });

  /** A chat whose newest message is missing although its time is stored: two messages of one second, of which one came. */
  const noteSameSecond = async (
    accountId: AccountId,
    chats: readonly ObservedChat[],
    stored: ReadonlyMap<ChatId, number>,
  ): Promise<void> => {
    const newest = chats.flatMap(({ id, lastActivityMs, lastMessageId }) =>
      lastMessageId !== undefined && lastActivityMs === stored.get(id)
        ? [{ chatId: id, messageId: lastMessageId }]
        : [],
    );
    if (newest.length === 0) return;
    const lacking = await lanes.run(accountId, () => store.chatsLacking(accountId, newest));
    for (const chatId of lacking) noteGap(accountId, chatId, stored.get(chatId) ?? 0);
  };

  const run = async (accountId: AccountId, counts: () => boolean): Promise<void> => {
    const stored = await readStored(accountId);
    const { chats } = await sessions.request(accountId, 'listChats', {});
    if (!counts()) return;
    await noteSameSecond(accountId, chats, stored);
    await importChats(accountId, chats);
    const missing = planCatchUp(chats, stored, await readGaps(accountId));
    log.info('catching up', { accountId, chats: chats.length, missing: missing.length });
    let complete = true;
    for (const history of missing) {
      if (!counts()) return;
      try {
        const messages = await fetchMissing(accountId, history);
        await importHistory(accountId, history.chatId, messages);
        await advance(accountId, history.chatId, messages, stored.get(history.chatId) ?? 0);
      } catch (error) {
        // The others may still be had; this one is compared again at the next ready.
        complete = false;
        log.warn('the history of a chat could not be fetched', { accountId, reason: logReason(error) });
      }
    }
    if (complete && counts()) await lanes.run(accountId, () => store.endAbsence(accountId));
  };

  const runToEnd = async (accountId: AccountId, counts: () => boolean, done: () => void): Promise<void> => {
    try {
      await run(accountId, counts);
    } catch (error) {
      log.warn('catching up ended early', { accountId, reason: logReason(error) });
    }
    if (counts()) done();
  };

  return {
    noteGap,
    remember(accountId) {
      readStored(accountId).catch((error: unknown) =>
        log.warn('what is stored could not be read', { accountId, reason: logReason(error) }),
      );
    },
    begin(accountId, done) {
      const token = Symbol(accountId);
      runs.set(accountId, token);
      const counts = (): boolean => runs.get(accountId) === token && sessions.get(accountId).status.state === 'ready';
      const finished = runToEnd(accountId, counts, done);
      underWay.add(finished);
      void finished.finally(() => underWay.delete(finished));
    },
    forget(accountId) {
      runs.delete(accountId);
      gaps.delete(accountId);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
