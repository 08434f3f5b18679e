import { z } from 'zod';
import { messageSchema, messageWithMediaSchema } from '../entities/message';
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
  vcardSchema,
} from '../entities/outgoing';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { sendErrors, sendInput, sendOutput } from './send-parts';

const cursorSchema = z.string().max(512);

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
      /** Skips so many of the newest, counted from the cursor. */
      offset: z.coerce.number().int().min(0).max(limits.pageOffset).default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({
      messages: z.array(messageSchema),
      /** Present when there is older history. */
      olderCursor: cursorSchema.optional(),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'messages.listWithMedia': defineOperation({
    name: 'messages.listWithMedia',
    title: 'List messages of a chat with their files',
    summary: `One page of a chat’s stored history, as messages.list, with the files of its messages, fetched from WhatsApp, the newest first: up to ${limits.mediaAtOnce} files of ${limits.mediaAtOnceBytes / 1024 / 1024} MiB in all. What could not be fetched says why and harms nothing else; messages.getMedia fetches one.`,
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/messages-with-media' },
    input: z.strictObject({
      accountId: accountIdSchema,
      chatId: chatIdSchema,
      /** From an earlier answer: the page before that one. */
      cursor: cursorSchema.optional(),
      /** Skips so many of the newest, counted from the cursor. */
      offset: z.coerce.number().int().min(0).max(limits.pageOffset).default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(10),
    }),
    output: z.strictObject({
      messages: z.array(messageWithMediaSchema),
      /** Present when there is older history. */
      olderCursor: cursorSchema.optional(),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'messages.get': defineOperation({
    name: 'messages.get',
    title: 'Get a message',
    summary: 'One stored message by its id.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/chats/:chatId/messages/:messageId' },
    input: z.strictObject({ accountId: accountIdSchema, chatId: chatIdSchema, messageId: messageIdSchema }),
    output: z.strictObject({ message: messageSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'CHAT_NOT_FOUND', 'MESSAGE_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'messages.search': defineOperation({
    name: 'messages.search',
    title: 'Search messages',
    summary:
      'Stored messages that hold all the words, newest first; the last word may be a beginning. Case and accents make no difference.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/messages/search' },
    input: z.strictObject({
      query: z.string().trim().min(1, 'must not be empty').max(limits.searchQueryLength),
      /** Without it all accounts are searched. */
      accountId: accountIdSchema.optional(),
      chatId: chatIdSchema.optional(),
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({
      messages: z.array(messageSchema),
      nextCursor: cursorSchema.optional(),
      /** False while messages of an earlier version are still being made searchable, the newest of them first. */
      complete: z.boolean(),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
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
    input: z.strictObject({
      ...sendInput,
      body: messageBodySchema,
      /** Whether the first link in the text shows what is behind it. */
      linkPreview: z.boolean().default(true),
    }),
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
