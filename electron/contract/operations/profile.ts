import { z } from 'zod';
import { mediaIdSchema } from '../entities/outgoing';
import { profileSchema } from '../entities/profile';
import type { ErrorCode } from '../errors';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { queryFlagSchema } from '../query-flag';

const pageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
];

const shownText = (longest: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => text.isWellFormed(), 'contains half of a character (a lone surrogate)');

export const profileOperations = {
  'profiles.get': defineOperation({
    name: 'profiles.get',
    title: 'Read an account’s own profile',
    summary: 'Who the account is to others: its number, name, about text and picture.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/profile' },
    input: z.strictObject({
      accountId: accountIdSchema,
      /** Whether the picture comes along. */
      picture: queryFlagSchema.default(true),
    }),
    output: z.strictObject({ profile: profileSchema }),
    errors: pageErrors,
  }),
  'profiles.setName': defineOperation({
    name: 'profiles.setName',
    title: 'Change an account’s name',
    summary: 'The name that people see who have not saved the number. A business changes it on its phone only.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/profile/name' },
    input: z.strictObject({ accountId: accountIdSchema, name: shownText(limits.profileNameLength) }),
    output: z.strictObject({ name: z.string() }),
    errors: [...pageErrors, 'NOT_SUPPORTED'],
  }),
  'profiles.setAbout': defineOperation({
    name: 'profiles.setAbout',
    title: 'Change an account’s about text',
    summary: 'The text under the name.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/profile/about' },
    input: z.strictObject({ accountId: accountIdSchema, about: shownText(limits.aboutLength) }),
    output: z.strictObject({ about: z.string() }),
    errors: pageErrors,
  }),
  'profiles.setPicture': defineOperation({
    name: 'profiles.setPicture',
    title: 'Change an account’s picture',
    summary: 'Takes an uploaded picture, cut to a square by WhatsApp Web.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/profile/picture' },
    input: z.strictObject({ accountId: accountIdSchema, mediaId: mediaIdSchema }),
    output: z.strictObject({}),
    errors: [...pageErrors, 'MEDIA_NOT_FOUND', 'MEDIA_REFUSED'],
  }),
  'profiles.removePicture': defineOperation({
    name: 'profiles.removePicture',
    title: 'Remove an account’s picture',
    summary: 'People see none from then on.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'DELETE', path: '/sessions/:accountId/profile/picture' },
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.strictObject({}),
    errors: [...pageErrors, 'PICTURE_NOT_FOUND'],
  }),
};
