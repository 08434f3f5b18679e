import type { WebhookId } from '../../contract/entities/webhook';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import type { webhookOperations } from '../../contract/operations/webhooks';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

const notices = {
  obscured:
    'This computer has no secret store: the webhook’s secret is only obscured, and whoever can read Switchboard’s folder can read it.',
  unavailable: 'This computer cannot keep a secret.',
} as const;

export const createWebhookHandlers = ({
  accounts,
  webhooks,
  consoleSecrets,
}: HandlerPorts): HandlersOf<typeof webhookOperations> => {
  /** Of this account, if one is named; an account that is not there is said before a webhook that is not. */
  const idOf = (webhookId: WebhookId, accountId: AccountId | undefined): WebhookId => {
    if (accountId !== undefined) accounts.get(accountId);
    return webhooks.find(webhookId, accountId).id;
  };

  return {
    'webhooks.create': async ({ privateNetwork, ...request }, caller) => {
      const { accountId } = request;
      const label = accountId === undefined ? 'All accounts' : accounts.get(accountId).label;
      const isTrusted = caller.kind === 'window' || caller.scopes.includes('admin');
      if (privateNetwork && !isTrusted) {
        throw new OperationError(
          'FORBIDDEN',
          `${label}: ${caller.name} may not make a webhook into a private network (it needs "admin").`,
        );
      }
      const reach = privateNetwork ? 'network' : isTrusted ? 'computer' : 'internet';
      const made = await webhooks.create({ ...request, accountId, reach, origin: 'call' });
      const protection = await consoleSecrets.protection();
      return { ...made, ...(protection === 'system' ? {} : { notice: notices[protection] }) };
    },

    'webhooks.list': ({ accountId }) => {
      if (accountId !== undefined) accounts.get(accountId);
      return { webhooks: [...webhooks.list(accountId)] };
    },

    'webhooks.remove': async ({ webhookId, accountId }) => {
      await webhooks.remove(idOf(webhookId, accountId));
      return {};
    },

    'webhooks.enable': async ({ webhookId, accountId }) => ({
      webhook: await webhooks.enable(idOf(webhookId, accountId)),
    }),

    'webhooks.listDeliveries': async ({ webhookId, accountId, ...query }) => {
      const { deliveries, nextCursor } = await webhooks.deliveries(idOf(webhookId, accountId), {
        ...query,
        cursor: query.cursor,
      });
      return { deliveries: [...deliveries], ...(nextCursor === undefined ? {} : { nextCursor }) };
    },
  };
};
