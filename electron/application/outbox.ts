import type { DeliveryStatus, ObservedMessage } from '../contract/entities/message';
import { OperationError } from '../contract/errors';
import type { AccountId, ChatId, MessageId } from '../contract/ids';
import { isConfirmed } from '../domain/delivery-status';
import type { EventBus } from './event-bus';
import type { Lanes } from './lanes';
import { logReason } from './log-reason';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import type { MessageStore, OutboxRow } from './ports/message-store';
import type { SessionControl } from './ports/sessions';

/** What a person reads beside a message that may or may not have left. */
export const uncertainWords = 'It is not certain that this message left. Look at the phone before you send it again.';

/** Pause before the outbox tries again after the store or a lookup failed while the session stayed ready, in ms. */
const retryDelayMs = 5_000;
/** How many such tries in a row before it waits for the next `ready`. */
const maxRetries = 5;

/** Why an account's turn ended early: `later` is worth another try by itself. */
type Turn = 'done' | 'later' | 'not_ready';

/** What a running turn was asked for meanwhile. */
interface RunningTurn {
  again: 'no' | 'kick' | 'resume';
  finished: Promise<void>;
}

export interface Outbox {
  /** Sends what is queued, oldest first. Returns at once. */
  kick(accountId: AccountId): void;
  /** After `ready`: finds out what became of messages whose sending was interrupted, and sends what is queued. */
  resume(accountId: AccountId): void;
  forget(accountId: AccountId): void;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

export interface OutboxPorts {
  readonly store: MessageStore;
  readonly sessions: SessionControl;
  readonly events: EventBus;
  readonly lanes: Lanes;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The only component that sends, and the only one that retries. A row is `claimed` in one durable commit before the worker
 * is asked, so after a crash it is known which messages may have left; those are looked up, never sent again.
 */
export const createOutbox = ({ store, sessions, events, lanes, clock, log }: OutboxPorts): Outbox => {
  const running = new Map<AccountId, RunningTurn>();
  const retries = new Map<AccountId, { count: number; cancel: () => void }>();

  const isReady = (accountId: AccountId): boolean => sessions.get(accountId).status.state === 'ready';

  /** A page that lacks pieces may lose what it is given: nothing is given to it, and what is queued keeps its place. */
  const maySend = (accountId: AccountId): boolean => {
    const { status } = sessions.get(accountId);
    return status.state === 'ready' && (status.missing ?? []).length === 0;
  };

  const applyStatus = (
    accountId: AccountId,
    chatId: ChatId,
    messageId: MessageId,
    status: DeliveryStatus,
    problem?: string,
  ): Promise<void> =>
    lanes.run(accountId, async () => {
      const changed = await store.applyStatus(accountId, chatId, messageId, status, problem);
      if (changed === undefined) return;
      events.publish({ type: 'message.updated', message: changed.message });
      if (changed.chat.lastMessage?.id === messageId) events.publish({ type: 'chat.updated', chat: changed.chat });
    });

  /** What the page has under our id: its time, its form and how far it came. */
  const merge = (accountId: AccountId, row: OutboxRow, message: ObservedMessage): Promise<void> => {
    if (message.id !== row.messageId || message.chatId !== row.chatId || !message.fromMe) {
      log.warn('the page answered with another message than it was given', { accountId, messageId: row.messageId });
      return Promise.resolve();
    }
    return lanes.run(accountId, async () => {
      const stored = await store.saveMessages(accountId, [message]);
      for (const updated of stored.updated) events.publish({ type: 'message.updated', message: updated });
      for (const chat of stored.chats) events.publish({ type: 'chat.updated', chat });
    });
  };

  const setState = (accountId: AccountId, row: OutboxRow, state: OutboxRow['state']): Promise<void> =>
    store.setOutboxState(accountId, row.chatId, row.messageId, state);

  const send = async (accountId: AccountId, row: OutboxRow): Promise<Turn> => {
    await setState(accountId, row, 'claimed');
    try {
      const { chatId, messageId, body } = row;
      const { message } = await sessions.request(accountId, 'send', { chatId, messageId, body });
      await setState(accountId, row, 'handed');
      await merge(accountId, row, message);
      return 'done';
    } catch (error) {
      // What came after the request (our own commit) cannot undo that the page has it: it is looked up later.
      const asked = error instanceof OperationError && error.code !== 'STORE_UNAVAILABLE' ? error : undefined;
      if (asked?.effect === 'none' && asked.code === 'SESSION_NOT_READY') {
        // Nothing was asked: the message keeps its place until the account is ready.
        await setState(accountId, row, 'queued');
        return 'not_ready';
      }
      if (asked?.effect === 'none') {
        await applyStatus(accountId, row.chatId, row.messageId, 'failed', asked.message);
        await setState(accountId, row, 'settled');
        return 'done';
      }
      log.warn('it is not certain whether a message left', {
        accountId,
        messageId: row.messageId,
        reason: logReason(error),
      });
      await applyStatus(accountId, row.chatId, row.messageId, 'unknown', uncertainWords);
      return 'done';
    }
  };

  const lookUp = async (accountId: AccountId, row: OutboxRow): Promise<void> => {
    const { chatId, messageId } = row;
    const { message } = await sessions.request(accountId, 'findMessage', { chatId, messageId });
    if (message === undefined) {
      await applyStatus(accountId, chatId, messageId, 'unknown', uncertainWords);
      await setState(accountId, row, 'settled');
      return;
    }
    await setState(accountId, row, 'handed');
    await merge(accountId, row, message);
    if (isConfirmed(message.status)) await setState(accountId, row, 'settled');
  };

  const turn = async (accountId: AccountId, withLookUp: boolean): Promise<Turn> => {
    const rows = await store.listUnsettled(accountId);
    let lookUpFailed = false;
    for (const row of rows) {
      if (!isReady(accountId)) return 'not_ready';
      if (row.state === 'queued') {
        if (!maySend(accountId) || (await send(accountId, row)) === 'not_ready') return 'not_ready';
      } else if (withLookUp) {
        try {
          await lookUp(accountId, row);
        } catch (error) {
          log.warn('an interrupted message could not be looked up', { accountId, reason: logReason(error) });
          lookUpFailed = true;
        }
      }
    }
    return lookUpFailed ? 'later' : 'done';
  };

  const retryLater = (accountId: AccountId): void => {
    const count = (retries.get(accountId)?.count ?? 0) + 1;
    retries.get(accountId)?.cancel();
    if (count > maxRetries || !isReady(accountId)) return;
    const cancel = clock.schedule(retryDelayMs, () => begin(accountId, 'resume'));
    retries.set(accountId, { count, cancel });
  };

  const takeTurns = async (accountId: AccountId, entry: RunningTurn): Promise<void> => {
    while (entry.again !== 'no') {
      const withLookUp = entry.again === 'resume';
      entry.again = 'no';
      let ended: Turn;
      try {
        ended = await turn(accountId, withLookUp);
      } catch (error) {
        log.error('the outbox of an account is held up', { accountId, reason: logReason(error) });
        ended = 'later';
      }
      if (ended === 'later') retryLater(accountId);
      else if (withLookUp) retries.delete(accountId);
    }
    running.delete(accountId);
  };

  const begin = (accountId: AccountId, how: 'kick' | 'resume'): void => {
    const busy = running.get(accountId);
    if (busy !== undefined) {
      if (busy.again !== 'resume') busy.again = how;
      return;
    }
    const entry: RunningTurn = { again: how, finished: Promise.resolve() };
    running.set(accountId, entry);
    entry.finished = takeTurns(accountId, entry);
  };

  const forgetRetries = (accountId: AccountId): void => {
    retries.get(accountId)?.cancel();
    retries.delete(accountId);
  };

  return {
    kick: (accountId) => begin(accountId, 'kick'),
    resume(accountId) {
      forgetRetries(accountId);
      begin(accountId, 'resume');
    },
    forget: forgetRetries,
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map((entry) => entry.finished));
    },
  };
};
