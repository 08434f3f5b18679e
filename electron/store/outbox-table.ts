import type { DatabaseSync } from 'node:sqlite';
import type { OutboxRow, OutboxState, OutgoingText } from '../application/ports/message-store';
import type { ChatId, MessageId } from '../contract/ids';

/** The durable list of what is to be sent. Its methods run inside whatever transaction the caller began. */
export interface OutboxTable {
  insert(outgoing: OutgoingText): void;
  findByKey(idempotencyKey: string): OutboxRow | undefined;
  find(chatId: ChatId, messageId: MessageId): OutboxRow | undefined;
  /** A settled row stays settled: an acknowledgement may overtake the answer of the page. */
  setState(chatId: ChatId, messageId: MessageId, state: OutboxState): void;
  unsettled(): readonly OutboxRow[];
}

export const createOutboxTable = (database: DatabaseSync): OutboxTable => {
  const columns = 'chat_id AS chatId, message_id AS messageId, body, state';
  const insert = database.prepare(
    `INSERT INTO outbox (chat_id, message_id, body, idempotency_key, state, created_ms) VALUES (?, ?, ?, ?, 'queued', ?)`,
  );
  const selectByKey = database.prepare(`SELECT ${columns} FROM outbox WHERE idempotency_key = ?`);
  const selectOne = database.prepare(`SELECT ${columns} FROM outbox WHERE chat_id = ? AND message_id = ?`);
  const update = database.prepare(
    `UPDATE outbox SET state = ? WHERE chat_id = ? AND message_id = ? AND state <> 'settled'`,
  );
  const selectUnsettled = database.prepare(`SELECT ${columns} FROM outbox WHERE state <> 'settled' ORDER BY position`);
  return {
    insert: (outgoing) =>
      void insert.run(
        outgoing.chatId,
        outgoing.messageId,
        outgoing.body,
        outgoing.idempotencyKey ?? null,
        outgoing.timestampMs,
      ),
    findByKey: (idempotencyKey) => selectByKey.get(idempotencyKey) as OutboxRow | undefined,
    find: (chatId, messageId) => selectOne.get(chatId, messageId) as OutboxRow | undefined,
    setState: (chatId, messageId, state) => void update.run(state, chatId, messageId),
    unsettled: () => selectUnsettled.all() as readonly unknown[] as readonly OutboxRow[],
  };
};
