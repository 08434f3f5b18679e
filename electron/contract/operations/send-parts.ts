import { z } from 'zod';
import { messageSchema } from '../entities/message';
import { quotedMessageIdSchema } from '../entities/outgoing';
import { sendPolicySchema, sendSchema } from '../entities/send';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';

/** What everything that goes into the outbox takes beside its content. */
export const queueInput = {
  accountId: accountIdSchema,
  /** The same key with the same content answers with the first message instead of sending again. */
  idempotencyKey: z.string().min(1).max(limits.idempotencyKeyLength).optional(),
  /** `bulk`: behind everything that people and programs send. */
  priority: z.enum(['normal', 'bulk']).default('normal'),
  policy: sendPolicySchema.default('never_twice'),
};

/** What everything that is written to somebody takes beside its content. */
export const sendInput = { ...queueInput, chatId: chatIdSchema, quotedMessageId: quotedMessageIdSchema.optional() };

/** What everything that goes into the outbox answers. */
export const sendOutput = z.strictObject({ message: messageSchema, send: sendSchema });

/** What can go wrong with everything that goes into the outbox. */
export const queueErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTBOX_FULL',
  'DISK_FULL',
  'STORE_UNAVAILABLE',
];

/** What can go wrong with everything that is written to somebody. */
export const sendErrors: readonly ErrorCode[] = [...queueErrors, 'CHAT_NOT_FOUND', 'CHAT_NOT_KNOWN', 'DO_NOT_CONTACT'];
