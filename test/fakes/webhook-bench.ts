import type { Caller } from '../../electron/application/caller';
import type { Webhook, WebhookId } from '../../electron/contract/entities/webhook';
import { OperationError } from '../../electron/contract/errors';
import type { AccountId } from '../../electron/contract/ids';
import type { OperationOutput } from '../../electron/contract/registry';
import { accountId, anAccount } from './entities';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder';
import { createTestApplication, type TestApplication } from './test-application';
import { createWebhookReceivers, type WebhookReceivers } from './webhook-receivers';

export const support = accountId('support');
export const sales = accountId('sales');
export const shop = 'https://shop.example/hook';
export const crm = 'https://crm.example/in';

type Input = Readonly<Record<string, unknown>>;

/** A console with two accounts, and receivers whose answers a test writes. */
export interface WebhookBench {
  /** Another one after each start. */
  readonly app: TestApplication;
  readonly receivers: WebhookReceivers;
  /** A webhook of Support to the shop, but for what the test says; throws when it is refused. */
  make(input?: Input, caller?: Caller): Promise<OperationOutput<'webhooks.create'>>;
  shown(webhookId: WebhookId): Webhook;
  /** Something happens in an account; answers when it is told as far as it can be. */
  happen(accountIds?: readonly AccountId[], settle?: boolean): Promise<void>;
  settled(): Promise<void>;
  pass(ms: number): Promise<void>;
  deliveries(webhookId: WebhookId, filter?: string): Promise<OperationOutput<'webhooks.listDeliveries'>['deliveries']>;
  /** The console ends. */
  end(): Promise<void>;
  /** The console anew, on the same databases; call after {@link end}. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export const createWebhookBench = async (): Promise<WebhookBench> => {
  const accountsDir = temporaryFolder();
  const receivers = createWebhookReceivers();
  const open = (before?: TestApplication): Promise<TestApplication> =>
    createTestApplication({
      accounts: [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })],
      accountsDir,
      webhookSender: () => receivers,
      ...(before === undefined ? {} : { before }),
    });
  let app = await open();
  let count = 0;

  const settled = async (): Promise<void> => {
    for (let round = 0; round < 30; round += 1) {
      await app.webhooks.idle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const end = async (): Promise<void> => {
    await app.webhooks.close();
    app.closeStore();
  };

  return {
    get app() {
      return app;
    },
    receivers,
    async make(input = {}, caller = app.caller) {
      const answer = await app.dispatch(caller, 'webhooks.create', { accountId: 'support', url: shop, ...input });
      if (!answer.ok) throw OperationError.fromShape(answer.error);
      return answer.data;
    },
    shown: (webhookId) => app.webhooks.find(webhookId, undefined),
    async happen(accountIds = [support], settle = true) {
      for (const id of accountIds) {
        count += 1;
        app.events.publish({
          type: 'unread.changed',
          unread: { accountId: id, unreadCount: count, unreadChats: 1 } as never,
        });
      }
      if (settle) await settled();
    },
    settled,
    async pass(ms) {
      app.clock.advance(ms);
      await settled();
    },
    async deliveries(webhookId, filter = 'all') {
      const answer = await app.dispatch(app.caller, 'webhooks.listDeliveries', { webhookId, filter });
      if (!answer.ok) throw OperationError.fromShape(answer.error);
      return answer.data.deliveries;
    },
    end,
    async start() {
      app = await open(app);
    },
    async close() {
      await end();
      removeTemporaryFolders();
    },
  };
};
