import { z } from 'zod';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { limits } from '../limits';
import { sendPolicySchema, sendStateSchema, waitSchema } from './send';

export const campaignIdSchema = z
  .string()
  .regex(/^camp-[0-9a-f]{16}$/, 'must be the id of a campaign')
  .brand<'CampaignId'>();
export type CampaignId = z.infer<typeof campaignIdSchema>;

/**
 * `planned`: nothing has begun. `running`: rows go out one after another. `paused`: rows that had not left were taken back.
 * `finished`: nothing of it is on its way any more. `cancelled`: what had not left never will.
 */
export const campaignStateSchema = z.enum(['planned', 'running', 'paused', 'finished', 'cancelled']);
export type CampaignState = z.infer<typeof campaignStateSchema>;

/**
 * Where a row of a campaign's ledger stands. `planned`: not given to the outbox yet, or taken back. `skipped`: nobody is
 * written to, `problem` says why. Everything else is what its row in the outbox says.
 */
export const campaignRowStateSchema = z.enum(['planned', 'skipped', ...sendStateSchema.options]);
export type CampaignRowState = z.infer<typeof campaignRowStateSchema>;

/** How many rows stand where. */
export const campaignCountsSchema = z.record(campaignRowStateSchema, z.int().nonnegative());
export type CampaignCounts = z.infer<typeof campaignCountsSchema>;

/**
 * A slower pace than the accounts' own: from one message of the campaign to the next on the same account pass `gapMs`, more or
 * less by up to the share `jitter` of it. It never makes anything faster: the account's gate decides in any case.
 */
export const campaignPaceSchema = z.strictObject({
  gapMs: z.int().min(0, 'must be 0 to 3600000').max(3_600_000, 'must be 0 to 3600000'),
  jitter: z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1').default(0.3),
});
export type CampaignPace = z.infer<typeof campaignPaceSchema>;

/** One bulk send: whom it goes to, what it says, how fast, and how far it has come. */
export const campaignSchema = z
  .strictObject({
    id: campaignIdSchema,
    name: z.string(),
    accountIds: z.array(accountIdSchema),
    /** With its `{{variables}}`; the rows hold what each person gets. */
    text: z.string(),
    policy: sendPolicySchema,
    pace: campaignPaceSchema.optional(),
    state: campaignStateSchema,
    counts: campaignCountsSchema,
    createdAtMs: z.int(),
    /** When it was started first. */
    startedAtMs: z.int().optional(),
    /** When it was finished or cancelled. */
    endedAtMs: z.int().optional(),
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof campaignSchema>;

/** One person of a campaign, with the text as it will leave, or has left. */
export const campaignRowSchema = z
  .strictObject({
    campaignId: campaignIdSchema,
    /** From 1, in the order of the list that was given. */
    row: z.int().positive(),
    accountId: accountIdSchema,
    /** As it was given. */
    contact: z.string(),
    chatId: chatIdSchema,
    text: z.string(),
    state: campaignRowStateSchema,
    /** Grows when a row that was taken back is to go again. */
    attempt: z.int().positive(),
    /** Its message, once the outbox has it. */
    messageId: messageIdSchema.optional(),
    /** Why it was skipped, failed, is uncertain or stuck, in words for a person. */
    problem: z.string().optional(),
    /** Of a queued row: why it has not left yet. */
    wait: waitSchema.optional(),
    changedAtMs: z.int(),
    /** When WhatsApp Web was asked for it first. */
    departedAtMs: z.int().optional(),
    /** When WhatsApp's server first confirmed it. */
    sentAtMs: z.int().optional(),
  })
  .meta({ id: 'CampaignRow' });
export type CampaignRow = z.infer<typeof campaignRowSchema>;

const variableNameSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(limits.campaignVariableNameLength, `must have at most ${limits.campaignVariableNameLength} characters`);

/** One person of the audience, as a caller gives them. */
export const recipientSchema = z.strictObject({
  /** A phone number with its country code as people write it, or the id of a chat. */
  contact: z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters'),
  variables: z
    .record(
      variableNameSchema,
      z.string().max(limits.campaignVariableLength, `must have at most ${limits.campaignVariableLength} characters`),
    )
    .refine((variables) => Object.keys(variables).length <= limits.campaignVariables, {
      error: `must have at most ${limits.campaignVariables} entries`,
    })
    .default({}),
  /** The account that writes; without it the one that has a chat with the person, or else any of the campaign's. */
  accountId: accountIdSchema.optional(),
});

/** What a rehearsal finds about a row. */
export const rehearsalFindingSchema = z.enum([
  'not_on_whatsapp',
  /** WhatsApp was not asked: the account is not ready, or this page of the rehearsal has asked for enough numbers. */
  'number_not_asked',
  /** WhatsApp knows the number under another id, which another row has, too. */
  'same_person',
  'do_not_contact',
  /** The account writes only to people who have written to it, and this one has not. */
  'chat_not_known',
  /** Another campaign that runs writes to the same person. */
  'in_other_campaign',
  /** The account is not there any more. */
  'account_removed',
]);
export type RehearsalFinding = z.infer<typeof rehearsalFindingSchema>;

export const rehearsalRowSchema = z
  .strictObject({
    row: z.int().positive(),
    accountId: accountIdSchema,
    contact: z.string(),
    chatId: chatIdSchema,
    text: z.string(),
    findings: z.array(z.strictObject({ finding: rehearsalFindingSchema, words: z.string() })),
    /** The id that WhatsApp knows the number by, when it was asked. */
    knownAs: chatIdSchema.optional(),
    /** The last message of the chat. */
    lastMessage: z.strictObject({ atMs: z.int(), fromMe: z.boolean() }).optional(),
  })
  .meta({ id: 'RehearsalRow' });
export type RehearsalRow = z.infer<typeof rehearsalRowSchema>;

/** What one account of a campaign has before it. */
export const rehearsalAccountSchema = z
  .strictObject({
    accountId: accountIdSchema,
    /** Rows that are still to go. */
    rows: z.int().nonnegative(),
    /** Rows of other campaigns that run on this account and go first. */
    ahead: z.int().nonnegative(),
    /** What would hold a bulk message now; absent when it could go. */
    wait: waitSchema.optional(),
    /** When the last row leaves if all goes well, by pace, caps, warm-up and quiet hours. */
    expectedEndMs: z.int().optional(),
    /** Why the end cannot be known. */
    endUnknown: z.string().optional(),
  })
  .meta({ id: 'RehearsalAccount' });
export type RehearsalAccount = z.infer<typeof rehearsalAccountSchema>;

/** How one account of a campaign fared. */
export const campaignAccountReportSchema = z.strictObject({
  accountId: accountIdSchema,
  counts: campaignCountsSchema,
  firstDepartureMs: z.int().optional(),
  lastDepartureMs: z.int().optional(),
});
export type CampaignAccountReport = z.infer<typeof campaignAccountReportSchema>;
