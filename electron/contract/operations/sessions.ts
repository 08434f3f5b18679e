import { z } from 'zod';
import { linkCodeSchema, sessionSchema } from '../entities/session';
import { accountIdSchema } from '../ids';
import { defineOperation } from '../operation';

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
};
