import { z } from 'zod';
import type { Webhook } from '../../contract/entities/webhook';
import { type OperationInput, registry } from '../../contract/registry';
import type { Route } from './route';
import { dialectRoute, sessionIdSchema } from './session-routes';

const { url, events, headers, privateNetwork } = registry['webhooks.create'].input.shape;
const { webhookId } = registry['webhooks.remove'].input.shape;
const { filter, cursor, limit } = registry['webhooks.listDeliveries'].input.shape;

const viewSchema = z.strictObject({
  webhookId: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  /** Names; the values are secret. */
  headers: z.array(z.string()),
  status: z.enum(['active', 'failing', 'disabled']),
  problem: z.string().optional(),
  waiting: z.int(),
  missed: z.int(),
  createdAt: z.string(),
});

const view = ({ id, status, waiting, missed, createdAtMs, ...webhook }: Webhook): z.input<typeof viewSchema> => ({
  webhookId: id,
  url: webhook.url,
  events: webhook.events,
  headers: webhook.headerNames,
  status: status.state,
  ...('problem' in status ? { problem: status.problem } : {}),
  waiting,
  missed,
  createdAt: new Date(createdAtMs).toISOString(),
});

const oneWebhook = z.strictObject({ sessionId: sessionIdSchema, webhookId });
const onePath = '/sessions/:sessionId/webhooks/:webhookId';
type Create = OperationInput<'webhooks.create'>;
type Id = OperationInput<'webhooks.remove'>['webhookId'];

/** The webhooks of one session as the dialect documents them; those of all sessions stand at `/webhooks`. */
export const webhookRoutes: readonly Route[] = [
  dialectRoute({
    method: 'POST',
    path: '/sessions/:sessionId/webhooks',
    operation: 'webhooks.create',
    status: 201,
    input: z.strictObject({ sessionId: sessionIdSchema, url, events, headers, privateNetwork }),
    output: viewSchema.extend({ secret: z.string(), notice: z.string().optional() }),
    async run({ sessionId, ...request }, { account, call }) {
      const { id } = await account(sessionId as string);
      const { webhook, ...rest } = await call('webhooks.create', { ...(request as unknown as Create), accountId: id });
      return { message: 'The secret is shown this once', data: { ...view(webhook), ...rest } };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/webhooks',
    operation: 'webhooks.list',
    output: z.array(viewSchema),
    async run({ sessionId }, { account, call }) {
      const { webhooks } = await call('webhooks.list', { accountId: (await account(sessionId as string)).id });
      return { data: webhooks.map(view) };
    },
  }),
  dialectRoute({
    method: 'DELETE',
    path: onePath,
    operation: 'webhooks.remove',
    input: oneWebhook,
    async run({ sessionId, webhookId: id }, { account, call }) {
      await call('webhooks.remove', { accountId: (await account(sessionId as string)).id, webhookId: id as Id });
      return { message: 'Webhook removed' };
    },
  }),
  dialectRoute({
    method: 'POST',
    path: `${onePath}/enable`,
    operation: 'webhooks.enable',
    input: oneWebhook,
    output: viewSchema,
    async run({ sessionId, webhookId: id }, { account, call }) {
      const accountId = (await account(sessionId as string)).id;
      const { webhook } = await call('webhooks.enable', { accountId, webhookId: id as Id });
      return { data: view(webhook) };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: `${onePath}/deliveries`,
    operation: 'webhooks.listDeliveries',
    input: oneWebhook.extend({ filter, cursor, limit }),
    output: registry['webhooks.listDeliveries'].output,
    async run({ sessionId, ...query }, { account, call }) {
      const accountId = (await account(sessionId as string)).id;
      const page = query as unknown as OperationInput<'webhooks.listDeliveries'>;
      return { data: await call('webhooks.listDeliveries', { ...page, accountId }) };
    },
  }),
];
