import { z } from 'zod';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { outgoingContentSchema, quotedMessageIdSchema } from './outgoing';

/**
 * Where a row of the outbox stands. Each arrow is one durable commit.
 * `queued`: nothing was asked of WhatsApp. `claimed`: the page may have been asked. `handed`: the page has stored it
 * (ack 0). `sent`, `delivered`, `read`: WhatsApp's server, the phone, the person (ack 1, 2, 3). `failed`: it has certainly
 * not left. `unknown`: it may have left and only looking can tell. `stuck`: the page has it and does not get rid of it.
 * `cancelled`: taken back before anything was asked. `dismissed`: a person has looked at a failed, unknown or stuck one.
 */
export const sendStateSchema = z.enum([
  'queued',
  'claimed',
  'handed',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'stuck',
  'cancelled',
  'dismissed',
]);
export type SendState = z.infer<typeof sendStateSchema>;

/** Who goes first: a person at the window, then programs, then bulk sends. */
export const sendLaneSchema = z.enum(['person', 'api', 'bulk']);
export type SendLane = z.infer<typeof sendLaneSchema>;

/**
 * What happens when nobody can know whether a message left. `never_twice`: it waits for a person. `never_lost`: after a while
 * it is sent again under the same id, which WhatsApp shows once if it drops repeated ids.
 */
export const sendPolicySchema = z.enum(['never_twice', 'never_lost']);
export type SendPolicy = z.infer<typeof sendPolicySchema>;

/** Why a queued row has not left yet. */
export const waitReasonSchema = z.enum([
  /** It is the next and goes now. */
  'next',
  /** Others go first. */
  'in_line',
  /** An earlier message to the same chat is not confirmed yet, or is being looked up. */
  'earlier_message',
  /** The account is stopped, linking, reconnecting…: the session says which. */
  'account_not_ready',
  /** WhatsApp Web changed and sending is off until the console is updated. */
  'page_changed',
  'pace',
  'quiet_hours',
  'hour_cap',
  'day_cap',
  'warm_up',
  /** WhatsApp lets this account start no chats for now (463). */
  'whatsapp_timelock',
  /** WhatsApp's quota of new chats is used up. */
  'whatsapp_cap',
  'paused',
  /** Too many failures in a row; a person has to press one button. */
  'stopped_by_failures',
  /** The account writes only to people who have written to it. */
  'unknown_chat',
  /** The store cannot write, e.g. a full disk. */
  'store',
]);
export type WaitReason = z.infer<typeof waitReasonSchema>;

export const waitSchema = z.strictObject({
  reason: waitReasonSchema,
  /** Wall-clock time at which the reason ends, where it is known. */
  untilMs: z.int().optional(),
});
export type Wait = z.infer<typeof waitSchema>;

/** A row of the outbox: one message on its way out, or what became of it. `order` grows in order of acceptance. */
export const sendSchema = z
  .strictObject({
    accountId: accountIdSchema,
    chatId: chatIdSchema,
    messageId: messageIdSchema,
    order: z.int(),
    lane: sendLaneSchema,
    policy: sendPolicySchema,
    content: outgoingContentSchema,
    quotedMessageId: quotedMessageIdSchema.optional(),
    state: sendStateSchema,
    /** How often the page was asked, or may have been asked. */
    attempt: z.int().nonnegative(),
    createdAtMs: z.int(),
    /** Time of the last change of state. */
    changedAtMs: z.int(),
    claimedAtMs: z.int().optional(),
    handedAtMs: z.int().optional(),
    /** When WhatsApp's server first confirmed it. */
    sentAtMs: z.int().optional(),
    /** Why it failed, is uncertain or stuck, in words for a person. */
    problem: z.string().optional(),
    /** Present on queued rows. */
    wait: waitSchema.optional(),
  })
  .meta({ id: 'Send' });
export type Send = z.infer<typeof sendSchema>;

/** WhatsApp's own limits as its page states them. */
export const statedLimitsSchema = z.strictObject({
  /** The account may not start chats until then (error 463). */
  timelock: z.strictObject({ endsAtMs: z.int(), enforcementType: z.string() }).optional(),
  /** How many new chats it may start in a cycle. */
  capping: z
    .strictObject({
      status: z.enum(['NONE', 'FIRST_WARNING', 'SECOND_WARNING', 'CAPPED']),
      quota: z.int().nonnegative(),
      used: z.int().nonnegative(),
      cycleEndsAtMs: z.int(),
    })
    .optional(),
});
export type StatedLimits = z.infer<typeof statedLimitsSchema>;

/** The gate of one account: what has left, what may still leave, and what holds the rest. */
export const gateSchema = z
  .strictObject({
    accountId: accountIdSchema,
    /** Rows that are queued. */
    waiting: z.int().nonnegative(),
    /** Rows that are claimed or handed: with the page, not confirmed. */
    underway: z.int().nonnegative(),
    /** Rows that a person should look at: failed, unknown, stuck. */
    attention: z.int().nonnegative(),
    /** What holds the first of the queue; absent when nothing waits or nothing holds it. */
    wait: waitSchema.optional(),
    /** Messages that left in the last 60 minutes and 24 hours. */
    lastHour: z.int().nonnegative(),
    lastDay: z.int().nonnegative(),
    /** While the account is new: day of the warm-up from 1, and automatic messages allowed and used in 24 hours. */
    warmUp: z
      .strictObject({ day: z.int().positive(), days: z.int().positive(), allowed: z.int(), used: z.int() })
      .optional(),
    /** Held by a person, or by the console because of too many failures; `words` say why. */
    paused: z.strictObject({ by: z.enum(['person', 'failures']), sinceMs: z.int(), words: z.string() }).optional(),
    /** WhatsApp's own limits, when the page has stated any. */
    stated: statedLimitsSchema.optional(),
  })
  .meta({ id: 'Gate' });
export type Gate = z.infer<typeof gateSchema>;
