import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryStep, MessageMark, NewDelivery, WaitingDelivery } from '../application/ports/console-store';
import type { DeliveryAttempt, WebhookDelivery, WebhookId } from '../contract/entities/webhook';
import type { AccountId } from '../contract/ids';

interface WaitingRow {
  readonly position: number;
  readonly id: string;
  readonly event: string;
  readonly body: string;
  readonly attempts: string;
  readonly nextAttemptMs: number | null;
}

interface DeliveryRow extends Omit<WaitingRow, 'body'> {
  readonly webhookId: WebhookId;
  readonly accountId: AccountId | null;
  readonly createdAtMs: number;
  readonly state: WebhookDelivery['state'];
  readonly settledAtMs: number | null;
}

/** A delivery with its place in the order. */
export interface PlacedDelivery {
  readonly position: number;
  readonly delivery: WebhookDelivery;
}

/** What webhooks are told. Its methods run inside whatever transaction the caller began. */
export interface DeliveryTable {
  add(delivery: NewDelivery): void;
  next(webhookId: WebhookId, limit: number): readonly WaitingDelivery[];
  step(position: number, step: DeliveryStep): void;
  /** Newest first, from before a position on. */
  page(
    webhookId: WebhookId,
    filter: 'all' | WebhookDelivery['state'],
    before: number,
    limit: number,
  ): readonly PlacedDelivery[];
  sweep(settledBeforeMs: number): number;
  marks(): readonly MessageMark[];
  mark(mark: MessageMark): void;
  forgetMark(accountId: AccountId): void;
}

export const createDeliveryTable = (database: DatabaseSync): DeliveryTable => {
  const insert = database.prepare(
    `INSERT INTO webhook_deliveries (webhook_id, id, event, account_id, created_ms, body)
     SELECT w.id, ?, ?, ?, ?, ? FROM webhooks w WHERE w.id = ? ON CONFLICT DO NOTHING`,
  );
  const selectNext = database.prepare(
    `SELECT position, id, event, body, attempts, next_ms AS nextAttemptMs FROM webhook_deliveries
     WHERE webhook_id = ? AND state = 'waiting' ORDER BY position LIMIT ?`,
  );
  const update = database.prepare(
    `UPDATE webhook_deliveries SET state = ?, attempts = ?, next_ms = ?, settled_ms = ?,
       body = CASE WHEN ? THEN body ELSE '' END
     WHERE position = ?`,
  );
  const selectPage = database.prepare(
    `SELECT position, webhook_id AS webhookId, id, event, account_id AS accountId, created_ms AS createdAtMs, state,
            attempts, next_ms AS nextAttemptMs, settled_ms AS settledAtMs
     FROM webhook_deliveries WHERE webhook_id = ? AND position < ? AND (? = 'all' OR state = ?)
     ORDER BY position DESC LIMIT ?`,
  );
  const selectMarks = database.prepare('SELECT account_id AS accountId, ord AS "order" FROM webhook_marks');
  const upsertMark = database.prepare(
    'INSERT INTO webhook_marks (account_id, ord) VALUES (?, ?) ON CONFLICT (account_id) DO UPDATE SET ord = excluded.ord',
  );
  const removeMark = database.prepare('DELETE FROM webhook_marks WHERE account_id = ?');
  const sweep = database.prepare('DELETE FROM webhook_deliveries WHERE settled_ms < ?');

  // Written by this program alone, a moment before.
  const attemptsIn = (text: string): DeliveryAttempt[] => JSON.parse(text) as DeliveryAttempt[];

  const toDelivery = ({ attempts, accountId, nextAttemptMs, settledAtMs, position, ...row }: DeliveryRow) => ({
    position,
    delivery: {
      id: row.id,
      webhookId: row.webhookId,
      event: row.event,
      ...(accountId === null ? {} : { accountId }),
      createdAtMs: row.createdAtMs,
      state: row.state,
      attempts: attemptsIn(attempts),
      ...(nextAttemptMs === null ? {} : { nextAttemptMs }),
      ...(settledAtMs === null ? {} : { settledAtMs }),
    },
  });
  return {
    add: ({ webhookId, id, event, accountId, createdAtMs, body }) =>
      void insert.run(id, event, accountId ?? null, createdAtMs, body.toWellFormed(), webhookId),
    next: (webhookId, limit) =>
      (selectNext.all(webhookId, limit) as readonly unknown[] as readonly WaitingRow[]).map(
        ({ attempts, nextAttemptMs, ...row }) => ({
          ...row,
          attempts: attemptsIn(attempts),
          nextAttemptMs: nextAttemptMs ?? undefined,
        }),
      ),
    step(position, { state, attempts, nextAttemptMs, atMs }) {
      const waits = state === 'waiting';
      update.run(
        state,
        JSON.stringify(attempts),
        waits ? (nextAttemptMs ?? null) : null,
        waits ? null : atMs,
        Number(waits),
        position,
      );
    },
    page: (webhookId, filter, before, limit) =>
      (selectPage.all(webhookId, before, filter, filter, limit) as readonly unknown[] as readonly DeliveryRow[]).map(
        toDelivery,
      ),
    marks: () => selectMarks.all() as readonly unknown[] as readonly MessageMark[],
    mark: ({ accountId, order }) => void upsertMark.run(accountId, order),
    forgetMark: (accountId) => void removeMark.run(accountId),
    sweep: (settledBeforeMs) => Number(sweep.run(settledBeforeMs).changes),
  };
};
