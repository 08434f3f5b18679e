import { z } from 'zod';
import { apiKeyIdSchema, apiKeySchema, apiScopeSchema } from '../entities/api-key';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

/** Keys for programs that use the local API. */
export const apiKeyOperations = {
  'apiKeys.list': defineOperation({
    name: 'apiKeys.list',
    title: 'List API keys',
    summary: 'All keys of this console, newest first: what they may do and when they were last used, never the secret.',
    effect: 'read',
    idempotent: true,
    scope: 'admin',
    http: { method: 'GET', path: '/api-keys' },
    input: z.strictObject({}),
    output: z.strictObject({ apiKeys: z.array(apiKeySchema) }),
    errors: ['STORE_UNAVAILABLE'],
  }),
  'apiKeys.create': defineOperation({
    name: 'apiKeys.create',
    title: 'Make an API key',
    summary: 'A new key with its own rights. The secret is in this answer and never again.',
    effect: 'write',
    idempotent: false,
    scope: 'admin',
    http: { method: 'POST', path: '/api-keys' },
    input: z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(60, 'must have at most 60 characters')
        .refine((name) => !/[\p{Cc}\p{Cs}]/u.test(name), 'must be one line of text'),
      /** `control` starts and stops sessions, `admin` adds and removes accounts and makes keys. */
      scopes: z.array(apiScopeSchema).min(1, 'must name at least one').max(4).refine(unique, 'must not repeat one'),
      accountIds: z
        .array(accountIdSchema)
        .min(1, 'must name at least one; leave it out for all')
        .max(limits.accounts)
        .refine(unique, 'must not repeat one')
        .optional(),
    }),
    output: z.strictObject({ apiKey: apiKeySchema, secret: z.string() }),
    errors: ['ACCOUNT_NOT_FOUND', 'FORBIDDEN', 'DISK_FULL', 'STORE_UNAVAILABLE'],
  }),
  'apiKeys.revoke': defineOperation({
    name: 'apiKeys.revoke',
    title: 'Revoke an API key',
    summary: 'The key stops working at once, for connections that are open, too.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/api-keys/:keyId' },
    input: z.strictObject({ keyId: apiKeyIdSchema }),
    output: z.strictObject({}),
    errors: ['STORE_UNAVAILABLE'],
  }),
};
