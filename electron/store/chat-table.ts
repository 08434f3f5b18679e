import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ChatQuery, ChatWatermark } from '../application/ports/message-store';
import type { Chat, ChatKind, MessagePreview, ObservedChat } from '../contract/entities/chat';
import type { DeliveryStatus, MessageType } from '../contract/entities/message';
import type { AccountId, ChatId, MessageId } from '../contract/ids';
import { fallbackChatName, kindOfChat, phoneOfChat, statusFeed } from '../domain/chat-identity';
import { previewOf } from '../domain/message-preview';
import type { ChatPosition } from './cursors';
import { storeError } from './store-errors';

interface ChatRow {
  readonly id: ChatId;
  readonly kind: ChatKind;
  readonly name: string;
  readonly phone: string | null;
  readonly unreadCount: number;
  readonly lastActivityMs: number;
  readonly archived: number;
  readonly pinned: number;
  readonly mutedUntilMs: number | null;
  readonly lastId: MessageId | null;
  readonly lastFromMe: number;
  readonly lastAuthorName: string | null;
  readonly lastType: MessageType;
  readonly lastBody: string;
  readonly lastTimestampMs: number;
  readonly lastStatus: DeliveryStatus | null;
}

const selectChats = `
  SELECT c.id, c.kind, c.name, c.phone, c.unread_count AS unreadCount, c.last_activity_ms AS lastActivityMs,
         c.archived, c.pinned, c.muted_until_ms AS mutedUntilMs, m.id AS lastId, m.from_me AS lastFromMe, m.author_name AS lastAuthorName,
         m.type AS lastType, m.body AS lastBody, m.timestamp_ms AS lastTimestampMs, m.status AS lastStatus
  FROM chats c LEFT JOIN messages m ON m.ord = c.last_ord`;

const filterClauses: Readonly<Record<ChatQuery['filter'], string>> = {
  all: '1',
  unread: 'c.unread_count > 0',
  groups: "c.kind = 'group'",
};

/** As it is stored: -1 for good. */
const mutedColumn = (muted: ObservedChat['muted']): number | null =>
  muted === undefined ? null : (muted.untilMs ?? -1);

const toPreview = (row: ChatRow): MessagePreview | undefined =>
  row.lastId === null
    ? undefined
    : {
        id: row.lastId,
        fromMe: row.lastFromMe === 1,
        ...(row.lastAuthorName === null ? {} : { authorName: row.lastAuthorName }),
        type: row.lastType,
        body: previewOf(row.lastBody),
        timestampMs: row.lastTimestampMs,
        ...(row.lastStatus === null ? {} : { status: row.lastStatus }),
      };

/** The table of an account's chats. Its methods run inside whatever transaction the caller began. */
export interface ChatTable {
  find(chatId: ChatId): Chat | undefined;
  /** Rejects with CHAT_NOT_FOUND. */
  get(chatId: ChatId): Chat;
  /** Conversations of this account after a place in the list that is merged over all accounts. */
  page(query: Pick<ChatQuery, 'filter' | 'chatIds' | 'limit'>, after: ChatPosition | undefined): readonly Chat[];
  /** Whether something is different now. A removed chat comes back with a message in it only. */
  upsert(observed: ObservedChat): boolean;
  /** Whether the chat had to be created, or brought back after it was removed. */
  ensure(chatId: ChatId): boolean;
  /** Whether it is a group or a list, or somebody else has ever written in it. */
  isKnown(chatId: ChatId): boolean;
  /** Takes the newest message as the chat's last; whether that changed the row. */
  refreshLastMessage(chatId: ChatId): boolean;
  lastOrder(chatId: ChatId): number | undefined;
  clearUnread(chatId: ChatId): void;
  /** Takes the chat off every list. */
  remove(chatId: ChatId): void;
  countUnread(): { readonly messages: number; readonly chats: number };
  watermarks(): readonly ChatWatermark[];
}

export const createChatTable = (database: DatabaseSync, accountId: AccountId): ChatTable => {
  const selectOne = database.prepare(`${selectChats} WHERE c.id = ? AND c.removed = 0`);
  const selectRemoved = database.prepare('SELECT removed FROM chats WHERE id = ?');
  const bringBack = database.prepare('UPDATE chats SET removed = 0 WHERE id = ?');
  const takeAway = database.prepare(
    `UPDATE chats SET removed = 1, unread_count = 0, last_activity_ms = 0, archived = 0, pinned = 0, muted_until_ms = NULL,
                      last_ord = NULL
     WHERE id = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO chats (id, kind, name, phone, unread_count, last_activity_ms, archived, pinned, muted_until_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE chats SET kind = ?, name = ?, phone = ?, unread_count = ?, last_activity_ms = ?, archived = ?, pinned = ?,
                      muted_until_ms = ?
     WHERE id = ?`,
  );
  const newest = database.prepare(
    'SELECT ord, timestamp_ms AS timestampMs FROM messages WHERE chat_id = ? ORDER BY timestamp_ms DESC, ord DESC LIMIT 1',
  );
  const setLast = database.prepare(
    `UPDATE chats SET last_ord = ?1, last_activity_ms = max(last_activity_ms, ?2)
     WHERE id = ?3 AND (last_ord IS NOT ?1 OR last_activity_ms < ?2)`,
  );
  const selectLastOrder = database.prepare('SELECT last_ord AS ord FROM chats WHERE id = ?');
  const clearLast = database.prepare('UPDATE chats SET last_ord = NULL WHERE id = ? AND last_ord IS NOT NULL');
  const selectKnown = database.prepare(
    "SELECT 1 FROM chats WHERE id = ? AND (kind IN ('group', 'broadcast') OR has_written)",
  );
  const setRead = database.prepare('UPDATE chats SET unread_count = 0 WHERE id = ?');
  const sumUnread = database.prepare(
    'SELECT coalesce(sum(unread_count), 0) AS messages, count(*) AS chats FROM chats WHERE unread_count > 0',
  );
  // Own messages count only once the server has them: before that their time is this machine's clock, not WhatsApp's.
  const selectWatermarks = database.prepare(
    `SELECT chatId, newestMessageMs FROM (
       SELECT c.id AS chatId, (
         SELECT m.timestamp_ms FROM messages m
         WHERE m.chat_id = c.id AND (m.from_me = 0 OR m.status IN ('sent', 'delivered', 'read', 'played'))
         ORDER BY m.timestamp_ms DESC LIMIT 1
       ) AS newestMessageMs FROM chats c
     ) WHERE newestMessageMs IS NOT NULL`,
  );

  const toChat = (row: ChatRow): Chat => {
    const lastMessage = toPreview(row);
    return {
      accountId,
      id: row.id,
      kind: row.kind,
      name: row.name,
      ...(row.phone === null ? {} : { phone: row.phone }),
      unreadCount: row.unreadCount,
      lastActivityMs: row.lastActivityMs,
      archived: row.archived === 1,
      pinned: row.pinned === 1,
      ...(row.mutedUntilMs === null ? {} : { muted: row.mutedUntilMs < 0 ? {} : { untilMs: row.mutedUntilMs } }),
      ...(lastMessage === undefined ? {} : { lastMessage }),
    };
  };

  const find = (chatId: ChatId): Chat | undefined => {
    const row = selectOne.get(chatId) as ChatRow | undefined;
    return row === undefined ? undefined : toChat(row);
  };

  const isRemoved = (chatId: ChatId): boolean =>
    (selectRemoved.get(chatId) as { readonly removed: number } | undefined)?.removed === 1;

  /** Condition and parameters for what comes after the position, ordered by activity (newest first), account, chat. */
  const after = (position: ChatPosition): { readonly clause: string; readonly values: readonly SQLInputValue[] } => {
    if (accountId < position.accountId) return { clause: 'c.last_activity_ms < ?', values: [position.lastActivityMs] };
    if (accountId > position.accountId) return { clause: 'c.last_activity_ms <= ?', values: [position.lastActivityMs] };
    return {
      clause: 'c.last_activity_ms <= ? AND (c.last_activity_ms < ? OR c.id > ?)',
      values: [position.lastActivityMs, position.lastActivityMs, position.chatId],
    };
  };

  return {
    find,
    get(chatId) {
      const chat = find(chatId);
      if (chat === undefined) throw storeError('CHAT_NOT_FOUND', accountId, `there is no chat ${chatId}`);
      return chat;
    },
    page({ filter, chatIds, limit }, position) {
      const { clause, values } = position === undefined ? { clause: '1', values: [] } : after(position);
      const named = chatIds === undefined ? '1' : 'c.id IN (SELECT value FROM json_each(?))';
      const rows = database
        .prepare(
          `${selectChats} WHERE c.removed = 0 AND ${filterClauses[filter]} AND c.id <> '${statusFeed}' AND ${named} AND ${clause}
           ORDER BY c.last_activity_ms DESC, c.id LIMIT ?`,
        )
        .all(
          ...(chatIds === undefined ? [] : [JSON.stringify(chatIds)]),
          ...values,
          limit,
        ) as readonly unknown[] as readonly ChatRow[];
      return rows.map(toChat);
    },
    upsert(observed) {
      const stored = find(observed.id);
      const wasRemoved = stored === undefined && isRemoved(observed.id);
      if (wasRemoved && observed.lastMessageId === undefined && observed.unreadCount === 0) return false;
      const name = observed.name.toWellFormed() || stored?.name || fallbackChatName(observed.id);
      const phone = observed.phone ?? stored?.phone ?? phoneOfChat(observed.id) ?? null;
      const activity = Math.max(observed.lastActivityMs, stored?.lastActivityMs ?? 0);
      const flags = [Number(observed.archived), Number(observed.pinned), mutedColumn(observed.muted)] as const;
      if (wasRemoved) bringBack.run(observed.id);
      if (stored === undefined && !wasRemoved) {
        insert.run(observed.id, observed.kind, name, phone, observed.unreadCount, activity, ...flags);
        return true;
      }
      const same =
        stored !== undefined &&
        stored.kind === observed.kind &&
        stored.name === name &&
        (stored.phone ?? null) === phone &&
        stored.unreadCount === observed.unreadCount &&
        stored.lastActivityMs === activity &&
        stored.archived === observed.archived &&
        stored.pinned === observed.pinned &&
        mutedColumn(stored.muted) === mutedColumn(observed.muted);
      if (!same) update.run(observed.kind, name, phone, observed.unreadCount, activity, ...flags, observed.id);
      return !same;
    },
    ensure(chatId) {
      const row = selectRemoved.get(chatId) as { readonly removed: number } | undefined;
      if (row?.removed === 0) return false;
      if (row === undefined)
        insert.run(chatId, kindOfChat(chatId), fallbackChatName(chatId), phoneOfChat(chatId) ?? null, 0, 0, 0, 0, null);
      else bringBack.run(chatId);
      return true;
    },
    refreshLastMessage(chatId) {
      const row = newest.get(chatId) as { readonly ord: number; readonly timestampMs: number } | undefined;
      if (row === undefined) return clearLast.run(chatId).changes > 0;
      return setLast.run(row.ord, row.timestampMs, chatId).changes > 0;
    },
    isKnown: (chatId) => selectKnown.get(chatId) !== undefined,
    lastOrder(chatId) {
      const row = selectLastOrder.get(chatId) as { readonly ord: number | null } | undefined;
      return row?.ord ?? undefined;
    },
    clearUnread: (chatId) => void setRead.run(chatId),
    remove: (chatId) => void takeAway.run(chatId),
    countUnread() {
      const row = sumUnread.get() as { readonly messages: number; readonly chats: number } | undefined;
      return { messages: row?.messages ?? 0, chats: row?.chats ?? 0 };
    },
    watermarks: () => selectWatermarks.all() as readonly unknown[] as readonly ChatWatermark[],
  };
};
