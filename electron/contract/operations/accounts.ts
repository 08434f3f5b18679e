import { z } from 'zod';
import { accountColorSchema, accountLabelSchema, accountNetworkSchema, accountSchema } from '../entities/account';
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
      label: accountLabelSchema,
      color: accountColorSchema.optional(),
      network: accountNetworkSchema,
    }),
    output: z.strictObject({ account: accountSchema }),
    errors: ['ACCOUNT_LABEL_TAKEN', 'MAX_SESSIONS_REACHED', 'STORE_UNAVAILABLE'],
  }),
  'accounts.update': defineOperation({
    name: 'accounts.update',
    title: 'Rename or recolour an account',
    summary: 'Changes the label or the colour; whatever is left out stays.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'PATCH', path: '/accounts/:accountId' },
    input: z.strictObject({
      accountId: accountIdSchema,
      label: accountLabelSchema.optional(),
      color: accountColorSchema.optional(),
    }),
    output: z.strictObject({ account: accountSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'ACCOUNT_LABEL_TAKEN'],
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
