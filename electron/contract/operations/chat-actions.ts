import { z } from 'zod';
import { chatSchema } from '../entities/chat';
import { pictureSchema } from '../entities/contact';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema } from '../ids';
import { defineOperation } from '../operation';
import { queryFlagSchema } from '../query-flag';

const chatInput = z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema });
const chatOutput = z.strictObject({ chat: chatSchema });

/** What can go wrong with everything that is done to a chat in the account's page. */
const chatErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'CHAT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
  'STORE_UNAVAILABLE',
];

/** What is done to a chat as a whole. The account must be ready; phone and other devices follow. */
export const chatActionOperations = {
  'chats.markUnread': defineOperation({
    name: 'chats.markUnread',
    title: 'Mark a chat as unread',
    summary: 'Puts the mark back that says that this chat waits for an answer, here and on the phone.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/unread' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.archive': defineOperation({
    name: 'chats.archive',
    title: 'Archive a chat',
    summary: 'Moves the chat into the archive, here and on the phone.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/archive' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.unarchive': defineOperation({
    name: 'chats.unarchive',
    title: 'Take a chat out of the archive',
    summary: 'Moves the chat out of the archive, here and on the phone.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/archive' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.pin': defineOperation({
    name: 'chats.pin',
    title: 'Pin a chat',
    summary: 'Keeps the chat at the top of WhatsApp’s list. WhatsApp allows three; a fourth is refused.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/pin' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.unpin': defineOperation({
    name: 'chats.unpin',
    title: 'Unpin a chat',
    summary: 'Lets the chat go back to its place in WhatsApp’s list.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/pin' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.mute': defineOperation({
    name: 'chats.mute',
    title: 'Mute a chat',
    summary: 'Silences the chat until a moment, or for good when none is given.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/mute' },
    input: z.strictObject({
      ...chatInput.shape,
      /** In ms since 1970; WhatsApp keeps whole seconds. */
      untilMs: z.int().positive().optional(),
    }),
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.unmute': defineOperation({
    name: 'chats.unmute',
    title: 'Unmute a chat',
    summary: 'Lets the chat be heard again.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/mute' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.clear': defineOperation({
    name: 'chats.clear',
    title: 'Delete all messages of a chat',
    summary:
      'Empties the chat for this account, here and on the phone; the other side keeps its copy. What has not left yet stays in the outbox.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/messages' },
    input: chatInput,
    output: chatOutput,
    errors: chatErrors,
  }),
  'chats.remove': defineOperation({
    name: 'chats.remove',
    title: 'Delete a chat',
    summary:
      'Deletes the chat with all its messages for this account, here and on the phone. It comes back with the next message. A group must be left first.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId' },
    input: chatInput,
    output: z.strictObject({}),
    errors: [...chatErrors, 'MESSAGE_NOT_SENT'],
  }),
  'chats.getPicture': defineOperation({
    name: 'chats.getPicture',
    title: 'Get the picture of a chat',
    summary:
      'The picture of the person or group with its bytes, fetched through the account’s own page. With refresh WhatsApp is asked anew.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/picture' },
    input: z.strictObject({ ...chatInput.shape, refresh: queryFlagSchema.default(false) }),
    output: z.strictObject({ picture: pictureSchema }),
    errors: [...chatErrors, 'PICTURE_NOT_FOUND'],
  }),
};
