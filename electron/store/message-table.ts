import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryStatus, Message, MessageType, ObservedMessage, Reaction } from '../contract/entities/message';
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
  readonly editedMs: number | null;
  /** JSON: sender, whether that is this account, emoji. */
  readonly reactions: string | null;
}

const selectMessages = `
  SELECT ord AS "order", chat_id AS chatId, id, from_me AS fromMe, author_id AS authorId, author_name AS authorName,
         type, body, timestamp_ms AS timestampMs, status, problem, edited_ms AS editedMs, (
           SELECT json_group_array(json_array(r.sender_id, r.by_me, r.emoji) ORDER BY r.at_ms) FROM reactions r
           WHERE r.chat_id = messages.chat_id AND r.message_id = messages.id AND r.from_me = messages.from_me
           HAVING count(*) > 0
         ) AS reactions
  FROM messages`;

const reactionsOf = (stored: string): Reaction[] =>
  (JSON.parse(stored) as readonly (readonly [string, number, string])[]).map(([senderId, byMe, emoji]) => ({
    emoji,
    senderId,
    fromMe: byMe === 1,
  }));

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
  /** Whichever way it went. */
  get(chatId: ChatId, id: MessageId): Message | undefined;
  at(order: number): Message | undefined;
  /** Whether there was one. */
  remove(chatId: ChatId, id: MessageId, fromMe: boolean): boolean;
  /** Takes away at most so many messages of a chat that no open row of the outbox is about; answers with how many. */
  removeSome(chatId: ChatId, most: number): number;
  isEmpty(chatId: ChatId): boolean;
  /** The earliest first. */
  since(order: number, limit: number): readonly Message[];
  lastOrder(): number;
  /** Newest first. */
  page(chatId: ChatId, before: MessagePosition | undefined, limit: number, offset?: number): readonly Message[];
  readonly wellFormed: (observed: ObservedMessage) => ObservedMessage;
}

export const createMessageTable = (database: DatabaseSync, accountId: AccountId): MessageTable => {
  const selectOne = database.prepare(`${selectMessages} WHERE chat_id = ? AND id = ? AND from_me = ?`);
  const selectAny = database.prepare('SELECT 1 FROM messages WHERE chat_id = ? AND id = ?');
  const insert = database.prepare(
    `INSERT INTO messages (chat_id, id, from_me, author_id, author_name, type, body, timestamp_ms, status, edited_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE messages SET author_id = ?, author_name = ?, type = ?, body = ?, timestamp_ms = ?, status = ?, problem = ?,
                         edited_ms = ?
     WHERE ord = ?`,
  );
  const selectEither = database.prepare(`${selectMessages} WHERE chat_id = ? AND id = ? ORDER BY from_me DESC LIMIT 1`);
  const selectAt = database.prepare(`${selectMessages} WHERE ord = ?`);
  const selectSince = database.prepare(`${selectMessages} WHERE ord > ? ORDER BY ord LIMIT ?`);
  const selectLast = database.prepare('SELECT coalesce(max(ord), 0) AS last FROM messages');
  const selectFirst = database.prepare('SELECT 1 FROM messages WHERE chat_id = ? LIMIT 1');
  const remove = database.prepare('DELETE FROM messages WHERE chat_id = ? AND id = ? AND from_me = ?');
  const removeSome = database.prepare(
    `DELETE FROM messages WHERE ord IN (
       SELECT m.ord FROM messages m WHERE m.chat_id = ? AND NOT (m.from_me = 1 AND EXISTS (
         SELECT 1 FROM outbox o WHERE o.chat_id = m.chat_id AND o.message_id = m.id AND o.stage <> 'done'
       )) LIMIT ?
     )`,
  );
  const newestPage = database.prepare(
    `${selectMessages} WHERE chat_id = ? ORDER BY timestamp_ms DESC, ord DESC LIMIT ? OFFSET ?`,
  );
  const olderPage = database.prepare(
    `${selectMessages} WHERE chat_id = ? AND (timestamp_ms, ord) < (?, ?) ORDER BY timestamp_ms DESC, ord DESC LIMIT ? OFFSET ?`,
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
    ...(row.editedMs === null ? {} : { editedAtMs: row.editedMs }),
    ...(row.reactions === null ? {} : { reactions: reactionsOf(row.reactions) }),
  });
  const one = (row: unknown): Message | undefined => (row === undefined ? undefined : toMessage(row as MessageRow));

  return {
    wellFormed,
    has: (chatId, id) => selectAny.get(chatId, id) !== undefined,
    find: (chatId, id, fromMe) => one(selectOne.get(chatId, id, Number(fromMe))),
    get: (chatId, id) => one(selectEither.get(chatId, id)),
    at: (order) => one(selectAt.get(order)),
    since: (order, limit) =>
      (selectSince.all(order, limit) as readonly unknown[] as readonly MessageRow[]).map(toMessage),
    lastOrder: () => Number(selectLast.get()?.['last'] ?? 0),
    isEmpty: (chatId) => selectFirst.get(chatId) === undefined,
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
        observed.editedAtMs ?? null,
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
        message.editedAtMs ?? null,
        message.order,
      );
    },
    remove: (chatId, id, fromMe) => remove.run(chatId, id, Number(fromMe)).changes > 0,
    removeSome: (chatId, most) => Number(removeSome.run(chatId, most).changes),
    page(chatId, before, limit, offset = 0) {
      const rows =
        before === undefined
          ? newestPage.all(chatId, limit, offset)
          : olderPage.all(chatId, before.timestampMs, before.order, limit, offset);
      return (rows as readonly unknown[] as readonly MessageRow[]).map(toMessage);
    },
  };
};
