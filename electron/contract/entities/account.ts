import { z } from 'zod';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { accountSettingsSchema } from './account-settings';

/** Where an account lives: the real service, or the built-in practice network. Chosen at creation, never changed. */
export const accountNetworkSchema = z.enum(['whatsapp', 'practice']);
export type AccountNetwork = z.infer<typeof accountNetworkSchema>;

/** What a person calls the account. Plain text on one line; it is shown wherever the account acts. */
export const accountLabelSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(limits.accountLabelLength, `must have at most ${limits.accountLabelLength} characters`)
  .refine((label) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(label), 'must be one line of text without control characters')
  // Direction overrides would let one account's label dress up the text beside it.
  .refine((label) => !/[\u202A-\u202E\u2066-\u2069]/u.test(label), 'must not contain text direction overrides');

/** Position in the account palette (0 to 9); the renderer maps it to a colour per theme. */
export const accountColorSchema = z.int().min(0).max(9);

/** Who the phone says it is, learned at the first `ready` and kept for the times when the session is down. */
export const accountIdentitySchema = z.strictObject({
  /** WhatsApp id of the own number, e.g. `551140020022@c.us`. */
  wid: z.string(),
  /** International number with a plus sign, for showing. */
  phone: z.string(),
  pushName: z.string(),
});
export type AccountIdentity = z.infer<typeof accountIdentitySchema>;

/** What lasts of an account. The live connection behind it is its session. */
export const accountSchema = z
  .strictObject({
    id: accountIdSchema,
    label: accountLabelSchema,
    color: accountColorSchema,
    network: accountNetworkSchema,
    /** Place in the rail, from 0. */
    position: z.int().nonnegative(),
    /** Whether the session starts with the app. Turned off by stopping it, on by starting it. */
    autoStart: z.boolean(),
    createdAtMs: z.int(),
    identity: accountIdentitySchema.optional(),
    settings: accountSettingsSchema.prefault({}),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;
