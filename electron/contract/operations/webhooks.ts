import { z } from 'zod';
import {
  webhookDeliverySchema,
  webhookHeadersSchema,
  webhookIdSchema,
  webhookSchema,
  webhookTopicSchema,
  webhookUrlSchema,
} from '../entities/webhook';
import type { ErrorCode } from '../errors';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';

/** With an account, a webhook of another one is not found. */
const oneWebhook = z.strictObject({ accountId: accountIdSchema.optional(), webhookId: webhookIdSchema });
const errors: readonly ErrorCode[] = ['ACCOUNT_NOT_FOUND', 'WEBHOOK_NOT_FOUND', 'DISK_FULL', 'STORE_UNAVAILABLE'];
const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

/** Telling other programs of events by HTTP, as the Standard Webhooks specification has it. */
export const webhookOperations = {
  'webhooks.create': defineOperation({
    name: 'webhooks.create',
    title: 'Make a webhook',
    summary:
      'From now on this address is told of the account’s events, or without an account of all: signed, in order, and again until it answers with 2xx. The secret to check signatures with is in this answer and never again.',
    effect: 'write',
    idempotent: false,
    scope: 'control',
    http: { method: 'POST', path: '/webhooks' },
    input: z.strictObject({
      accountId: accountIdSchema.optional(),
      url: webhookUrlSchema,
      events: z
        .array(webhookTopicSchema)
        .min(1, 'must name at least one; leave it out for all')
        .max(20)
        .refine(unique, 'must not repeat one')
        .default(['*']),
      headers: webhookHeadersSchema.default({}),
      /** Lets the address be one of a private network, such as another container. Needs the right `admin`. */
      privateNetwork: z.boolean().default(false),
    }),
    output: z.strictObject({
      webhook: webhookSchema,
      /** `whsec_…` */
      secret: z.string(),
      /** Something that a person should know, e.g. that this computer has no safe place for a secret. */
      notice: z.string().optional(),
    }),
    errors: [
      'ACCOUNT_NOT_FOUND',
      'WEBHOOK_URL_REFUSED',
      'TOO_MANY_WEBHOOKS',
      'FORBIDDEN',
      'DISK_FULL',
      'STORE_UNAVAILABLE',
    ],
  }),
  'webhooks.list': defineOperation({
    name: 'webhooks.list',
    title: 'List webhooks',
    summary: 'The webhooks of one account, or all of this console, newest first: how each fares, never a secret.',
    effect: 'read',
    idempotent: true,
    scope: 'control',
    http: { method: 'GET', path: '/webhooks' },
    input: z.strictObject({ accountId: accountIdSchema.optional() }),
    output: z.strictObject({ webhooks: z.array(webhookSchema) }),
    errors: ['ACCOUNT_NOT_FOUND'],
  }),
  'webhooks.remove': defineOperation({
    name: 'webhooks.remove',
    title: 'Remove a webhook',
    summary: 'Nothing more is sent to it, not even what waits.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'DELETE', path: '/webhooks/:webhookId' },
    input: oneWebhook,
    output: z.strictObject({}),
    errors,
  }),
  'webhooks.enable': defineOperation({
    name: 'webhooks.enable',
    title: 'Enable a webhook again',
    summary:
      'A webhook that was disabled, or that is failing, is tried at once. What was not noted while it was disabled is told as a gap.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: '/webhooks/:webhookId/enable' },
    input: oneWebhook,
    output: z.strictObject({ webhook: webhookSchema }),
    errors,
  }),
  'webhooks.listDeliveries': defineOperation({
    name: 'webhooks.listDeliveries',
    title: 'List the deliveries of a webhook',
    summary:
      'What was told, newest first, with each attempt and the status code of its answer; kept for a week. Never what was in an event.',
    effect: 'read',
    idempotent: true,
    scope: 'control',
    http: { method: 'GET', path: '/webhooks/:webhookId/deliveries' },
    input: oneWebhook.extend({
      filter: z.enum(['all', 'waiting', 'delivered', 'failed']).default('all'),
      cursor: z.string().max(512).optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: z.strictObject({ deliveries: z.array(webhookDeliverySchema), nextCursor: z.string().max(512).optional() }),
    errors,
  }),
};
