import { z } from 'zod';
import { accountSchema } from '../entities/account';
import { unreadCountSchema } from '../entities/chat';
import { localApiStateSchema } from '../entities/local-api';
import { usageSchema } from '../entities/observation';
import { sessionSchema } from '../entities/session';
import { settingsSchema } from '../entities/settings';
import { eventSchema } from '../events';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

export const consoleOperations = {
  'settings.get': defineOperation({
    name: 'settings.get',
    title: 'Read the settings',
    summary: 'The preferences of this console.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/settings' },
    input: z.strictObject({}),
    output: z.strictObject({ settings: settingsSchema }),
    errors: [],
  }),
  'settings.update': defineOperation({
    name: 'settings.update',
    title: 'Change the settings',
    summary: 'Changes the given preferences; whatever is left out stays.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'PATCH', path: '/settings' },
    input: z.strictObject({
      theme: settingsSchema.shape.theme.unwrap().optional(),
      enterSends: settingsSchema.shape.enterSends.unwrap().optional(),
      listWidth: settingsSchema.shape.listWidth.unwrap().optional(),
      proxyTestUrl: settingsSchema.shape.proxyTestUrl.unwrap().optional(),
      api: settingsSchema.shape.api.unwrap().optional(),
    }),
    output: z.strictObject({ settings: settingsSchema }),
    errors: [],
  }),
  'snapshots.get': defineOperation({
    name: 'snapshots.get',
    title: 'Read the whole state',
    summary:
      'Accounts, sessions, unread counts and settings as of one event sequence number: where a client starts, and starts again after a gap. A key that is bound to accounts is answered with those only.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/snapshot' },
    input: z.strictObject({}),
    output: z.strictObject({
      /** Names the run of the console that the sequence number belongs to. */
      epoch: z.string(),
      sequence: z.int().nonnegative(),
      accounts: z.array(accountSchema),
      sessions: z.array(sessionSchema),
      unread: z.array(unreadCountSchema),
      /** Of the whole console, hence absent for a caller that is bound to accounts; so is where the API listens. */
      settings: settingsSchema.optional(),
      api: localApiStateSchema.optional(),
    }),
    errors: ['STORE_UNAVAILABLE'],
  }),
  'events.list': defineOperation({
    name: 'events.list',
    title: 'Replay events',
    summary: 'Events after a sequence number, as far back as they are kept. `complete: false` means: take a snapshot.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/events/replay' },
    input: z.strictObject({
      after: z.coerce.number().int().nonnegative(),
      /** From the snapshot that the number goes on from; a number of an older run is answered with `complete: false`. */
      epoch: z.string().max(64).optional(),
    }),
    output: z.strictObject({ epoch: z.string(), complete: z.boolean(), events: z.array(eventSchema) }),
    errors: [],
  }),
  'clocks.wait': defineOperation({
    name: 'clocks.wait',
    title: 'Wait',
    summary: `Answers after so many seconds, ${limits.waitSeconds} at most, and does nothing else: for programs that have no clock of their own.`,
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/wait' },
    input: z.strictObject({
      seconds: z.coerce
        .number()
        .min(0, `must be 0 to ${limits.waitSeconds}`)
        .max(limits.waitSeconds, `must be 0 to ${limits.waitSeconds}`),
    }),
    output: z.strictObject({ seconds: z.number() }),
    errors: [],
  }),
  'apis.get': defineOperation({
    name: 'apis.get',
    title: 'Where the local API listens',
    summary: 'The address of the local API, or why it does not listen although it is switched on.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/api-state' },
    input: z.strictObject({}),
    output: localApiStateSchema,
    errors: [],
  }),
  'phones.scan': defineOperation({
    name: 'phones.scan',
    title: 'Let the practice phone scan the code',
    summary: 'For a practice account that shows a QR code: its simulated phone scans it, as a person would.',
    effect: 'write',
    idempotent: false,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/practice-scan' },
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.strictObject({ phone: z.string() }),
    errors: ['ACCOUNT_NOT_FOUND', 'QR_NOT_AVAILABLE', 'PRACTICE_UNAVAILABLE', 'PRACTICE_REFUSED'],
  }),
  'usage.get': defineOperation({
    name: 'usage.get',
    title: 'What everything costs',
    summary:
      'Memory and processor of each account and of the console, and how many more accounts this computer can carry.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/usage' },
    input: z.strictObject({}),
    output: z.strictObject({ usage: usageSchema }),
    errors: [],
  }),
  'supportBundles.create': defineOperation({
    name: 'supportBundles.create',
    title: 'Make a support bundle',
    summary:
      'States, timelines, settings and log lines of one account or all, as one text to copy; secrets, numbers and message text are left out.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/support-bundle' },
    input: z.strictObject({ accountId: accountIdSchema.optional() }),
    output: z.strictObject({ text: z.string() }),
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
};
