import { z } from 'zod';

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time from 00:00 to 23:59');

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Gap between two messages of a lane: a random one between the two, in ms. */
export const paceSchema = z
  .strictObject({
    minMs: z.int().min(0, 'must be 0 to 3600000').max(3_600_000, 'must be 0 to 3600000'),
    maxMs: z.int().min(0, 'must be 0 to 3600000').max(3_600_000, 'must be 0 to 3600000'),
  })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, { path: ['maxMs'], error: 'must not be less than minMs' });
export type Pace = z.infer<typeof paceSchema>;

/** Hours in which nothing automatic leaves, in the account's time zone; `from` after `to` goes over midnight. */
export const quietHoursSchema = z
  .strictObject({
    from: clockTime,
    to: clockTime,
    /** IANA name, e.g. `Europe/Berlin`. */
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Berlin'),
    /** Whether they also hold what a person types. */
    holdPeople: z.boolean().default(false),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from the beginning' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** A new account begins with few automatic messages a day, and more every day until the warm-up is over. */
export const warmUpSchema = z.strictObject({
  days: z.int().min(1, 'must be 1 to 60').max(60, 'must be 1 to 60'),
  firstDay: z.int().min(1, 'must be 1 to 1000').max(1_000, 'must be 1 to 1000'),
});
export type WarmUp = z.infer<typeof warmUpSchema>;

const cap = z.int().min(1, 'must be 1 to 100000').max(100_000, 'must be 1 to 100000');

/**
 * The gate of one account. Pace, warm-up and, unless said otherwise, quiet hours hold what programs and bulk sends want to
 * send; caps hold everybody, because the number is at risk whoever types.
 */
export const sendingSettingsSchema = z.strictObject({
  apiPace: paceSchema.default({ minMs: 1_000, maxMs: 3_000 }),
  bulkPace: paceSchema.default({ minMs: 8_000, maxMs: 15_000 }),
  /** Most messages in any 60 minutes and any 24 hours. */
  perHour: cap.optional(),
  perDay: cap.optional(),
  quietHours: quietHoursSchema.optional(),
  warmUp: warmUpSchema.optional(),
  /** Writes only to people who have written to this account, and to groups. */
  onlyKnownChats: z.boolean().default(false),
  /** Stops what is automatic when many messages in a row fail. */
  stopOnFailures: z.boolean().default(true),
});
export type SendingSettings = z.infer<typeof sendingSettingsSchema>;

/** A change: what is left out stays, `'none'` takes away what is optional. */
export const sendingSettingsChangeSchema = z.strictObject({
  apiPace: paceSchema.optional(),
  bulkPace: paceSchema.optional(),
  perHour: z.union([cap, z.literal('none')]).optional(),
  perDay: z.union([cap, z.literal('none')]).optional(),
  quietHours: z.union([quietHoursSchema, z.literal('none')]).optional(),
  warmUp: z.union([warmUpSchema, z.literal('none')]).optional(),
  onlyKnownChats: z.boolean().optional(),
  stopOnFailures: z.boolean().optional(),
});
export type SendingSettingsChange = z.infer<typeof sendingSettingsChangeSchema>;
