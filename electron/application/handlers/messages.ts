import type { Account } from '../../contract/entities/account';
import { OperationError } from '../../contract/errors';
import { type AccountId, messageIdSchema } from '../../contract/ids';
import type { messageOperations } from '../../contract/operations/messages';
import type { OutgoingText } from '../ports/message-store';
import { sessionWords } from '../session-words';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createMessageHandlers = (ports: HandlerPorts): HandlersOf<typeof messageOperations> => {
  const { accounts, store, stores, sessions, lanes, events, outbox, clock, randomness } = ports;

  const refuseUnlessReady = (account: Account): void => {
    const { status } = sessions.get(account.id);
    if (status.state === 'ready') return;
    throw new OperationError(
      'SESSION_NOT_READY',
      `${account.label} is not ready (${sessionWords(status, clock.nowMs())}): nothing was sent, your text is kept.`,
      { data: { accountId: account.id, state: status.state } },
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
      outbox.kick(accountId);
      return { message };
    },
  };
};
