import { z } from 'zod';
import { accountIdentitySchema } from './entities/account';
import { observedChatSchema } from './entities/chat';
import { deliveryStatusSchema, observedMessageSchema, observedReactionSchema } from './entities/message';
import { outgoingContentSchema } from './entities/outgoing';
import { statedLimitsSchema } from './entities/send';
import { operationErrorSchema } from './errors';
import { accountIdSchema, chatIdSchema, generationSchema, messageIdSchema } from './ids';

/** How a worker starts its account's browser. */
export const launchSchema = z.strictObject({
  /** Absolute path of the account's browser profile. */
  profileDir: z.string().min(1),
  browser: z.strictObject({
    /** `builtin`: this app's own binary, which shows and hides its window itself. `installed`: a Chrome, Chromium or Edge. */
    kind: z.enum(['builtin', 'installed']).default('builtin'),
    executablePath: z.string().min(1),
    /** Arguments before Chromium's own: the app path, the browser flag. */
    args: z.array(z.string()),
  }),
  /** Switches that the person added; refused before anything starts where they weaken the browser. */
  chromiumFlags: z.array(z.string()).default([]),
  /** The relay on this computer through which everything goes, with the session’s key for it: `http://browser:<key>@127.0.0.1:40123`. Absent: no proxy. */
  proxyServer: z.url().optional(),
  presence: z.enum(['unavailable', 'available']).default('unavailable'),
  /** Whether opening a conversation tells the customer that it was read. */
  readReceipts: z.boolean().default(true),
  /** From launch to a code, a sync or `ready`. */
  startTimeoutMs: z.int().positive().default(60_000),
  /** Syncing without progress. */
  syncTimeoutMs: z.int().positive().default(600_000),
  /** The page to serve in place of web.whatsapp.com's own; absent for the real service. */
  page: z.strictObject({ version: z.string(), remotePath: z.url() }).optional(),
  maxQrAttempts: z.int().positive(),
});
export type Launch = z.infer<typeof launchSchema>;

/** One of the operations in `operations/page-operations.ts`. */
const pageOrderSchema = z.strictObject({
  operation: z.string().min(1),
  /** The operation's own input, without the account. */
  input: z.record(z.string(), z.unknown()),
  /** The uploaded file that its `mediaId` names. */
  file: z.strictObject({ path: z.string().min(1), mimetype: z.string(), filename: z.string() }).optional(),
});

/** What main may ask of a running worker: input and answer of each request. */
export const workerRequests = {
  /**
   * Hands a message to WhatsApp Web under the given id. Answers when the page has stored it (not: sent). With `again` the page
   * is first asked whether it has the id: one that it has is never made a second time, and one that it could not get rid of
   * is taken up again there.
   */
  send: {
    input: z.strictObject({
      chatId: chatIdSchema,
      messageId: messageIdSchema,
      content: outgoingContentSchema,
      /** Absolute path of the file of media. */
      mediaPath: z.string().min(1).optional(),
      quotedMessageId: messageIdSchema.optional(),
      again: z.boolean(),
    }),
    output: z.strictObject({ message: observedMessageSchema }),
  },
  /** Asks the page to go on with a message that it has stored and that did not leave (ack 0 or -1). */
  resendMessage: {
    input: z.strictObject({ chatId: chatIdSchema, messageId: messageIdSchema }),
    output: z.strictObject({ message: observedMessageSchema.optional() }),
  },
  /** WhatsApp's own limits, as the page knows them now. */
  readLimits: { input: z.strictObject({}), output: z.strictObject({ limits: statedLimitsSchema }) },
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
  /** An operation that only the page can do and that changes nothing. Its input was checked by its own schema, which checks the result, too. */
  look: { input: pageOrderSchema, output: z.strictObject({ result: z.unknown() }) },
  /** An operation that only the page can do and that changes something. */
  act: { input: pageOrderSchema, output: z.strictObject({ result: z.unknown() }) },
  /** Asks the page itself (not the last event) whether it is connected. */
  probe: { input: z.strictObject({}), output: z.strictObject({ connected: z.boolean() }) },
  /** While linking: a code for the phone of this number, digits only. */
  pairingCode: {
    input: z.strictObject({ phoneNumber: z.string().regex(/^[1-9][0-9]{6,14}$/) }),
    /** `lifetimeMs`: how long the code is good for, from now. */
    output: z.strictObject({ code: z.string(), lifetimeMs: z.int().positive() }),
  },
  /** The page as it looks now, as PNG. */
  screenshot: { input: z.strictObject({}), output: z.strictObject({ png: z.instanceof(Uint8Array) }) },
  /** Brings the account's own window to the screen, or takes it off; answers when it is there or gone. */
  showWindow: { input: z.strictObject({}), output: z.strictObject({}) },
  hideWindow: { input: z.strictObject({}), output: z.strictObject({}) },
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
  /** Close the browser in order and exit with code 0; with `logout` the page first unlinks this device. */
  z.strictObject({ type: z.literal('stop'), logout: z.boolean().optional() }),
]);
export type WorkerCommand = z.infer<typeof workerCommandSchema>;

/** How far an own message is, as WhatsApp confirms it. */
const ackSchema = z.strictObject({ chatId: chatIdSchema, messageId: messageIdSchema, status: deliveryStatusSchema });
export type Ack = z.infer<typeof ackSchema>;

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
  /** WhatsApp asks for a passkey, which only a person can give, in the account's own window. */
  z.strictObject({ type: z.literal('passkey') }),
  z.strictObject({
    type: z.literal('ready'),
    me: accountIdentitySchema,
    /** Pieces of WhatsApp Web that this build of it no longer has, by name. */
    missing: z.array(z.string()).optional(),
  }),
  /** The account's own window came to the screen or left it; a person can close it, too. */
  z.strictObject({ type: z.literal('window'), shown: z.boolean() }),
  z.strictObject({ type: z.literal('connection_lost'), reason: z.string() }),
  z.strictObject({ type: z.literal('connection_restored') }),
  z.strictObject({ type: z.literal('logged_out'), reason: z.string() }),
  /** The session cannot go on; the worker exits after this. */
  z.strictObject({ type: z.literal('failed'), error: operationErrorSchema }),
  /** Messages that just happened, ours from other devices included, and acknowledgements that came after them. */
  z.strictObject({
    type: z.literal('messages'),
    messages: z.array(observedMessageSchema),
    acks: z.array(ackSchema).optional(),
  }),
  /** In the order in which they came. */
  z.strictObject({ type: z.literal('acks'), acks: z.array(ackSchema) }),
  z.strictObject({ type: z.literal('chat'), chat: observedChatSchema }),
  /** A message that this account no longer has; others may. One that was deleted for everyone comes as a message. */
  z.strictObject({
    type: z.literal('message_removed'),
    chatId: chatIdSchema,
    messageId: messageIdSchema,
    fromMe: z.boolean(),
  }),
  /** All messages of the chat are gone, here or on the phone; with `removed` the chat itself, too. */
  z.strictObject({ type: z.literal('chat_emptied'), chatId: chatIdSchema, removed: z.boolean() }),
  /** Without an emoji the sender's reaction is taken back. */
  z.strictObject({ type: z.literal('reaction'), reaction: observedReactionSchema }),
  /** WhatsApp's own limits are others than before. The first report comes soon after `ready`, also when there are none. */
  z.strictObject({ type: z.literal('limits'), limits: statedLimitsSchema }),
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
