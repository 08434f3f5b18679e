import { z } from 'zod';
import { draftSchema } from '../entities/draft';
import { messageBodySchema } from '../entities/outgoing';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const cursorSchema = z.string().max(512);

/** Texts that wait in a chat for a person to send them. */
export const draftOperations = {
  'drafts.save': defineOperation({
    name: 'drafts.save',
    title: 'Leave a draft',
    summary:
      'Leaves a text in a chat for a person to read and send; nothing is sent. A chat has one draft: another one takes its place.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/draft' },
    input: z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema, body: messageBodySchema }),
    output: z.strictObject({ draft: draftSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'DO_NOT_CONTACT', 'DISK_FULL', 'STORE_UNAVAILABLE'],
  }),
  'drafts.list': defineOperation({
    name: 'drafts.list',
    title: 'List drafts',
    summary: 'Drafts of one account or of all that nobody has sent or thrown away, newest first.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/drafts' },
    input: z.strictObject({
      accountId: accountIdSchema.optional(),
      /** Only that of this chat. */
      chatId: chatIdSchema.optional(),
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ drafts: z.array(draftSchema), nextCursor: cursorSchema.optional() }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'drafts.remove': defineOperation({
    name: 'drafts.remove',
    title: 'Take a draft away',
    summary: 'Throws the draft of a chat away. Nothing happens when there is none.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: '/sessions/:accountId/chats/:chatId/draft' },
    input: z.strictObject({
      accountId: accountIdSchema,
      chatId: chatIdSchema,
      /** Only when it is still this one: a newer draft stays. */
      savedAtMs: z.coerce.number().int().optional(),
    }),
    output: z.strictObject({}),
    errors: ['ACCOUNT_NOT_FOUND', 'DISK_FULL', 'STORE_UNAVAILABLE'],
  }),
};
