import type { CrashPoints } from '../contract/crash-points';
import type { AccountIdentity } from '../contract/entities/account';
import type { DeliveryStatus, ObservedMessage } from '../contract/entities/message';
import type { Session } from '../contract/entities/session';
import { OperationError } from '../contract/errors';
import type { Ack, WorkerReport } from '../contract/frames';
import type { AccountId, ChatId, MessageId } from '../contract/ids';
import { statusFeed } from '../domain/chat-identity';
import { isConfirmed } from '../domain/delivery-status';
import { refusedWords } from '../domain/send-states';
import type { AccountStores } from './account-stores';
import type { CatchUp } from './catch-up';
import type { EventBus } from './event-bus';
import type { KnownAccounts } from './known-accounts';
import type { Lanes } from './lanes';
import { logReason } from './log-reason';
import type { Outbox } from './outbox/outbox';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import type { MessageStore, ObservedStatus } from './ports/message-store';
import type { SessionControl, SessionObserver } from './ports/sessions';
import type { StoredChanges } from './stored-changes';

/** Pauses before a report is stored once more after the store failed, in ms. Short: the account's lane waits meanwhile. */
const storeRetryDelaysMs = [100, 400] as const;

/** A report on its way into the store. */
interface Keeping {
  readonly what: WorkerReport['type'];
  /** The chats it is about. */
  readonly chatIds: readonly ChatId[];
  readonly work: () => Promise<void>;
  readonly onLoss: () => void;
}

export interface IngestPorts {
  readonly accounts: KnownAccounts;
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly events: EventBus;
  readonly lanes: Lanes;
  readonly changes: StoredChanges;
  readonly catchUp: CatchUp;
  readonly outbox: Outbox;
  readonly crashPoints: CrashPoints;
  readonly clock: Clock;
  readonly log: Log;
}

/** Turns what sessions do into stored rows and events, strictly in order per account. */
export interface Ingest extends Pick<SessionObserver, 'sessionChanged' | 'reported'> {
  forget(accountId: AccountId): void;
}

export const createIngest = (ports: IngestPorts): Ingest => {
  const { accounts, store, stores, sessions, events, lanes, changes, catchUp, outbox, crashPoints, clock, log } = ports;
  const lastState = new Map<AccountId, string>();
  /** Accounts whose last report was lost: until one is stored again, each is tried once only. */
  const failing = new Set<AccountId>();

  const pause = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      clock.schedule(delayMs, resolve);
    });

  const beginCatchUp = (accountId: AccountId): void => catchUp.begin(accountId, () => outbox.resume(accountId));

  /** For a change that may have been stored without an answer: what is shown of these chats is read again. */
  const tellAgain = async (accountId: AccountId, chatIds: readonly ChatId[]): Promise<void> => {
    for (const chatId of chatIds.filter((id) => id !== statusFeed))
      events.publish({ type: 'chat.updated', chat: await store.getChat(accountId, chatId) });
    events.publish({ type: 'history.imported', accountId, chatIds: [...chatIds] });
  };

  /** The same work again after a failure of the store, a bounded number of times; then the reason. */
  const stubbornly = async (accountId: AccountId, { work, chatIds }: Keeping): Promise<unknown> => {
    const delaysMs = failing.has(accountId) ? [] : storeRetryDelaysMs;
    let isUncertain = false;
    for (const delayMs of [...delaysMs, undefined]) {
      try {
        await stores.ensureOpen(accountId);
        await work();
        if (isUncertain) await tellAgain(accountId, chatIds);
        return undefined;
      } catch (error) {
        if (delayMs === undefined) return error;
        isUncertain ||= error instanceof OperationError && error.effect === 'unknown';
        await pause(delayMs);
      }
    }
    return undefined;
  };

  /** Stores one report in the account's lane; one that cannot be stored is logged and its chats marked for a check. */
  const keep = (accountId: AccountId, keeping: Keeping): void => {
    void lanes.run(accountId, async () => {
      if (accounts.find(accountId) === undefined) return;
      const lostBecause = await stubbornly(accountId, keeping);
      if (lostBecause === undefined) {
        const recovered = failing.delete(accountId);
        if (recovered && sessions.get(accountId).status.state === 'ready') beginCatchUp(accountId);
        return;
      }
      failing.add(accountId);
      keeping.onLoss();
      log.error('a report could not be stored; its chat is compared again later', {
        accountId,
        what: keeping.what,
        reason: logReason(lostBecause),
      });
    });
  };

  /** Whether WhatsApp confirms an own message that is on its way. */
  const isConfirmation = (accountId: AccountId, messageId: MessageId, status: DeliveryStatus | undefined): boolean =>
    isConfirmed(status) && outbox.isUnderway(accountId, messageId);
  const withWords = (acks: readonly Ack[]): readonly ObservedStatus[] =>
    acks.map((ack) => (ack.status === 'failed' ? { ...ack, problem: refusedWords } : ack));

  const saveMessages = async (
    accountId: AccountId,
    messages: readonly ObservedMessage[],
    acks: readonly Ack[],
  ): Promise<void> => {
    const confirms =
      messages.some(({ id, fromMe, status }) => fromMe && isConfirmation(accountId, id, status)) ||
      acks.some(({ messageId, status }) => isConfirmation(accountId, messageId, status));
    if (confirms) await crashPoints.reach('outbox.confirmed', accountId);
    if (messages.length === 0) await changes.statuses(accountId, withWords(acks));
    else await changes.messages(accountId, messages, withWords(acks));
  };

  const saveIdentity = (accountId: AccountId, identity: AccountIdentity): void => {
    const account = accounts.find(accountId);
    if (account === undefined) return;
    try {
      accounts.change(account, { identity });
    } catch (error) {
      log.error('who the phone is could not be saved', { accountId, reason: logReason(error) });
    }
  };

  const sessionChanged = (session: Session): void => {
    const { accountId, generation, status } = session;
    if (accounts.find(accountId) === undefined) return;
    const state = `${generation} ${status.state}`;
    const isNew = lastState.get(accountId) !== state;
    lastState.set(accountId, state);
    events.publish({ type: 'session.changed', session });
    outbox.sessionChanged(session);
    if (status.state === 'starting' || status.state === 'reconnecting') catchUp.remember(accountId);
    if (status.state !== 'ready') return;
    saveIdentity(accountId, status.me);
    if (isNew) beginCatchUp(accountId);
  };

  const reported = (accountId: AccountId, report: WorkerReport): void => {
    switch (report.type) {
      case 'messages':
      case 'acks': {
        const messages = report.type === 'messages' ? report.messages : [];
        const acks = report.acks ?? [];
        const chatIds = [...new Set([...messages, ...acks].map(({ chatId }) => chatId))];
        keep(accountId, {
          what: report.type,
          chatIds,
          work: () => saveMessages(accountId, messages, acks),
          onLoss: () => {
            for (const { chatId, timestampMs } of messages) catchUp.noteGap(accountId, chatId, timestampMs);
            for (const { chatId } of acks) catchUp.noteGap(accountId, chatId, clock.nowMs());
          },
        });
        return;
      }
      case 'chat':
        keep(accountId, {
          what: report.type,
          chatIds: [report.chat.id],
          work: () => changes.chat(accountId, report.chat),
          // WhatsApp tells name and counts of every chat again at the next ready.
          onLoss: () => undefined,
        });
        return;
      case 'message_removed':
        keep(accountId, {
          what: report.type,
          chatIds: [report.chatId],
          work: () => changes.messageRemoved(accountId, report.chatId, report.messageId, report.fromMe),
          onLoss: () => undefined,
        });
        return;
      case 'chat_emptied':
        keep(accountId, {
          what: report.type,
          // A chat that is gone has nothing to be read again.
          chatIds: report.removed ? [] : [report.chatId],
          work: () => changes.chatEmptied(accountId, report.chatId, report.removed),
          onLoss: () => undefined,
        });
        return;
      case 'reaction':
        keep(accountId, {
          what: report.type,
          chatIds: [report.reaction.chatId],
          work: () => changes.reaction(accountId, report.reaction),
          onLoss: () => undefined,
        });
        return;
      case 'limits':
        outbox.limited(accountId, report.limits);
        return;
      default:
      // The rest is about the session, whose supervisor has heard it.
    }
  };

  return {
    sessionChanged,
    reported,
    forget(accountId) {
      lastState.delete(accountId);
      failing.delete(accountId);
    },
  };
};
