import { z } from 'zod';
import { messageSchema } from '../entities/message';
import {
  captionSchema,
  latitudeSchema,
  longitudeSchema,
  mediaFormSchema,
  mediaIdSchema,
  messageBodySchema,
  placeNameSchema,
  pollOptionsSchema,
  pollQuestionSchema,
  quotedMessageIdSchema,
  vcardSchema,
} from '../entities/outgoing';
import { sendPolicySchema, sendSchema } from '../entities/send';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const cursorSchema = z.string().max(512);

/** What everything that goes into the outbox takes beside its content. */
export const queueInput = {
  accountId: accountIdSchema,
  /** The same key with the same content answers with the first message instead of sending again. */
  idempotencyKey: z.string().min(1).max(limits.idempotencyKeyLength).optional(),
  /** `bulk`: behind everything that people and programs send. */
  priority: z.enum(['normal', 'bulk']).default('normal'),
  policy: sendPolicySchema.default('never_twice'),
};

const sendInput = { ...queueInput, chatId: chatIdSchema, quotedMessageId: quotedMessageIdSchema.optional() };

/** What everything that goes into the outbox answers. */
export const sendOutput = z.strictObject({ message: messageSchema, send: sendSchema });

export const queueErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTBOX_FULL',
  'DISK_FULL',
  'STORE_UNAVAILABLE',
];
const sendErrors: readonly ErrorCode[] = [...queueErrors, 'CHAT_NOT_FOUND', 'CHAT_NOT_KNOWN', 'DO_NOT_CONTACT'];

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
      'Puts the message into the outbox and answers once it is stored, as queued. It leaves when the account is ready and its gate lets it; follow send.updated and message.updated.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/messages' },
    input: z.strictObject({ ...sendInput, body: messageBodySchema }),
    output: sendOutput,
    errors: sendErrors,
  }),
  'messages.sendMedia': defineOperation({
    name: 'messages.sendMedia',
    title: 'Send a file',
    summary:
      'Puts an uploaded picture, film, sound or document into the outbox. The file is kept with the row until WhatsApp has it.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/media' },
    input: z.strictObject({
      ...sendInput,
      mediaId: mediaIdSchema,
      form: mediaFormSchema.default('auto'),
      caption: captionSchema.optional(),
    }),
    output: sendOutput,
    errors: [...sendErrors, 'MEDIA_NOT_FOUND'],
  }),
  'messages.sendLocation': defineOperation({
    name: 'messages.sendLocation',
    title: 'Send a location',
    summary: 'Puts a place on the map into the outbox.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/locations' },
    input: z.strictObject({
      ...sendInput,
      latitude: latitudeSchema,
      longitude: longitudeSchema,
      name: placeNameSchema.optional(),
      address: placeNameSchema.optional(),
    }),
    output: sendOutput,
    errors: sendErrors,
  }),
  'messages.sendContact': defineOperation({
    name: 'messages.sendContact',
    title: 'Send a contact card',
    summary: 'Puts a contact card into the outbox.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/contacts' },
    input: z.strictObject({ ...sendInput, vcard: vcardSchema }),
    output: sendOutput,
    errors: sendErrors,
  }),
  'messages.sendPoll': defineOperation({
    name: 'messages.sendPoll',
    title: 'Send a poll',
    summary: 'Puts a poll into the outbox.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: '/sessions/:accountId/chats/:chatId/polls' },
    input: z.strictObject({
      ...sendInput,
      question: pollQuestionSchema,
      options: pollOptionsSchema,
      multipleAnswers: z.boolean().default(false),
    }),
    output: sendOutput,
    errors: sendErrors,
  }),
};
