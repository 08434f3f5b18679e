import { z } from 'zod';
import { optOutContactSchema, optOutSchema } from '../entities/opt-out';
import { limits } from '../limits';
import { defineOperation } from '../operation';

/** The do-not-contact list of this console. It is asked for every send, of every account. */
export const optOutOperations = {
  'optOuts.list': defineOperation({
    name: 'optOuts.list',
    title: 'List who is not to be contacted',
    summary: 'One page of the do-not-contact list, newest first.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/opt-outs' },
    input: z.strictObject({
      cursor: z.string().max(512).optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ optOuts: z.array(optOutSchema), nextCursor: z.string().max(512).optional() }),
    errors: ['STORE_UNAVAILABLE'],
  }),
  'optOuts.add': defineOperation({
    name: 'optOuts.add',
    title: 'Never write to somebody again',
    summary:
      'Puts somebody on the do-not-contact list. Messages to them that still wait are not sent. Adding twice is once.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'POST', path: '/opt-outs' },
    input: z.strictObject({ contact: optOutContactSchema, note: z.string().trim().min(1).max(500).optional() }),
    output: z.strictObject({ optOut: optOutSchema }),
    errors: ['DISK_FULL', 'STORE_UNAVAILABLE'],
  }),
  'optOuts.remove': defineOperation({
    name: 'optOuts.remove',
    title: 'Allow writing to somebody again',
    summary: 'Takes somebody off the do-not-contact list.',
    effect: 'write',
    idempotent: true,
    scope: 'admin',
    http: { method: 'DELETE', path: '/opt-outs/:contact' },
    input: z.strictObject({ contact: optOutContactSchema }),
    output: z.strictObject({}),
    errors: ['STORE_UNAVAILABLE'],
  }),
};
