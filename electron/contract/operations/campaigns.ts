import { z } from 'zod';
import {
  campaignAccountReportSchema,
  campaignIdSchema,
  campaignPaceSchema,
  campaignRowSchema,
  campaignRowStateSchema,
  campaignSchema,
  campaignStateSchema,
  recipientSchema,
  rehearsalAccountSchema,
  rehearsalRowSchema,
} from '../entities/campaign';
import { messageBodySchema } from '../entities/outgoing';
import { sendPolicySchema } from '../entities/send';
import type { ErrorCode } from '../errors';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

const cursorSchema = z.string().max(512);
const page = {
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
};
const oneCampaign = z.strictObject({ campaignId: campaignIdSchema });
const campaignOutput = z.strictObject({ campaign: campaignSchema });
const rowsInput = oneCampaign.extend({ ...page, state: campaignRowStateSchema.optional() });
const rowsOutput = { rows: z.array(campaignRowSchema), nextCursor: cursorSchema.optional() };

const readErrors: readonly ErrorCode[] = ['CAMPAIGN_NOT_FOUND', 'STORE_UNAVAILABLE'];
const changeErrors: readonly ErrorCode[] = [...readErrors, 'CAMPAIGN_STATE', 'DISK_FULL'];

/**
 * Bulk sends. A key that is bound to accounts sees and changes those campaigns only whose accounts are all its own; the others
 * are not there for it.
 */
export const campaignOperations = {
  'campaigns.plan': defineOperation({
    name: 'campaigns.plan',
    title: 'Plan a bulk send',
    summary:
      'Renders the text for each recipient and keeps it as it will leave; nothing is sent before campaigns.start. `{{name}}` takes a variable, `{{name|friend}}` has a word for those without one. A recipient that cannot be read, lacks a variable or gets too long a text is refused with its row, and nothing is kept; somebody who is on the list twice or not to be contacted is kept as skipped.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    narrowed: true,
    http: { method: 'POST', path: '/campaigns' },
    input: z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(limits.campaignNameLength, `must have at most ${limits.campaignNameLength} characters`),
      accountIds: z
        .array(accountIdSchema)
        .min(1, 'must name at least one account')
        .max(limits.accounts)
        .refine((ids) => new Set(ids).size === ids.length, 'must not name an account twice'),
      text: messageBodySchema,
      recipients: z
        .array(recipientSchema)
        .min(1, 'must have at least 1 entry')
        .max(limits.campaignRecipients, `must have at most ${limits.campaignRecipients} entries`),
      policy: sendPolicySchema.default('never_twice'),
      pace: campaignPaceSchema.optional(),
      /** The same key with the same plan answers with the first campaign instead of planning another. */
      idempotencyKey: z.string().min(1).max(limits.idempotencyKeyLength).optional(),
    }),
    output: campaignOutput,
    errors: [
      'ACCOUNT_NOT_FOUND',
      'VALIDATION_ERROR',
      'IDEMPOTENCY_KEY_REUSED',
      'TOO_MANY_CAMPAIGNS',
      'DISK_FULL',
      'STORE_UNAVAILABLE',
    ],
  }),
  'campaigns.list': defineOperation({
    name: 'campaigns.list',
    title: 'List bulk sends',
    summary: 'One page of the campaigns, newest first, each with how many of its rows stand where.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/campaigns' },
    input: z.strictObject({ ...page, state: campaignStateSchema.optional() }),
    output: z.strictObject({ campaigns: z.array(campaignSchema), nextCursor: cursorSchema.optional() }),
    errors: ['STORE_UNAVAILABLE'],
  }),
  'campaigns.get': defineOperation({
    name: 'campaigns.get',
    title: 'Read a bulk send',
    summary: 'One campaign and how many of its rows stand where.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/campaigns/:campaignId' },
    input: oneCampaign,
    output: campaignOutput,
    errors: readErrors,
  }),
  'campaigns.rows': defineOperation({
    name: 'campaigns.rows',
    title: 'Read a campaign’s ledger',
    summary:
      'One page of the rows, in the order of the list, all or those of one state. Queued rows say why they wait.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/campaigns/:campaignId/rows' },
    input: rowsInput,
    output: z.strictObject(rowsOutput),
    errors: readErrors,
  }),
  'campaigns.rehearse': defineOperation({
    name: 'campaigns.rehearse',
    title: 'Rehearse a bulk send',
    summary:
      'Sends nothing. Looks at one page of the rows that are still to go: numbers that are not on WhatsApp (asked gently, through ready accounts, for people without a chat), who is not to be contacted, who gets another campaign, when each was last written with. For each account: what would hold it now, and when it would be through.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/campaigns/:campaignId/rehearsal' },
    input: oneCampaign.extend({
      ...page,
      /** Numbers that WhatsApp may be asked for, at most; 0 asks for none. */
      numbers: z.coerce.number().int().min(0).max(limits.numbersAtOnce).default(20),
    }),
    output: z.strictObject({
      campaign: campaignSchema,
      accounts: z.array(rehearsalAccountSchema),
      /** When the last account is through; absent where one cannot be known. */
      expectedEndMs: z.int().optional(),
      rows: z.array(rehearsalRowSchema),
      nextCursor: cursorSchema.optional(),
    }),
    errors: readErrors,
  }),
  'campaigns.start': defineOperation({
    name: 'campaigns.start',
    title: 'Start a bulk send',
    summary:
      'Lets a planned or paused campaign go: its rows pass the outbox in the lane of bulk sends, behind everything that people and programs write. It goes on by itself after a restart.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    narrowed: true,
    http: { method: 'POST', path: '/campaigns/:campaignId/start' },
    input: oneCampaign,
    output: campaignOutput,
    errors: changeErrors,
  }),
  'campaigns.pause': defineOperation({
    name: 'campaigns.pause',
    title: 'Pause a bulk send',
    summary: 'Nothing more leaves: rows that wait in the outbox are taken back, to go again after campaigns.start.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    narrowed: true,
    http: { method: 'POST', path: '/campaigns/:campaignId/pause' },
    input: oneCampaign,
    output: campaignOutput,
    errors: changeErrors,
  }),
  'campaigns.cancel': defineOperation({
    name: 'campaigns.cancel',
    title: 'Cancel a bulk send',
    summary: 'Ends a campaign for good: rows that have not left are cancelled, also those that wait in the outbox.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    narrowed: true,
    http: { method: 'POST', path: '/campaigns/:campaignId/cancel' },
    input: oneCampaign,
    output: campaignOutput,
    errors: changeErrors,
  }),
  'campaigns.retry': defineOperation({
    name: 'campaigns.retry',
    title: 'Retry what failed of a bulk send',
    summary:
      'Plans the failed rows again, no others, and lets a finished campaign go on with them. Uncertain and stuck ones wait for a person (sends.resend, sends.dismiss).',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    narrowed: true,
    http: { method: 'POST', path: '/campaigns/:campaignId/retry' },
    input: oneCampaign,
    output: z.strictObject({ campaign: campaignSchema, retried: z.int().nonnegative() }),
    errors: changeErrors,
  }),
  'campaigns.report': defineOperation({
    name: 'campaigns.report',
    title: 'Report on a bulk send',
    summary: 'How many rows of each account stand where, when the first and the last left, and one page of the rows.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/campaigns/:campaignId/report' },
    input: rowsInput,
    output: z.strictObject({
      campaign: campaignSchema,
      accounts: z.array(campaignAccountReportSchema),
      firstDepartureMs: z.int().optional(),
      lastDepartureMs: z.int().optional(),
      ...rowsOutput,
    }),
    errors: readErrors,
  }),
  'campaigns.remove': defineOperation({
    name: 'campaigns.remove',
    title: 'Remove a bulk send',
    summary: 'Deletes a campaign that does not run, with its ledger. The messages themselves stay in their chats.',
    effect: 'destroy',
    idempotent: false,
    scope: 'admin',
    narrowed: true,
    http: { method: 'DELETE', path: '/campaigns/:campaignId' },
    input: oneCampaign,
    output: z.strictObject({}),
    errors: changeErrors,
  }),
};
