import { z } from 'zod';
import { mediaIdSchema } from '../entities/outgoing';
import { gateSchema, sendSchema } from '../entities/send';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const cursorSchema = z.string().max(512);

const oneSend = z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema, messageId: messageIdSchema });
const sendOutput = z.strictObject({ send: sendSchema });
const oneAccount = z.strictObject({ accountId: accountIdSchema });
const gateOutput = z.strictObject({ gate: gateSchema });

/** The outbox of an account as people and programs see it, and the gate before it. */
export const sendOperations = {
  'sends.list': defineOperation({
    name: 'sends.list',
    title: 'List the outbox',
    summary:
      'One page of an account’s outbox, newest first. Queued rows say why they wait. `waiting`: queued, claimed and handed; `attention`: failed, unknown and stuck; `done`: everything else.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/sends' },
    input: z.strictObject({
      accountId: accountIdSchema,
      filter: z.enum(['all', 'waiting', 'attention', 'done']).default('all'),
      chatId: chatIdSchema.optional(),
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ sends: z.array(sendSchema), nextCursor: cursorSchema.optional() }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'sends.get': defineOperation({
    name: 'sends.get',
    title: 'Read a row of the outbox',
    summary: 'Where one message stands on its way out.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/sends/:messageId' },
    input: oneSend,
    output: sendOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SEND_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'sends.cancel': defineOperation({
    name: 'sends.cancel',
    title: 'Cancel a message',
    summary: 'Takes back a message that still waits; it leaves the conversation. One that may have left is refused.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/sends/:messageId/cancel' },
    input: oneSend,
    output: sendOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SEND_NOT_FOUND', 'SEND_TOO_LATE', 'STORE_UNAVAILABLE'],
  }),
  'sends.resend': defineOperation({
    name: 'sends.resend',
    title: 'Send a message again',
    summary:
      'Queues a failed, unknown or stuck message again under its own id: what has left after all is found instead of sent twice.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/sends/:messageId/resend' },
    input: oneSend,
    output: sendOutput,
    errors: [
      'ACCOUNT_NOT_FOUND',
      'SEND_NOT_FOUND',
      'SEND_TOO_LATE',
      'DO_NOT_CONTACT',
      'MEDIA_NOT_FOUND',
      'DISK_FULL',
      'STORE_UNAVAILABLE',
    ],
  }),
  'sends.dismiss': defineOperation({
    name: 'sends.dismiss',
    title: 'Take a message off the list',
    summary: 'A person has looked at a failed, unknown or stuck message and nothing more is to happen with it.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/sends/:messageId/dismiss' },
    input: oneSend,
    output: sendOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SEND_NOT_FOUND', 'SEND_TOO_LATE', 'STORE_UNAVAILABLE'],
  }),
  'gates.get': defineOperation({
    name: 'gates.get',
    title: 'Read the gate of an account',
    summary: 'What has left, what waits and why, and WhatsApp’s own limits with their ends.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/gate' },
    input: oneAccount,
    output: gateOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'gates.pause': defineOperation({
    name: 'gates.pause',
    title: 'Hold an account’s messages',
    summary: 'Nothing leaves the account until gates.resume; what is accepted meanwhile waits.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/gate/pause' },
    input: oneAccount,
    output: gateOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'gates.resume': defineOperation({
    name: 'gates.resume',
    title: 'Let an account’s messages go',
    summary: 'Ends a hold, by a person or after too many failures. Pace, caps and quiet hours still count.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/gate/resume' },
    input: oneAccount,
    output: gateOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'uploads.create': defineOperation({
    name: 'uploads.create',
    title: 'Hand over a file',
    summary:
      'Stores a file with the account so that it can be sent by its mediaId. One that no message takes within a day is deleted.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/uploads' },
    input: z.strictObject({
      accountId: accountIdSchema,
      filename: z
        .string()
        .min(1, 'must not be empty')
        .max(limits.filenameLength, `must have at most ${limits.filenameLength} characters`)
        .refine(
          (name) => !/[\p{Cc}\p{Cs}/\\]/u.test(name),
          'must be the name of a file, without folders and control characters',
        ),
      mimetype: z
        .string()
        .max(127)
        .regex(
          /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+( *; *[a-z0-9-]+=("[^"]*"|[^";, ]+))*$/i,
          'must be a media type such as image/jpeg',
        ),
      data: z
        .base64('must be the bytes of the file in base64')
        .min(1, 'must not be empty')
        .max(Math.ceil(limits.mediaBytes / 3) * 4, `must hold at most ${limits.mediaBytes} bytes`)
        .optional(),
      /** Instead of `data`: bytes that the surface has received in another way than in this input. */
      received: mediaIdSchema.optional(),
      /** The same file under the same key has the same mediaId. */
      idempotencyKey: z.string().min(1).max(limits.idempotencyKeyLength).optional(),
    }),
    output: z.strictObject({
      upload: z.strictObject({
        mediaId: mediaIdSchema,
        filename: z.string(),
        mimetype: z.string(),
        /** Bytes. */
        size: z.int().positive(),
      }),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'MEDIA_NOT_FOUND', 'DISK_FULL', 'STORE_UNAVAILABLE'],
  }),
};
