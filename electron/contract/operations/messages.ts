import { z } from 'zod';
import { messageSchema } from '../entities/message';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const cursorSchema = z.string().max(512);

/** Text of an outgoing message: anything a person can write, as long as WhatsApp can carry it unchanged. */
export const messageBodySchema = z
  .string()
  .max(
    limits.messageBodyLength,
    `must have at most ${limits.messageBodyLength} characters, WhatsApp's limit for one message`,
  )
  .refine((body) => body.trim().length > 0, 'must not be empty')
  .refine((body) => body.isWellFormed(), 'contains half of a character (a lone surrogate), which WhatsApp cannot carry')
  .refine((body) => !body.includes('\u0000'), 'contains a NUL character, which WhatsApp cannot carry');

export const messageOperations = {
  'messages.list': defineOperation({
    name: 'messages.list',
    title: 'List messages of a chat',
    summary:
      'One page of a chat’s stored history, oldest of the page first. Without a cursor: the newest page; it wakes an account that is asleep.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/messages' },
    input: z.strictObject({
      accountId: accountIdSchema,
      chatId: chatIdSchema,
      /** From an earlier answer: the page before that one. */
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({
      messages: z.array(messageSchema),
      /** Present when there is older history. */
      olderCursor: cursorSchema.optional(),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'messages.send': defineOperation({
    name: 'messages.send',
    title: 'Send a text message',
    summary:
      'Stores the message, then hands it to WhatsApp; an account that is asleep is woken first. Answers once it is stored, as pending; follow message.updated for sent, delivered and read.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages' },
    input: z.strictObject({
      accountId: accountIdSchema,
      chatId: chatIdSchema,
      body: messageBodySchema,
      /** The same key with the same chat and body answers with the first message instead of sending again. */
      idempotencyKey: z.string().min(1).max(limits.idempotencyKeyLength).optional(),
    }),
    output: z.strictObject({ message: messageSchema }),
    errors: [
      'ACCOUNT_NOT_FOUND',
      'SESSION_NOT_READY',
      'SESSION_PAGE_CHANGED',
      'CHAT_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'STORE_UNAVAILABLE',
    ],
  }),
};
