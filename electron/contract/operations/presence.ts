import { z } from 'zod';
import { presenceSchema, presenceStateSchema } from '../entities/presence';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const pageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
  'NOT_SUPPORTED',
];

const oneChat = z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema });

export const presenceOperations = {
  'presences.list': defineOperation({
    name: 'presences.list',
    title: 'List known presences',
    summary: 'Every chat in which WhatsApp has told who is online or typing, ordered by id.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/presence' },
    input: z.strictObject({
      accountId: accountIdSchema,
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ presences: z.array(presenceSchema), total: z.int().nonnegative() }),
    errors: pageErrors,
  }),
  'presences.get': defineOperation({
    name: 'presences.get',
    title: 'Read who is there in a chat',
    summary:
      'What WhatsApp has told so far; nothing is asked. Call presences.subscribe first, and have the account show itself as online: WhatsApp tells nothing to those who hide.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/presence/:chatId' },
    input: oneChat,
    output: z.strictObject({ presence: presenceSchema }),
    errors: pageErrors,
  }),
  'presences.subscribe': defineOperation({
    name: 'presences.subscribe',
    title: 'Ask to be told who is there',
    summary:
      'WhatsApp tells from then on, until the account’s page is loaded anew, when people of this chat come, go and type.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/presence/:chatId/subscribe' },
    input: oneChat,
    output: z.strictObject({ presence: presenceSchema }),
    errors: [...pageErrors, 'CHAT_NOT_FOUND', 'CONTACT_NOT_FOUND'],
  }),
  'presences.set': defineOperation({
    name: 'presences.set',
    title: 'Show an account’s presence',
    summary:
      'Online and offline count for the whole account until its page is loaded anew; an account that is online silences its phone. Typing, recording and paused are shown in one chat, for a few seconds unless repeated.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/presence' },
    input: z.strictObject({
      accountId: accountIdSchema,
      presence: presenceStateSchema,
      /** Where typing, recording and paused are shown; online and offline have none. */
      chatId: chatIdSchema.optional(),
    }),
    output: z.strictObject({ presence: presenceStateSchema }),
    errors: [...pageErrors, 'VALIDATION_ERROR', 'CHAT_NOT_FOUND'],
  }),
};
