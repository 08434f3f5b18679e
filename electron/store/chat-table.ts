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
         c.archived, c.pinned, m.id AS lastId, m.from_me AS lastFromMe, m.author_name AS lastAuthorName,
         m.type AS lastType, m.body AS lastBody, m.timestamp_ms AS lastTimestampMs, m.status AS lastStatus
  FROM chats c LEFT JOIN messages m ON m.ord = c.last_ord`;

const filterClauses: Readonly<Record<ChatQuery['filter'], string>> = {
  all: '1',
  unread: 'c.unread_count > 0',
  groups: "c.kind = 'group'",
};

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
  page(filter: ChatQuery['filter'], after: ChatPosition | undefined, limit: number): readonly Chat[];
  /** Whether something is different now. */
  upsert(observed: ObservedChat): boolean;
  /** Whether the chat had to be created. */
  ensure(chatId: ChatId): boolean;
  /** Whether it is a group or a list, or somebody else has ever written in it. */
  isKnown(chatId: ChatId): boolean;
  /** Takes the newest message as the chat's last; whether that changed the row. */
  refreshLastMessage(chatId: ChatId): boolean;
  lastOrder(chatId: ChatId): number | undefined;
  clearUnread(chatId: ChatId): void;
  countUnread(): { readonly messages: number; readonly chats: number };
  watermarks(): readonly ChatWatermark[];
}

export const createChatTable = (database: DatabaseSync, accountId: AccountId): ChatTable => {
  const selectOne = database.prepare(`${selectChats} WHERE c.id = ?`);
  const insert = database.prepare(
    `INSERT INTO chats (id, kind, name, phone, unread_count, last_activity_ms, archived, pinned)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE chats SET kind = ?, name = ?, phone = ?, unread_count = ?, last_activity_ms = ?, archived = ?, pinned = ?
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
      ...(lastMessage === undefined ? {} : { lastMessage }),
    };
  };

  const find = (chatId: ChatId): Chat | undefined => {
    const row = selectOne.get(chatId) as ChatRow | undefined;
    return row === undefined ? undefined : toChat(row);
  };

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
    page(filter, position, limit) {
      const { clause, values } = position === undefined ? { clause: '1', values: [] } : after(position);
      const rows = database
        .prepare(
          `${selectChats} WHERE ${filterClauses[filter]} AND c.id <> '${statusFeed}' AND ${clause} ORDER BY c.last_activity_ms DESC, c.id LIMIT ?`,
        )
        .all(...values, limit) as readonly unknown[] as readonly ChatRow[];
      return rows.map(toChat);
    },
    upsert(observed) {
      const stored = find(observed.id);
      const name = observed.name.toWellFormed() || stored?.name || fallbackChatName(observed.id);
      const phone = observed.phone ?? stored?.phone ?? phoneOfChat(observed.id) ?? null;
      const activity = Math.max(observed.lastActivityMs, stored?.lastActivityMs ?? 0);
      const flags = [Number(observed.archived), Number(observed.pinned)] as const;
      if (stored === undefined) {
        insert.run(observed.id, observed.kind, name, phone, observed.unreadCount, activity, ...flags);
        return true;
      }
      const same =
        stored.kind === observed.kind &&
        stored.name === name &&
        (stored.phone ?? null) === phone &&
        stored.unreadCount === observed.unreadCount &&
        stored.lastActivityMs === activity &&
        stored.archived === observed.archived &&
        stored.pinned === observed.pinned;
      if (!same) update.run(observed.kind, name, phone, observed.unreadCount, activity, ...flags, observed.id);
      return !same;
    },
    ensure(chatId) {
      if (selectLastOrder.get(chatId) !== undefined) return false;
      insert.run(chatId, kindOfChat(chatId), fallbackChatName(chatId), phoneOfChat(chatId) ?? null, 0, 0, 0, 0);
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
    countUnread() {
      const row = sumUnread.get() as { readonly messages: number; readonly chats: number } | undefined;
      return { messages: row?.messages ?? 0, chats: row?.chats ?? 0 };
    },
    watermarks: () => selectWatermarks.all() as readonly unknown[] as readonly ChatWatermark[],
  };
};
