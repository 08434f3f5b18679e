import { z } from 'zod';
import { contactSchema, pictureSchema } from '../entities/contact';
import type { ErrorCode } from '../errors';
import { accountIdSchema, chatIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { queryFlagSchema } from '../query-flag';

/** Where a page ended; opaque to callers. */
const cursorSchema = z.string().max(512);

const oneContact = z.strictObject({ accountId: accountIdSchema, contactId: chatIdSchema });

const pageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_CRASHED',
  'SESSION_TIMEOUT',
  'PAGE_REFUSED',
];
const contactErrors: readonly ErrorCode[] = [...pageErrors, 'CONTACT_NOT_FOUND'];

export const contactOperations = {
  'contacts.list': defineOperation({
    name: 'contacts.list',
    title: 'List contacts',
    summary:
      'One page of the people whom an account knows: those in its address book and those it has met in chats and groups.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/contacts' },
    input: z.strictObject({
      accountId: accountIdSchema,
      /** Part of a name, or digits of a number. */
      query: z.string().trim().min(1).max(100).optional(),
      saved: queryFlagSchema.optional(),
      sortBy: z.enum(['name', 'id']).default('name'),
      sortOrder: z.enum(['asc', 'desc']).default('asc'),
      /** From an earlier answer with the same order. */
      cursor: cursorSchema.optional(),
      /** Skips so many, counted from the cursor. */
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({
      contacts: z.array(contactSchema),
      /** How many there are in all that fit `query` and `saved`. */
      total: z.int().nonnegative(),
      nextCursor: cursorSchema.optional(),
    }),
    errors: [...pageErrors, 'VALIDATION_ERROR'],
  }),
  'contacts.get': defineOperation({
    name: 'contacts.get',
    title: 'Read a contact',
    summary: 'One person, known to the account or only to WhatsApp.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/contacts/:contactId' },
    input: oneContact,
    output: z.strictObject({ contact: contactSchema }),
    errors: contactErrors,
  }),
  'contacts.checkNumber': defineOperation({
    name: 'contacts.checkNumber',
    title: 'Ask whether a number is on WhatsApp',
    summary:
      'Asks WhatsApp for a number in international form. `contactId` is the one to write to, which may differ from the number that was asked for (Brazilian numbers with and without the ninth digit).',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/numbers/:phone' },
    input: z.strictObject({
      accountId: accountIdSchema,
      phone: z
        .string()
        .max(40)
        .transform((text) => text.replace(/[\s().+-]/g, ''))
        .pipe(z.string().regex(/^[1-9][0-9]{5,14}$/, 'must be a number with its country code, such as +551140020022')),
    }),
    output: z.strictObject({ exists: z.boolean(), contactId: chatIdSchema.optional() }),
    errors: pageErrors,
  }),
  'contacts.getAbout': defineOperation({
    name: 'contacts.getAbout',
    title: 'Read a contact’s about text',
    summary: 'The text under the name. `about` is absent where the person hides it from this account.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/contacts/:contactId/about' },
    input: oneContact,
    output: z.strictObject({ about: z.string().optional() }),
    errors: contactErrors,
  }),
  'contacts.getPicture': defineOperation({
    name: 'contacts.getPicture',
    title: 'Read a contact’s picture',
    summary:
      'The profile picture with its bytes, fetched through the account’s own page. PICTURE_NOT_FOUND: there is none, or this account may not see it.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/contacts/:contactId/picture' },
    input: z.strictObject({
      ...oneContact.shape,
      /** Asks WhatsApp anew instead of taking what the page has. */
      refresh: queryFlagSchema.default(false),
    }),
    output: z.strictObject({ picture: pictureSchema }),
    errors: [...contactErrors, 'PICTURE_NOT_FOUND'],
  }),
  'contacts.block': defineOperation({
    name: 'contacts.block',
    title: 'Block a contact',
    summary: 'Nothing gets through between the account and this person until contacts.unblock.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/contacts/:contactId/block' },
    input: oneContact,
    output: z.strictObject({ contact: contactSchema }),
    errors: contactErrors,
  }),
  'contacts.unblock': defineOperation({
    name: 'contacts.unblock',
    title: 'Unblock a contact',
    summary: 'Ends a block. What the person wrote meanwhile does not come.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/sessions/:accountId/contacts/:contactId/unblock' },
    input: oneContact,
    output: z.strictObject({ contact: contactSchema }),
    errors: contactErrors,
  }),
};
