import { z } from 'zod';
import { accountIdentitySchema } from './entities/account';
import { observedChatSchema } from './entities/chat';
import { deliveryStatusSchema, observedMessageSchema } from './entities/message';
import { operationErrorSchema } from './errors';
import { accountIdSchema, chatIdSchema, generationSchema, messageIdSchema } from './ids';

/** How a worker starts its account's browser. */
export const launchSchema = z.strictObject({
  /** Absolute path of the account's browser profile. */
  profileDir: z.string().min(1),
  browser: z.strictObject({
    executablePath: z.string().min(1),
    /** Arguments before Chromium's own: the app path, the browser flag. */
    args: z.array(z.string()),
  }),
  /** The page to serve in place of web.whatsapp.com's own; absent for the real service. */
  page: z.strictObject({ version: z.string(), remotePath: z.url() }).optional(),
  maxQrAttempts: z.int().positive(),
});
export type Launch = z.infer<typeof launchSchema>;

/** What main may ask of a running worker: input and answer of each request. */
export const workerRequests = {
  /** Hands a text to WhatsApp Web under the given id. Answers when the page has stored it (not: sent). */
  send: {
    input: z.strictObject({ chatId: chatIdSchema, messageId: messageIdSchema, body: z.string() }),
    output: z.strictObject({ message: observedMessageSchema }),
  },
  /** Looks for a message by its id, in memory and in the page's own table. */
  findMessage: {
    input: z.strictObject({ chatId: chatIdSchema, messageId: messageIdSchema }),
    output: z.strictObject({ message: observedMessageSchema.optional() }),
  },
  listChats: {
    input: z.strictObject({}),
    output: z.strictObject({ chats: z.array(observedChatSchema) }),
  },
  /** The newest messages of a chat, oldest first. */
  fetchMessages: {
    input: z.strictObject({ chatId: chatIdSchema, limit: z.int().positive().max(1000) }),
    output: z.strictObject({ messages: z.array(observedMessageSchema) }),
  },
  markRead: { input: z.strictObject({ chatId: chatIdSchema }), output: z.strictObject({}) },
  /** Asks the page itself (not the last event) whether it is connected. */
  probe: { input: z.strictObject({}), output: z.strictObject({ connected: z.boolean() }) },
} as const;
export type WorkerRequestKind = keyof typeof workerRequests;
export type WorkerRequestInput<Kind extends WorkerRequestKind> = z.output<(typeof workerRequests)[Kind]['input']>;
export type WorkerRequestOutput<Kind extends WorkerRequestKind> = z.output<(typeof workerRequests)[Kind]['output']>;

const requestKindSchema = z.enum(Object.keys(workerRequests) as [WorkerRequestKind, ...WorkerRequestKind[]]);

/** Main → worker. */
export const workerCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    accountId: accountIdSchema,
    generation: generationSchema,
    launch: launchSchema,
  }),
  z.strictObject({ type: z.literal('request'), requestId: z.int(), kind: requestKindSchema, input: z.unknown() }),
  /** Close the browser in order and exit with code 0. */
  z.strictObject({ type: z.literal('stop') }),
]);
export type WorkerCommand = z.infer<typeof workerCommandSchema>;

/** What a worker reports. */
export const workerReportSchema = z.discriminatedUnion('type', [
  /** The browser runs; its pid lets the supervisor end the process tree if the worker cannot. */
  z.strictObject({ type: z.literal('launched'), browserPid: z.int().positive().optional() }),
  z.strictObject({ type: z.literal('loaded'), webVersion: z.string() }),
  z.strictObject({
    type: z.literal('qr'),
    qr: z.string().min(1),
    attempt: z.int().positive(),
    /** How long the code is good for, in ms, from now. */
    lifetimeMs: z.int().positive(),
  }),
  /** `change`: the page says so itself; the number is the page's percentage. */
  z.strictObject({ type: z.literal('syncing'), percent: z.number().min(0).max(100) }),
  z.strictObject({ type: z.literal('ready'), me: accountIdentitySchema }),
  z.strictObject({ type: z.literal('connection_lost'), reason: z.string() }),
  z.strictObject({ type: z.literal('connection_restored') }),
  z.strictObject({ type: z.literal('logged_out'), reason: z.string() }),
  /** The session cannot go on; the worker exits after this. */
  z.strictObject({ type: z.literal('failed'), error: operationErrorSchema }),
  /** Messages that just happened, ours from other devices included. */
  z.strictObject({ type: z.literal('messages'), messages: z.array(observedMessageSchema) }),
  z.strictObject({
    type: z.literal('ack'),
    chatId: chatIdSchema,
    messageId: messageIdSchema,
    status: deliveryStatusSchema,
  }),
  z.strictObject({ type: z.literal('chat'), chat: observedChatSchema }),
  z.strictObject({
    type: z.literal('reply'),
    requestId: z.int(),
    result: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: operationErrorSchema }),
    ]),
  }),
  /** Never holds message text, numbers or codes. */
  z.strictObject({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
  }),
]);
export type WorkerReport = z.infer<typeof workerReportSchema>;

/** Worker → main: a report stamped with whose it is and of which life. */
export const workerFrameSchema = z.strictObject({
  accountId: accountIdSchema,
  generation: generationSchema,
  report: workerReportSchema,
});
export type WorkerFrame = z.infer<typeof workerFrameSchema>;
