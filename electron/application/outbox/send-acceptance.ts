import type { CrashPoints } from '../../contract/crash-points';
import type { Account } from '../../contract/entities/account';
import type { OutgoingContent } from '../../contract/entities/outgoing';
import type { SendLane } from '../../contract/entities/send';
import { OperationError } from '../../contract/errors';
import { type AccountId, type ChatId, messageIdSchema } from '../../contract/ids';
import type { OperationOutput, ParsedInput } from '../../contract/registry';
import { kindOfChat, statusFeed } from '../../domain/chat-identity';
import type { AccountStores } from '../account-stores';
import type { Caller } from '../caller';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import type { Clock, Randomness } from '../ports/clock';
import type { MessageStore } from '../ports/message-store';
import type { Outgoing } from '../ports/outbox-store';
import type { SessionControl } from '../ports/sessions';
import { doNotContact, type OptOutList } from './opt-out-list';
import type { Outbox } from './outbox';

/** What every send takes beside its content. */
export type SendRequest = Pick<
  ParsedInput<'messages.send'>,
  'accountId' | 'chatId' | 'quotedMessageId' | 'idempotencyKey' | 'priority' | 'policy'
>;

/** Who sends, as far as the lane goes. */
type Sender = Pick<Caller, 'kind'>;

export interface SendAcceptancePorts {
  readonly accounts: KnownAccounts;
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly events: EventBus;
  readonly outbox: Outbox;
  readonly optOuts: OptOutList;
  readonly crashPoints: CrashPoints;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** The one way into the outbox, whatever the message consists of. */
export interface SendAcceptance {
  accept(request: SendRequest, content: OutgoingContent, caller: Sender): Promise<OperationOutput<'messages.send'>>;
  /** The same for everything that is written to somebody: a status may not begin like this. */
  send(request: SendRequest, content: OutgoingContent, caller: Sender): Promise<OperationOutput<'messages.send'>>;
  /** The content that was accepted under the request's idempotency key before; undefined when there is none. */
  repeated(request: Omit<SendRequest, 'chatId'>): Promise<OutgoingContent | undefined>;
}

/** Statuses are for everybody: none may begin as a message to somebody. */
const refuseFeed = ({ label }: Account, chatId: ChatId): void => {
  if (chatId !== statusFeed) return;
  const text = `${label} cannot write to ${chatId} (chatId), which is no conversation: nothing was sent. Post a status with statuses.sendText or statuses.sendMedia.`;
  throw new OperationError('CHAT_NOT_FOUND', text, { data: { chatId } });
};

const laneOf = (caller: Sender, priority: SendRequest['priority']): SendLane => {
  if (priority === 'bulk') return 'bulk';
  return caller.kind === 'window' ? 'person' : 'api';
};

export const createSendAcceptance = (ports: SendAcceptancePorts): SendAcceptance => {
  const { accounts, store, stores, sessions, events, outbox, optOuts, crashPoints, clock, randomness } = ports;

  /** Once more when the store died over it: under the same id it cannot be queued twice. */
  const queue = async (accountId: AccountId, outgoing: Outgoing) => {
    try {
      return await store.queueOutgoing(accountId, outgoing);
    } catch (error) {
      if (!(error instanceof OperationError) || error.effect !== 'unknown') throw error;
      return store.queueOutgoing(accountId, outgoing);
    }
  };

  const refuseOptedOut = async ({ id, label }: Account, chatId: ChatId): Promise<void> => {
    const contact = await optOuts.find(id, chatId);
    if (contact !== undefined) throw doNotContact(label, contact);
  };

  const refuseUnknown = async ({ id, label, settings }: Account, chatId: ChatId): Promise<void> => {
    if (!settings.sending.onlyKnownChats || ['group', 'broadcast'].includes(kindOfChat(chatId))) return;
    if (await store.isKnownChat(id, chatId)) return;
    throw new OperationError(
      'CHAT_NOT_KNOWN',
      `${label} writes only to people who have written to it, and ${chatId} has not: nothing was sent. Turn “only known chats” off in the account’s settings to write first.`,
      { data: { accountId: id, chatId } },
    );
  };

  const accept = async (
    request: SendRequest,
    content: OutgoingContent,
    caller: Sender,
  ): Promise<OperationOutput<'messages.send'>> => {
    const { accountId, chatId, quotedMessageId, idempotencyKey, priority, policy } = request;
    const account = accounts.get(accountId);
    await stores.ensureOpen(accountId);
    await refuseOptedOut(account, chatId);
    await refuseUnknown(account, chatId);
    // WhatsApp's own form for an id made by a client.
    const messageId = messageIdSchema.parse(`3EB0${randomness.hex(18)}`);
    const queued = await queue(accountId, {
      chatId,
      messageId,
      content,
      quotedMessageId,
      lane: laneOf(caller, priority),
      policy,
      idempotencyKey,
      timestampMs: clock.nowMs(),
    });
    if (queued.created || queued.message.id === messageId) {
      await crashPoints.reach('outbox.queued', accountId);
      events.publish({ type: 'message.added', message: queued.message });
      if (chatId !== statusFeed) events.publish({ type: 'chat.updated', chat: queued.chat });
      outbox.accepted(accountId, queued.send);
      sessions.wake(accountId);
    }
    const [described] = await outbox.describe(accountId, [queued.send]);
    if (described === undefined) throw new Error('a row of the outbox has no description');
    return { message: queued.message, send: described };
  };

  return {
    accept,
    async send(request, content, caller) {
      refuseFeed(accounts.get(request.accountId), request.chatId);
      return accept(request, content, caller);
    },
    async repeated({ accountId, idempotencyKey }) {
      if (idempotencyKey === undefined) return undefined;
      return (await store.findSendByKey(accountId, idempotencyKey))?.content;
    },
  };
};
