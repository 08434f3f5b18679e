import type { Account } from '../../contract/entities/account';
import type { SessionState } from '../../contract/entities/session';
import { OperationError } from '../../contract/errors';
import { type AccountId, messageIdSchema } from '../../contract/ids';
import type { messageOperations } from '../../contract/operations/messages';
import type { OutgoingText } from '../ports/message-store';
import { sessionWords } from '../session-words';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createMessageHandlers = (ports: HandlerPorts): HandlersOf<typeof messageOperations> => {
  const { accounts, store, stores, sessions, lanes, events, outbox, clock, randomness } = ports;

  /** Accounts that a send has woken: until they are awake, more sends join the first in the queue. */
  const waking = new Set<AccountId>();

  const isWaking = (accountId: AccountId, state: SessionState['state']): boolean =>
    waking.has(accountId) && (state === 'starting' || state === 'syncing' || state === 'backoff');

  const refuseUnlessReady = (account: Account): void => {
    const { status } = sessions.get(account.id);
    if (status.state === 'asleep' || (status.state === 'stopping' && status.why === 'sleep')) {
      waking.add(account.id);
      return;
    }
    if (isWaking(account.id, status.state)) return;
    waking.delete(account.id);
    if (status.state === 'ready') {
      refuseIfChanged(account, status.missing ?? []);
      return;
    }
    throw new OperationError(
      'SESSION_NOT_READY',
      `${account.label} is not ready (${sessionWords(status, clock.nowMs())}): nothing was sent, your text is kept.`,
      { data: { accountId: account.id, state: status.state } },
    );
  };

  const refuseIfChanged = (account: Account, missing: readonly string[]): void => {
    if (missing.length === 0) return;
    throw new OperationError(
      'SESSION_PAGE_CHANGED',
      `${account.label}: this version of WhatsApp Web no longer has ${missing.join(', ')}: nothing was sent, your text is kept. Write in the account’s own window until Switchboard is updated.`,
      { data: { accountId: account.id, missing: [...missing] } },
    );
  };

  /** Once more when the store died over it: under the same id it cannot be queued twice. */
  const queue = async (accountId: AccountId, outgoing: OutgoingText) => {
    try {
      return await store.queueOutgoing(accountId, outgoing);
    } catch (error) {
      if (!(error instanceof OperationError) || error.effect !== 'unknown') throw error;
      return store.queueOutgoing(accountId, outgoing);
    }
  };

  return {
    'messages.list': async ({ accountId, chatId, cursor, limit }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const { messages, olderCursor } = await store.listMessages({ accountId, chatId, cursor, limit });
      // Whoever opens a conversation wants to see what is new in it; older pages are history.
      if (cursor === undefined) sessions.wake(accountId);
      return { messages: [...messages], ...(olderCursor === undefined ? {} : { olderCursor }) };
    },

    'messages.send': async ({ accountId, chatId, body, idempotencyKey }) => {
      refuseUnlessReady(accounts.get(accountId));
      await stores.ensureOpen(accountId);
      // WhatsApp's own form for an id made by a client.
      const messageId = messageIdSchema.parse(`3EB0${randomness.hex(18)}`);
      const message = await lanes.run(accountId, async () => {
        const outgoing = { chatId, messageId, body, idempotencyKey, timestampMs: clock.nowMs() };
        const queued = await queue(accountId, outgoing);
        if (queued.created || queued.message.id === messageId) {
          events.publish({ type: 'message.added', message: queued.message });
          events.publish({ type: 'chat.updated', chat: queued.chat });
        }
        return queued.message;
      });
      sessions.wake(accountId);
      outbox.kick(accountId);
      return { message };
    },
  };
};
