import type { Account } from '../../contract/entities/account';
import type { MediaId, OutgoingContent } from '../../contract/entities/outgoing';
import type { SendLane } from '../../contract/entities/send';
import { OperationError } from '../../contract/errors';
import { type AccountId, type ChatId, messageIdSchema } from '../../contract/ids';
import type { messageOperations } from '../../contract/operations/messages';
import type { statusSendOperations } from '../../contract/operations/statuses';
import type { OperationOutput, ParsedInput } from '../../contract/registry';
import { kindOfChat, statusFeed } from '../../domain/chat-identity';
import type { Caller } from '../caller';
import { doNotContact } from '../outbox/opt-out-list';
import type { Outgoing } from '../ports/outbox-store';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

/** What every send takes beside its content. */
type SendRequest = Pick<
  ParsedInput<'messages.send'>,
  'accountId' | 'chatId' | 'quotedMessageId' | 'idempotencyKey' | 'priority' | 'policy'
>;

/** Statuses are for everybody: none may begin as a message to somebody. */
const refuseFeed = ({ label }: Account, chatId: ChatId): void => {
  if (chatId !== statusFeed) return;
  const text = `${label} cannot write to ${chatId} (chatId), which is no conversation: nothing was sent. Post a status with statuses.sendText or statuses.sendMedia.`;
  throw new OperationError('CHAT_NOT_FOUND', text, { data: { chatId } });
};

const laneOf = (caller: Caller, priority: SendRequest['priority']): SendLane => {
  if (priority === 'bulk') return 'bulk';
  return caller.kind === 'window' ? 'person' : 'api';
};

export const createMessageHandlers = (
  ports: HandlerPorts,
): HandlersOf<typeof messageOperations & typeof statusSendOperations> => {
  const { accounts, store, stores, sessions, events, outbox, optOuts, files, crashPoints, clock, randomness } = ports;

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

  /** The one way into the outbox, whatever the message consists of. */
  const accept = async (
    request: SendRequest,
    content: OutgoingContent,
    caller: Caller,
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

  const send = (request: SendRequest, content: OutgoingContent, caller: Caller) => {
    refuseFeed(accounts.get(request.accountId), request.chatId);
    return accept(request, content, caller);
  };

  /** Facts of the file; those of the first call when this one repeats it, whose file may have been sent and deleted since. */
  const fileOf = async ({ accountId, idempotencyKey }: Omit<SendRequest, 'chatId'>, mediaId: MediaId) => {
    const { label } = accounts.get(accountId);
    await stores.ensureOpen(accountId);
    const first = idempotencyKey === undefined ? undefined : await store.findSendByKey(accountId, idempotencyKey);
    if (first?.content.kind === 'media' && first.content.mediaId === mediaId) return first.content;
    return files.get(accountId, label, mediaId);
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

    'messages.send': ({ body, ...request }, caller) => send(request, { kind: 'text', body }, caller),

    'messages.sendMedia': async ({ mediaId, form, caption, ...request }, caller) => {
      const sent = await files.whileNeeded(mediaId, async () => {
        const { filename, mimetype, size } = await fileOf(request, mediaId);
        const extra = caption === undefined ? {} : { caption };
        return send(request, { kind: 'media', mediaId, form, mimetype, filename, size, ...extra }, caller);
      });
      // A call that repeats an earlier one may have handed over a file that has been through long ago.
      files.through(request.accountId, [sent.send]);
      return sent;
    },

    'messages.sendLocation': ({ latitude, longitude, name, address, ...request }, caller) =>
      send(
        request,
        {
          kind: 'location',
          latitude,
          longitude,
          ...(name === undefined ? {} : { name }),
          ...(address === undefined ? {} : { address }),
        },
        caller,
      ),

    'messages.sendContact': ({ vcard, ...request }, caller) => send(request, { kind: 'contact', vcard }, caller),

    'messages.sendPoll': ({ question, options, multipleAnswers, ...request }, caller) =>
      send(request, { kind: 'poll', question, options, multipleAnswers }, caller),

    'statuses.sendText': ({ body, backgroundColor, font, ...request }, caller) =>
      accept({ ...request, chatId: statusFeed }, { kind: 'status', body, backgroundColor, font }, caller),

    'statuses.sendMedia': ({ mediaId, caption, ...request }, caller) =>
      files.whileNeeded(mediaId, async () => {
        const { filename, mimetype, size } = await fileOf(request, mediaId);
        if (!/^(image|video)\//i.test(mimetype)) {
          const { label } = accounts.get(request.accountId);
          const text = `${label} cannot post the file “${filename}” (mediaId) as a status: it is ${mimetype}. A status is a picture or a film.`;
          throw new OperationError('MEDIA_REFUSED', text);
        }
        const extra = caption === undefined ? {} : { caption };
        const content = { kind: 'media', mediaId, form: 'auto', mimetype, filename, size, ...extra } as const;
        return accept({ ...request, chatId: statusFeed }, content, caller);
      }),
  };
};
