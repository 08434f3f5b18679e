import { z } from 'zod';
import { accountColorSchema, accountLabelSchema, accountNetworkSchema, accountSchema } from '../entities/account';
import { accountMetadataSchema, accountSettingsChangeSchema, proxyInputSchema } from '../entities/account-settings';
import { accountIdSchema } from '../ids';
import { defineOperation } from '../operation';

export const accountOperations = {
  'accounts.list': defineOperation({
    name: 'accounts.list',
    title: 'List accounts',
    summary: 'All accounts of this console in the order of the rail, running or not.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/accounts' },
    input: z.strictObject({}),
    output: z.strictObject({ accounts: z.array(accountSchema) }),
    errors: [],
  }),
  'accounts.create': defineOperation({
    name: 'accounts.create',
    title: 'Add an account',
    summary: 'Adds an account with its own folder. It is not started: follow with sessions.start to link a phone.',
    effect: 'write',
    idempotent: false,
    scope: 'admin',
    http: { method: 'POST', path: '/accounts' },
    input: z.strictObject({
      /** Chosen by the caller; otherwise by Switchboard. Also the name of the account’s folder, so it can never change. */
      id: accountIdSchema.optional(),
      label: accountLabelSchema,
      color: accountColorSchema.optional(),
      network: accountNetworkSchema,
      metadata: accountMetadataSchema.optional(),
    }),
    output: z.strictObject({ account: accountSchema }),
    errors: ['ACCOUNT_EXISTS', 'ACCOUNT_LABEL_TAKEN', 'BROWSER_NOT_FOUND', 'MAX_SESSIONS_REACHED', 'STORE_UNAVAILABLE'],
  }),
  'accounts.update': defineOperation({
    name: 'accounts.update',
    title: 'Rename or recolour an account',
    summary: 'Changes the label, the colour or whether it starts with the app; whatever is left out stays.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'PATCH', path: '/accounts/:accountId' },
    input: z.strictObject({
      accountId: accountIdSchema,
      label: accountLabelSchema.optional(),
      color: accountColorSchema.optional(),
      /** Whether the session starts with the app. */
      autoStart: z.boolean().optional(),
    }),
    output: z.strictObject({ account: accountSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'ACCOUNT_LABEL_TAKEN'],
  }),
  'accounts.configure': defineOperation({
    name: 'accounts.configure',
    title: 'Change how an account runs',
    summary:
      'Proxy, browser, limits, presence, sleep and metadata of one account. What is about its session takes effect at the next start; what is left out stays.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'PATCH', path: '/accounts/:accountId/settings' },
    input: z.strictObject({ accountId: accountIdSchema, settings: accountSettingsChangeSchema }),
    output: z.strictObject({
      account: accountSchema,
      /** Something that a person should know about the change, e.g. that this computer has no safe place for a password. */
      notice: z.string().optional(),
    }),
    errors: ['ACCOUNT_NOT_FOUND', 'BROWSER_NOT_FOUND', 'CHROMIUM_FLAG_REFUSED', 'STORE_UNAVAILABLE'],
  }),
  'proxies.test': defineOperation({
    name: 'proxies.test',
    title: 'Test a proxy',
    summary:
      'Goes out through a proxy, the given one or that of the account, and answers with the address that the world sees.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'POST', path: '/proxy/test' },
    input: z.strictObject({ accountId: accountIdSchema.optional(), proxy: proxyInputSchema.optional() }),
    output: z.strictObject({ exitAddress: z.string(), durationMs: z.number() }),
    errors: ['ACCOUNT_NOT_FOUND', 'PROXY_FAILED'],
  }),
  'accounts.remove': defineOperation({
    name: 'accounts.remove',
    title: 'Remove an account',
    summary: 'Stops its session and deletes its folder: login, history and media of this account, and nothing else.',
    effect: 'destroy',
    idempotent: false,
    scope: 'admin',
    http: { method: 'DELETE', path: '/accounts/:accountId' },
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.strictObject({ accountId: accountIdSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
};
