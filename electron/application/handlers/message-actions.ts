import type { Message, ObservedMessage } from '../../contract/entities/message';
import type { ForwardedContent, OutgoingContent } from '../../contract/entities/outgoing';
import { mediaIdSchema } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import type { messageActionOperations } from '../../contract/operations/message-actions';
import type { AnsweredOperation } from '../../contract/operations/page-answers';
import { bytesOfBase64 } from '../../domain/base64';
import { createPageRequests } from '../page-requests';
import { createStoredChanges } from '../stored-changes';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

type MessageAction = Extract<AnsweredOperation, keyof typeof messageActionOperations>;
type PlainAction = Exclude<MessageAction, 'messages.remove' | 'messages.react' | 'messages.forward'>;

interface Target {
  readonly accountId: AccountId;
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

/** Handlers of what is done to messages: the page does it, and the store follows before the caller hears of it. */
export const createMessageActionHandlers = (
  ports: HandlerPorts,
): HandlersOf<Pick<typeof messageActionOperations, MessageAction>> => {
  const { accounts, store, stores, lanes, media, files, randomness, clock } = ports;
  const page = createPageRequests(ports);
  const changes = createStoredChanges(ports);
  const accept = ports.acceptance;

  /** What has not left yet is the outbox's; WhatsApp has nothing there to change. */
  const prepare = async ({ accountId, chatId, messageId }: Target): Promise<void> => {
    const { label } = accounts.get(accountId);
    await stores.ensureOpen(accountId);
    const send = await store.findSend(accountId, chatId, messageId);
    if (send === undefined || (send.state !== 'queued' && send.state !== 'claimed')) return;
    throw new OperationError(
      'MESSAGE_NOT_SENT',
      `${label}: message ${messageId} (messageId) has not left yet. Cancel it instead (sends.cancel), or wait until it has left.`,
      { data: { accountId, chatId, messageId } },
    );
  };

  const keep = async ({ accountId, chatId, messageId }: Target, observed: ObservedMessage): Promise<Message> => {
    await changes.messages(accountId, [observed]);
    return store.getMessage(accountId, chatId, messageId);
  };

  const change =
    (name: PlainAction) =>
    async (input: Target): Promise<{ message: Message }> => {
      await prepare(input);
      const { message } = await page.answer(name, { ...input });
      return lanes.run(input.accountId, async () => ({ message: await keep(input, message) }));
    };

  /** Bytes become an upload like any other, which the new row takes. */
  const withUpload = async <Result>(
    accountId: AccountId,
    content: ForwardedContent,
    send: (content: OutgoingContent) => Promise<Result>,
  ): Promise<Result> => {
    if (content.kind !== 'media') return send(content);
    const { data, ...rest } = content;
    const newId = () => mediaIdSchema.parse(randomness.hex(32));
    const mediaId = newId();
    return files.whileNeeded(mediaId, async () => {
      const received = await media.receive(accountId, newId(), [bytesOfBase64(data)]);
      try {
        const { filename, mimetype } = rest;
        const { size } = await received.keep({ filename, mimetype }, { mediaId });
        return await send({ ...rest, mediaId, size });
      } finally {
        await received.discard();
      }
    });
  };

  return {
    'messages.edit': change('messages.edit'),
    'messages.star': change('messages.star'),
    'messages.unstar': change('messages.unstar'),
    'messages.pin': change('messages.pin'),
    'messages.unpin': change('messages.unpin'),
    'messages.votePoll': change('messages.votePoll'),

    'messages.remove': async (input) => {
      const { accountId, chatId, messageId } = input;
      await prepare(input);
      const { message, fromMe } = await page.answer('messages.remove', input);
      return lanes.run(accountId, async () => {
        if (message !== undefined) return { message: await keep(input, message) };
        await changes.messageRemoved(accountId, chatId, messageId, fromMe);
        return {};
      });
    },

    'messages.react': async (input) => {
      const { accountId, chatId, messageId, reaction } = input;
      await prepare(input);
      const { message, senderId } = await page.answer('messages.react', input);
      return lanes.run(accountId, async () => {
        await changes.messages(accountId, [message]);
        await changes.reaction(accountId, {
          chatId,
          messageId,
          messageFromMe: message.fromMe,
          senderId,
          fromMe: true,
          atMs: clock.nowMs(),
          ...(reaction === '' ? {} : { emoji: reaction }),
        });
        return { message: await store.getMessage(accountId, chatId, messageId) };
      });
    },

    'messages.forward': async ({ accountId, chatId, messageId, toChatId, ...request }, caller) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const target = { accountId, chatId: toChatId, ...request };
      const repeated = await accept.repeated(target);
      if (repeated !== undefined) return accept.send(target, repeated, caller);
      const { content } = await page.answer('messages.forward', { accountId, chatId, messageId, toChatId }, 'look');
      return withUpload(accountId, content, (outgoing) => accept.send(target, outgoing, caller));
    },
  };
};
