import type { DatabaseSync } from 'node:sqlite';
import type { ConsoleStore } from '../application/ports/console-store';
import { createApiKeyTable } from './api-key-table';
import { createCampaignDatabase } from './campaign-database';
import { decodeDeliveryCursor, decodeOptOutCursor, encodeDeliveryCursor, encodeOptOutCursor } from './cursors';
import { createDeliveryTable } from './delivery-table';
import { createOptOutTable } from './opt-out-table';
import { inDurableTransaction, inTransaction } from './transactions';
import { createWebhookTable } from './webhook-table';

/** The console store's methods, answering at once: this side of the thread nothing waits. */
export type ConsoleDatabase = {
  readonly [Method in keyof ConsoleStore]: (
    ...parameters: Parameters<ConsoleStore[Method]>
  ) => Awaited<ReturnType<ConsoleStore[Method]>>;
} & {
  close(): void;
};

/** What spans accounts, on top of an open, migrated database. */
export const createConsoleDatabase = (database: DatabaseSync): ConsoleDatabase => {
  const optOuts = createOptOutTable(database);
  const apiKeys = createApiKeyTable(database);
  const webhooks = createWebhookTable(database);
  const deliveries = createDeliveryTable(database);
  return {
    ...createCampaignDatabase(database),
    close: () => database.close(),
    listOptOuts(cursor, limit) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeOptOutCursor(cursor);
      const rows = optOuts.page(before, limit + 1);
      const page = rows.slice(0, limit);
      const oldest = page.at(-1);
      return {
        optOuts: page.map(({ optOut }) => optOut),
        nextCursor: rows.length > limit && oldest !== undefined ? encodeOptOutCursor(oldest.position) : undefined,
      };
    },
    readOptOutContacts: optOuts.contacts,
    addOptOut: (optOut) => inDurableTransaction(database, () => optOuts.add(optOut)),
    removeOptOut: (contact) => inDurableTransaction(database, () => optOuts.remove(contact)),
    listApiKeys: apiKeys.list,
    addApiKey: (apiKey) => inDurableTransaction(database, () => apiKeys.add(apiKey)),
    removeApiKey: (keyId) => inDurableTransaction(database, () => apiKeys.remove(keyId)),
    bindApiKey: (keyId, accountIds) => inDurableTransaction(database, () => apiKeys.bind(keyId, accountIds)),
    listWebhooks: webhooks.list,
    addWebhook: (webhook) => inDurableTransaction(database, () => webhooks.add(webhook)),
    updateWebhook: (webhookId, change) => inTransaction(database, () => webhooks.update(webhookId, change)),
    removeWebhook: (webhookId) => inDurableTransaction(database, () => webhooks.remove(webhookId)),
    listMessageMarks: deliveries.marks,
    forgetMessageMark: (accountId) => inTransaction(database, () => deliveries.forgetMark(accountId)),
    addDeliveries: (added, marks) =>
      inDurableTransaction(database, () => {
        for (const delivery of added) deliveries.add(delivery);
        for (const mark of marks) deliveries.mark(mark);
      }),
    nextDeliveries: deliveries.next,
    stepDelivery: (position, step) => inTransaction(database, () => deliveries.step(position, step)),
    listDeliveries(webhookId, { filter, cursor, limit }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeDeliveryCursor(cursor);
      const rows = deliveries.page(webhookId, filter, before, limit + 1);
      const page = rows.slice(0, limit);
      const oldest = page.at(-1);
      return {
        deliveries: page.map(({ delivery }) => delivery),
        nextCursor: rows.length > limit && oldest !== undefined ? encodeDeliveryCursor(oldest.position) : undefined,
      };
    },
    sweepDeliveries: (settledBeforeMs) => inTransaction(database, () => deliveries.sweep(settledBeforeMs)),
    noteApiKeyUse: (keyId, atMs) => inTransaction(database, () => apiKeys.noteUse(keyId, atMs)),
  };
};
