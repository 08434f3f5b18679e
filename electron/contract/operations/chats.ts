import { z } from 'zod';
import { chatIdListSchema } from '../chat-id-list';
import { chatSchema, foundChatSchema } from '../entities/chat';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

/** Where a page ended; opaque to callers. */
const cursorSchema = z.string().max(512);

export const chatOperations = {
  'chats.list': defineOperation({
    name: 'chats.list',
    title: 'List chats',
    summary: 'Chats of one account or of all, latest activity first, read from the local store.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/chats' },
    input: z.strictObject({
      accountId: accountIdSchema.optional(),
      filter: z.enum(['all', 'unread', 'groups']).default('all'),
      /** Only these, with commas between them; ids that are nobody's chat are left out. */
      chatIds: chatIdListSchema.optional(),
      cursor: cursorSchema.optional(),
      /** Skips so many, counted from the cursor. */
      offset: z.coerce.number().int().min(0).max(limits.pageOffset).default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ chats: z.array(chatSchema), nextCursor: cursorSchema.optional() }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'chats.find': defineOperation({
    name: 'chats.find',
    title: 'Find chats by name or number',
    summary:
      'Chats of one account or of all whose name or phone number holds what is asked for, read from the local store: the best first (the whole name, its beginning, the beginning of a word, any part), then the newest. Case and accents make no difference, and a number may be written as people write it.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/chats/find' },
    input: z.strictObject({
      query: z.string().trim().min(1, 'must not be empty').max(limits.searchQueryLength),
      /** Without it the chats of all accounts are looked through. */
      accountId: accountIdSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(20),
    }),
    output: z.strictObject({ chats: z.array(foundChatSchema) }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'chats.get': defineOperation({
    name: 'chats.get',
    title: 'Get a chat',
    summary: 'One chat of an account by its id, read from the local store.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId' },
    input: z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema }),
    output: z.strictObject({ chat: chatSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'chats.markRead': defineOperation({
    name: 'chats.markRead',
    title: 'Mark a chat as read',
    summary:
      'Clears the unread count here and, when the account is ready, tells the customer by read receipts. WhatsApp Web marks whole chats only: with messages or days, a chat with more unread messages, or older ones, is refused and stays as it is.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/read' },
    input: z.strictObject({
      accountId: accountIdSchema,
      chatId: chatIdSchema,
      /** Only when so many are unread at most. */
      messages: z.int().min(1).max(limits.markReadMessages).optional(),
      /** Only when all that is unread came within so many days. */
      days: z.int().min(1).max(limits.markReadDays).optional(),
    }),
    output: z.strictObject({ chat: chatSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'NOT_SUPPORTED', 'STORE_UNAVAILABLE'],
  }),
};
