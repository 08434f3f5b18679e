import { z } from 'zod';
import { accountIdSchema } from '../ids';

export const apiScopeSchema = z.enum(['read', 'send', 'control', 'admin']);

export const apiKeyIdSchema = z
  .string()
  .regex(/^key-[0-9a-f]{16}$/, 'must be the id of an API key')
  .brand<'ApiKeyId'>();
export type ApiKeyId = z.infer<typeof apiKeyIdSchema>;

/** What a program may do with this console. The secret itself is shown once, when the key is made, and kept as a hash. */
export const apiKeySchema = z.strictObject({
  id: apiKeyIdSchema,
  name: z.string(),
  /** The beginning of the secret, to tell keys apart. */
  hint: z.string(),
  scopes: z.array(apiScopeSchema),
  /** The accounts it may touch; absent: all, also those that come later. */
  accountIds: z.array(accountIdSchema).optional(),
  createdAtMs: z.int(),
  /** To the minute. */
  lastUsedAtMs: z.int().optional(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
