import { z } from 'zod';
import { accountIdSchema } from '../ids';

/** One thing that happened to an account's session, in words for its operator. Never message text, codes or secrets. */
export const timelineEntrySchema = z.strictObject({
  atMs: z.int(),
  kind: z.enum(['state', 'phase', 'restart', 'link', 'connection', 'window', 'settings', 'canary', 'sleep', 'webhook']),
  /** A short sentence, e.g. "Browser started" or "Restarted because the browser ended". */
  words: z.string().max(500),
  /** How long the phase took, for phases. */
  durationMs: z.number().nonnegative().optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** A line of an account's log. */
export const logLineSchema = z.strictObject({
  atMs: z.int(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** What processes cost, measured. Memory is proportional (shared pages divided by their users) where the system tells it. */
export const costSchema = z.strictObject({
  memoryMb: z.number().nonnegative(),
  /** Of one core, averaged since the look before; 0 at the first look. */
  cpuPercent: z.number().nonnegative(),
  processes: z.int().nonnegative(),
});
export type Cost = z.infer<typeof costSchema>;

export const accountCostSchema = z.strictObject({ accountId: accountIdSchema, cost: costSchema });

/** What the console and its accounts cost, and what this computer can still carry. */
export const usageSchema = z.strictObject({
  accounts: z.array(accountCostSchema),
  /** Main, window, store and practice network. */
  console: costSchema,
  machine: z.strictObject({
    totalMb: z.number().nonnegative(),
    availableMb: z.number().nonnegative(),
    cores: z.int().positive(),
    /** How many more accounts fit, by memory. */
    roomForAccounts: z.int().nonnegative(),
  }),
});
export type Usage = z.infer<typeof usageSchema>;
