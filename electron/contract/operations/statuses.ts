import { z } from 'zod';
import {
  captionSchema,
  mediaIdSchema,
  statusColorSchema,
  statusFontSchema,
  statusTextSchema,
} from '../entities/outgoing';
import { statusSchema } from '../entities/status';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { queueErrors, queueInput, sendOutput } from './send-parts';

const pageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
];

/** What the page does with statuses. */
export const statusOperations = {
  'statuses.list': defineOperation({
    name: 'statuses.list',
    title: 'List statuses',
    summary: 'One page of the statuses that still show, newest first: those of the account’s contacts and its own.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/statuses' },
    input: z.strictObject({
      accountId: accountIdSchema,
      /** Those of one person only. */
      contactId: chatIdSchema.optional(),
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ statuses: z.array(statusSchema), total: z.int().nonnegative() }),
    errors: pageErrors,
  }),
  'statuses.remove': defineOperation({
    name: 'statuses.remove',
    title: 'Take a status back',
    summary: 'Removes one of the account’s own statuses for everybody.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/sessions/:accountId/statuses/:messageId' },
    input: z.strictObject({ accountId: accountIdSchema, messageId: messageIdSchema }),
    output: z.strictObject({}),
    errors: [...pageErrors, 'MESSAGE_NOT_FOUND'],
  }),
};

/** Statuses leave as messages do, through the outbox. */
export const statusSendOperations = {
  'statuses.sendText': defineOperation({
    name: 'statuses.sendText',
    title: 'Post a text status',
    summary:
      'Puts a text into the outbox that shows for a day to everybody whom the account’s privacy settings let see it. It leaves as messages do.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/statuses/text' },
    input: z.strictObject({
      ...queueInput,
      body: statusTextSchema,
      backgroundColor: statusColorSchema.default('#7ACCA5'),
      font: statusFontSchema.default(0),
    }),
    output: sendOutput,
    errors: queueErrors,
  }),
  'statuses.sendMedia': defineOperation({
    name: 'statuses.sendMedia',
    title: 'Post a picture or film as status',
    summary: 'Puts an uploaded picture or film into the outbox that shows for a day, as statuses.sendText does.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/statuses/media' },
    input: z.strictObject({ ...queueInput, mediaId: mediaIdSchema, caption: captionSchema.optional() }),
    output: sendOutput,
    errors: [...queueErrors, 'MEDIA_NOT_FOUND', 'MEDIA_REFUSED'],
  }),
};
