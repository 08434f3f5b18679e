import { z } from 'zod';
import { operationErrorSchema } from '../errors';
import { accountIdSchema } from '../ids';
import { accountIdentitySchema } from './account';

/** Why a session is going down. */
export const stopReasonSchema = z.enum([
  'user',
  'removed',
  'shutdown',
  'restart',
  'logged_out',
  'logout',
  'sleep',
  'failed',
]);
export type StopReason = z.infer<typeof stopReasonSchema>;

/**
 * The life of a session (design §5). Every state but `stopped`, `ready` and `failed` has a deadline.
 * `sinceMs` is the wall-clock time at which the state was entered.
 */
export const sessionStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('stopped'), sinceMs: z.int() }),
  z.strictObject({
    state: z.literal('starting'),
    sinceMs: z.int(),
    /** How often this start has been tried after failures; 0 for the first try. */
    attempt: z.int().nonnegative(),
  }),
  z.strictObject({
    state: z.literal('linking'),
    sinceMs: z.int(),
    /** `passkey`: WhatsApp asks for a passkey; only a person can answer, in the account's own window. */
    method: z.enum(['qr', 'code', 'passkey']),
    /** Which code is on show, from 1. */
    attempt: z.int().positive(),
    maxAttempts: z.int().positive(),
    /** Wall-clock time after which the code on show no longer works. */
    expiresAtMs: z.int(),
  }),
  z.strictObject({ state: z.literal('syncing'), sinceMs: z.int(), percent: z.number().min(0).max(100) }),
  z.strictObject({
    state: z.literal('ready'),
    sinceMs: z.int(),
    me: accountIdentitySchema,
    /** Pieces of WhatsApp Web that this version of it no longer has. While there are any, nothing is sent. */
    missing: z.array(z.string()).optional(),
  }),
  z.strictObject({ state: z.literal('reconnecting'), sinceMs: z.int(), reason: z.string(), me: accountIdentitySchema }),
  z.strictObject({
    state: z.literal('backoff'),
    sinceMs: z.int(),
    attempt: z.int().positive(),
    retryAtMs: z.int(),
    error: operationErrorSchema,
  }),
  /** The browser is gone by choice; it comes back to look for news, for a send, or when the account is opened. */
  z.strictObject({
    state: z.literal('asleep'),
    sinceMs: z.int(),
    nextLookAtMs: z.int(),
    lookEveryMinutes: z.int().positive(),
    me: accountIdentitySchema.optional(),
  }),
  z.strictObject({
    state: z.literal('stopping'),
    sinceMs: z.int(),
    why: stopReasonSchema,
    /** A phone linked it a moment ago: the end waits until the new login is on disk, at most until then. */
    waitsUntilMs: z.int().optional(),
  }),
  z.strictObject({ state: z.literal('failed'), sinceMs: z.int(), error: operationErrorSchema }),
]);
export type SessionState = z.infer<typeof sessionStateSchema>;
export type SessionStateName = SessionState['state'];

/** The live connection that backs an account, as everybody outside the supervisor sees it. Never holds a QR code. */
export const sessionSchema = z
  .strictObject({
    accountId: accountIdSchema,
    generation: z.int().nonnegative(),
    status: sessionStateSchema,
    /** Whether the account's own WhatsApp window is on the screen. */
    windowShown: z.boolean().default(false),
    /** Version of the page, once it has loaded. */
    webVersion: z.string().optional(),
    /** What last went wrong, with its time; stays until the next start by a person. */
    lastError: z.strictObject({ atMs: z.int(), error: operationErrorSchema }).optional(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

/** A code to be scanned by the phone. A secret: shown to the person, never logged, never kept. */
export const linkCodeSchema = z.strictObject({
  accountId: accountIdSchema,
  /** The text to draw as a QR code. */
  qr: z.string().min(1),
  attempt: z.int().positive(),
  maxAttempts: z.int().positive(),
  expiresAtMs: z.int(),
});
export type LinkCode = z.infer<typeof linkCodeSchema>;

/** A code to be typed on the phone instead of scanning. A secret like the QR code. */
export const pairingCodeSchema = z.strictObject({
  accountId: accountIdSchema,
  /** Eight characters in two groups: `ABCD-EFGH`. */
  code: z.string().regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
  expiresAtMs: z.int(),
});
export type PairingCode = z.infer<typeof pairingCodeSchema>;
