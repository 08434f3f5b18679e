import { z } from 'zod';
import { accountIdentitySchema } from '../entities/account';
import { logLineSchema, timelineEntrySchema } from '../entities/observation';
import { linkCodeSchema, pairingCodeSchema, sessionSchema } from '../entities/session';
import { accountIdSchema } from '../ids';
import { defineOperation } from '../operation';
import { queryFlagSchema } from '../query-flag';

const oneSession = z.strictObject({ accountId: accountIdSchema });
const sessionOutput = z.strictObject({ session: sessionSchema });

export const sessionOperations = {
  'sessions.start': defineOperation({
    name: 'sessions.start',
    title: 'Start a session',
    summary:
      'Starts the account’s browser. Answers at once; follow session.changed. Starting a running session does nothing.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/start' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'PRACTICE_UNAVAILABLE'],
  }),
  'sessions.stop': defineOperation({
    name: 'sessions.stop',
    title: 'Stop a session',
    summary: 'Ends the account’s processes and keeps its login. Answers when no process is left.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/stop' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'sessions.get': defineOperation({
    name: 'sessions.get',
    title: 'Read a session',
    summary: 'The state of the account’s live connection, since when, and why.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'sessions.qr': defineOperation({
    name: 'sessions.qr',
    title: 'Read the link code',
    summary: 'The QR code that is waiting to be scanned, with its expiry.',
    effect: 'read',
    idempotent: true,
    scope: 'control',
    http: { method: 'GET', path: '/sessions/:accountId/qr' },
    input: oneSession,
    output: z.strictObject({ code: linkCodeSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'QR_NOT_AVAILABLE'],
  }),
  'sessions.list': defineOperation({
    name: 'sessions.list',
    title: 'List sessions',
    summary: 'The sessions of all accounts, running or not, in the order of the rail.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    narrowed: true,
    http: { method: 'GET', path: '/sessions' },
    input: z.strictObject({
      /** Whether those that are stopped are listed, too. */
      all: queryFlagSchema.default(true),
    }),
    output: z.strictObject({ sessions: z.array(sessionSchema) }),
    errors: [],
  }),
  'sessions.restart': defineOperation({
    name: 'sessions.restart',
    title: 'Restart a session',
    summary: 'Ends the account’s processes and starts them again; the login is kept.',
    effect: 'write',
    idempotent: false,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/restart' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'sessions.logout': defineOperation({
    name: 'sessions.logout',
    title: 'Log out',
    summary:
      'Unlinks the phone and drops the login. History stays. Answers when no process is left. An account that is not running can only drop the login here: then a notice says what is left to do on the phone.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'POST', path: '/sessions/:accountId/logout' },
    input: oneSession,
    output: sessionOutput.extend({
      /** Something the person should do on the phone. */
      notice: z.string().optional(),
    }),
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'sessions.sleep': defineOperation({
    name: 'sessions.sleep',
    title: 'Let an account sleep',
    summary: 'Ends a ready account’s browser and keeps its login; it looks for news now and then and wakes for a send.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/sleep' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_READY'],
  }),
  'sessions.pairingCode': defineOperation({
    name: 'sessions.pairingCode',
    title: 'Link with a phone number',
    summary:
      'For an account that is waiting to be linked: a code to type on the phone of this number instead of scanning.',
    effect: 'write',
    idempotent: false,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/pairing-code' },
    input: z.strictObject({
      accountId: accountIdSchema,
      phoneNumber: z
        .string()
        .transform((number) => number.replace(/[\s().+-]/g, ''))
        .pipe(
          z
            .string()
            .regex(
              /^[1-9][0-9]{6,14}$/,
              'must be an international number with its country code, such as +55 11 4002-0022',
            ),
        ),
    }),
    output: z.strictObject({ code: pairingCodeSchema }),
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_READY', 'PAIRING_CODE_REFUSED'],
  }),
  'sessions.whoami': defineOperation({
    name: 'sessions.whoami',
    title: 'Who am I',
    summary: 'Number and name of the phone behind the account, as last seen.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/me' },
    input: oneSession,
    output: z.strictObject({ me: accountIdentitySchema.optional() }),
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'sessions.screenshot': defineOperation({
    name: 'sessions.screenshot',
    title: 'Picture of the account’s page',
    summary: 'What the account’s own WhatsApp page shows now, as PNG in base64.',
    effect: 'read',
    idempotent: true,
    scope: 'control',
    http: { method: 'GET', path: '/sessions/:accountId/screenshot' },
    input: oneSession,
    output: z.strictObject({ mediaType: z.literal('image/png'), base64: z.string() }),
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_READY', 'SESSION_TIMEOUT'],
  }),
  'sessions.showWindow': defineOperation({
    name: 'sessions.showWindow',
    title: 'Show the account’s WhatsApp window',
    summary: 'Brings the account’s own page to the screen, for whatever the console cannot do.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/window/show' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_READY', 'SESSION_TIMEOUT'],
  }),
  'sessions.hideWindow': defineOperation({
    name: 'sessions.hideWindow',
    title: 'Hide the account’s WhatsApp window',
    summary: 'Takes the account’s own page off the screen; the session goes on.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/window/hide' },
    input: oneSession,
    output: sessionOutput,
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_READY', 'SESSION_TIMEOUT'],
  }),
  'sessions.timeline': defineOperation({
    name: 'sessions.timeline',
    title: 'What happened to a session',
    summary: 'The last two hundred things that happened to the account’s session, newest first.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/timeline' },
    input: oneSession,
    output: z.strictObject({ entries: z.array(timelineEntrySchema) }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
  'sessions.logs': defineOperation({
    name: 'sessions.logs',
    title: 'Read an account’s log',
    summary: 'Lines of the account’s own log, newest first, without secrets and message text.',
    effect: 'read',
    idempotent: true,
    scope: 'control',
    http: { method: 'GET', path: '/sessions/:accountId/logs' },
    input: z.strictObject({
      accountId: accountIdSchema,
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
      sinceMs: z.coerce.number().int().nonnegative().optional(),
    }),
    output: z.strictObject({ lines: z.array(logLineSchema) }),
    errors: ['ACCOUNT_NOT_FOUND', 'STORE_UNAVAILABLE'],
  }),
};
