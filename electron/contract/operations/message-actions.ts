import { z } from 'zod';
import { messageSchema, receivedMediaSchema } from '../entities/message';
import { messageBodySchema, reactionEmojiSchema } from '../entities/outgoing';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { sendErrors, sendInput, sendOutput } from './send-parts';

const messageInput = z.strictObject({
  accountId: accountIdSchema,
  chatId: chatIdSchema,
  messageId: messageIdSchema,
});
const messageOutput = z.strictObject({ message: messageSchema });

/** What can go wrong with everything that is done to a message in the account's page. */
const messageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'CHAT_NOT_FOUND',
  'MESSAGE_NOT_FOUND',
  'MESSAGE_NOT_SENT',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
  'STORE_UNAVAILABLE',
];
const readErrors: readonly ErrorCode[] = messageErrors.filter((code) => code !== 'MESSAGE_NOT_SENT');

/** A day, in ms. */
const dayMs = 86_400_000;

/** What is done to a message that is there. The account must be ready; the message keeps its id. */
export const messageActionOperations = {
  'messages.edit': defineOperation({
    name: 'messages.edit',
    title: 'Edit a message',
    summary:
      'Replaces the text of an own message, or the caption of own media, for everybody. WhatsApp allows it for 15 minutes.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'PATCH', path: '/sessions/:accountId/chats/:chatId/messages/:messageId' },
    input: z.strictObject({ ...messageInput.shape, body: messageBodySchema }),
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.remove': defineOperation({
    name: 'messages.remove',
    title: 'Delete a message',
    summary:
      'For everyone: an own message within WhatsApp’s time, or somebody’s message in a group where the account is admin; its row stays and says that it was deleted. Only here (for: me): the message is gone on this account’s devices.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/messages/:messageId' },
    input: z.strictObject({ ...messageInput.shape, for: z.enum(['everyone', 'me']).default('everyone') }),
    output: z.strictObject({
      /** As it is now; absent when it was deleted only here. */
      message: messageSchema.optional(),
    }),
    errors: messageErrors,
  }),
  'messages.react': defineOperation({
    name: 'messages.react',
    title: 'React to a message',
    summary: 'Puts the account’s reaction on a message. An empty one takes it back.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/reaction' },
    input: z.strictObject({ ...messageInput.shape, reaction: reactionEmojiSchema }),
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.getReactions': defineOperation({
    name: 'messages.getReactions',
    title: 'List reactions to a message',
    summary: 'Who has reacted how, as WhatsApp knows it now.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/reactions' },
    input: messageInput,
    output: z.strictObject({
      reactions: z.array(
        z.strictObject({
          emoji: z.string(),
          senderId: z.string(),
          fromMe: z.boolean(),
          /** In ms; WhatsApp knows whole seconds. */
          atMs: z.int(),
        }),
      ),
    }),
    errors: readErrors,
  }),
  'messages.star': defineOperation({
    name: 'messages.star',
    title: 'Star a message',
    summary: 'Puts the message among the starred ones, here and on the phone. Nobody else sees it.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/star' },
    input: messageInput,
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.unstar': defineOperation({
    name: 'messages.unstar',
    title: 'Unstar a message',
    summary: 'Takes the message from the starred ones, here and on the phone.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/star' },
    input: messageInput,
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.pin': defineOperation({
    name: 'messages.pin',
    title: 'Pin a message',
    summary:
      'Shows the message at the top of its chat, for everybody in it. WhatsApp keeps three; in a group it may be for admins only.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/pin' },
    input: z.strictObject({
      ...messageInput.shape,
      /** In ms; WhatsApp counts whole seconds, its apps offer one, seven and thirty days. */
      durationMs: z
        .int()
        .min(1_000)
        .max(limits.pinDurationMs)
        .default(7 * dayMs),
    }),
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.unpin': defineOperation({
    name: 'messages.unpin',
    title: 'Unpin a message',
    summary: 'Takes the message off the top of its chat, for everybody in it.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/pin' },
    input: messageInput,
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.votePoll': defineOperation({
    name: 'messages.votePoll',
    title: 'Vote in a poll',
    summary: 'Sets the account’s vote in a poll: exactly these options, none to take it back.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/vote' },
    input: z.strictObject({
      ...messageInput.shape,
      /** The options by their texts. */
      options: z.array(z.string().min(1)).max(limits.pollOptions),
    }),
    output: messageOutput,
    errors: messageErrors,
  }),
  'messages.getMedia': defineOperation({
    name: 'messages.getMedia',
    title: 'Download the media of a message',
    summary: `The file of a picture, film, sound, sticker or document, fetched from WhatsApp; up to ${limits.receivedMediaBytes / 1024 / 1024} MiB, or up to maxBytes.`,
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/media' },
    input: z.strictObject({
      ...messageInput.shape,
      /** A larger file is refused, before it is fetched where WhatsApp tells its size. */
      maxBytes: z.coerce.number().int().min(1).max(limits.receivedMediaBytes).optional(),
    }),
    output: receivedMediaSchema,
    errors: [...readErrors, 'MEDIA_NOT_FOUND', 'MEDIA_REFUSED'],
  }),
  'messages.forward': defineOperation({
    name: 'messages.forward',
    title: 'Forward a message',
    summary:
      'Sends the content of a message to another chat as a new message, through the outbox. Text, media, locations, contact cards and polls can be forwarded; it does not carry WhatsApp’s mark of forwarded messages.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages/:messageId/forward' },
    input: z.strictObject({
      ...messageInput.shape,
      /** Where it goes. */
      toChatId: chatIdSchema,
      idempotencyKey: sendInput.idempotencyKey,
      priority: sendInput.priority,
      policy: sendInput.policy,
    }),
    output: sendOutput,
    errors: [...new Set([...readErrors, ...sendErrors, 'MEDIA_NOT_FOUND', 'MEDIA_REFUSED', 'NOT_SUPPORTED'] as const)],
  }),
};
