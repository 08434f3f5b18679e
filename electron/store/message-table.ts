import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryStatus, Message, MessageType, ObservedMessage } from '../contract/entities/message';
import type { AccountId, ChatId, MessageId } from '../contract/ids';
import type { MessagePosition } from './cursors';

interface MessageRow {
  readonly order: number;
  readonly chatId: ChatId;
  readonly id: MessageId;
  readonly fromMe: number;
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly type: MessageType;
  readonly body: string;
  readonly timestampMs: number;
  readonly status: DeliveryStatus | null;
  readonly problem: string | null;
}

const selectMessages = `
  SELECT ord AS "order", chat_id AS chatId, id, from_me AS fromMe, author_id AS authorId, author_name AS authorName,
         type, body, timestamp_ms AS timestampMs, status, problem
  FROM messages`;

/** SQLite stores UTF-8, which has no half characters; a page that sends one gets the replacement character. */
const wellFormed = (observed: ObservedMessage): ObservedMessage => ({
  ...observed,
  body: observed.body.toWellFormed(),
  ...(observed.author === undefined
    ? {}
    : { author: { id: observed.author.id.toWellFormed(), name: observed.author.name.toWellFormed() } }),
});

/** The table of an account's messages. Its methods run inside whatever transaction the caller began. */
export interface MessageTable {
  find(chatId: ChatId, id: MessageId, fromMe: boolean): Message | undefined;
  /** Whether a message with this id is stored, in whichever direction it went. */
  has(chatId: ChatId, id: MessageId): boolean;
  insert(observed: ObservedMessage): Message;
  /** Writes what may change of a message; its place in the order of arrival stays. */
  update(message: Message): void;
  /** Takes an own message away. */
  remove(chatId: ChatId, id: MessageId): void;
  /** Newest first. */
  page(chatId: ChatId, before: MessagePosition | undefined, limit: number): readonly Message[];
  readonly wellFormed: (observed: ObservedMessage) => ObservedMessage;
}

export const createMessageTable = (database: DatabaseSync, accountId: AccountId): MessageTable => {
  const selectOne = database.prepare(`${selectMessages} WHERE chat_id = ? AND id = ? AND from_me = ?`);
  const selectAny = database.prepare('SELECT 1 FROM messages WHERE chat_id = ? AND id = ?');
  const insert = database.prepare(
    `INSERT INTO messages (chat_id, id, from_me, author_id, author_name, type, body, timestamp_ms, status)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE messages SET author_id = ?, author_name = ?, type = ?, body = ?, timestamp_ms = ?, status = ?, problem = ?
     WHERE ord = ?`,
  );
  const remove = database.prepare('DELETE FROM messages WHERE chat_id = ? AND id = ? AND from_me = 1');
  const newestPage = database.prepare(
    `${selectMessages} WHERE chat_id = ? ORDER BY timestamp_ms DESC, ord DESC LIMIT ?`,
  );
  const olderPage = database.prepare(
    `${selectMessages} WHERE chat_id = ? AND (timestamp_ms, ord) < (?, ?) ORDER BY timestamp_ms DESC, ord DESC LIMIT ?`,
  );

  const toMessage = (row: MessageRow): Message => ({
    accountId,
    id: row.id,
    chatId: row.chatId,
    fromMe: row.fromMe === 1,
    ...(row.authorId === null ? {} : { author: { id: row.authorId, name: row.authorName ?? '' } }),
    type: row.type,
    body: row.body,
    timestampMs: row.timestampMs,
    order: row.order,
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.problem === null ? {} : { problem: row.problem }),
  });

  return {
    wellFormed,
    has: (chatId, id) => selectAny.get(chatId, id) !== undefined,
    find(chatId, id, fromMe) {
      const row = selectOne.get(chatId, id, Number(fromMe)) as MessageRow | undefined;
      return row === undefined ? undefined : toMessage(row);
    },
    insert(observed) {
      // A status belongs to own messages only.
      const status = observed.fromMe ? observed.status : undefined;
      const { lastInsertRowid } = insert.run(
        observed.chatId,
        observed.id,
        Number(observed.fromMe),
        observed.author?.id ?? null,
        observed.author?.name ?? null,
        observed.type,
        observed.body,
        observed.timestampMs,
        status ?? null,
      );
      const { status: _status, ...rest } = observed;
      return { ...rest, ...(status === undefined ? {} : { status }), accountId, order: Number(lastInsertRowid) };
    },
    update(message) {
      update.run(
        message.author?.id ?? null,
        message.author?.name ?? null,
        message.type,
        message.body,
        message.timestampMs,
        message.status ?? null,
        message.problem ?? null,
        message.order,
      );
    },
    remove: (chatId, id) => void remove.run(chatId, id),
    page(chatId, before, limit) {
      const rows =
        before === undefined
          ? newestPage.all(chatId, limit)
          : olderPage.all(chatId, before.timestampMs, before.order, limit);
      return (rows as readonly unknown[] as readonly MessageRow[]).map(toMessage);
    },
  };
};
