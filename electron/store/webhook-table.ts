import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { NewWebhook, StoredWebhook, WebhookChange } from '../application/ports/console-store';
import { type WebhookId, webhookSchema } from '../contract/entities/webhook';

/** As the tables have it; lists are JSON. A row that makes no sense is told nothing. */
const rowSchema = z.object({
  id: z.string(),
  accountId: z.string().nullable(),
  url: z.string(),
  events: z.string(),
  headerNames: z.string(),
  reach: z.string(),
  origin: z.string(),
  createdAtMs: z.number(),
  status: z.string(),
  missed: z.number(),
  givenUp: z.number(),
  waiting: z.number(),
  waitingBytes: z.number(),
});

/** Who is told of events. Its methods run inside whatever transaction the caller began. */
export interface WebhookTable {
  list(): readonly StoredWebhook[];
  add(webhook: NewWebhook): void;
  update(webhookId: WebhookId, change: WebhookChange): void;
  remove(webhookId: WebhookId): void;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const createWebhookTable = (database: DatabaseSync): WebhookTable => {
  const select = database.prepare(
    `SELECT id, account_id AS accountId, url, events, header_names AS headerNames, reach, origin, created_ms AS createdAtMs,
            status, missed, given_up AS givenUp,
            (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = webhooks.id AND d.state = 'waiting') AS waiting,
            (SELECT coalesce(sum(length(body)), 0) FROM webhook_deliveries d
             WHERE d.webhook_id = webhooks.id AND d.state = 'waiting') AS waitingBytes
     FROM webhooks`,
  );
  const insert = database.prepare(
    `INSERT INTO webhooks (id, account_id, url, events, header_names, reach, origin, created_ms, status)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare('UPDATE webhooks SET status = ?, missed = ?, given_up = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM webhooks WHERE id = ?');

  const toWebhook = (row: unknown): readonly StoredWebhook[] => {
    const read = rowSchema.safeParse(row);
    if (!read.success) return [];
    const { accountId, events, headerNames, status, givenUp, waitingBytes, ...rest } = read.data;
    const webhook = webhookSchema.safeParse({
      ...rest,
      ...(accountId === null ? {} : { accountId }),
      events: parse(events),
      headerNames: parse(headerNames),
      status: parse(status),
    });
    return webhook.success ? [{ ...webhook.data, givenUp, waitingBytes }] : [];
  };
  return {
    list: () => select.all().flatMap(toWebhook),
    add: ({ id, accountId, url, events, headerNames, reach, origin, createdAtMs, status }) =>
      void insert.run(
        id,
        accountId ?? null,
        url.toWellFormed(),
        JSON.stringify(events),
        JSON.stringify(headerNames),
        reach,
        origin,
        createdAtMs,
        JSON.stringify(status),
      ),
    update: (webhookId, { status, missed, givenUp }) =>
      void update.run(JSON.stringify(status), missed, givenUp, webhookId),
    remove: (webhookId) => void remove.run(webhookId),
  };
};
