import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { NewDraft } from '../application/ports/draft-store';
import type { Draft } from '../contract/entities/draft';
import type { AccountId, ChatId } from '../contract/ids';
import type { DraftPosition } from './cursors';

interface DraftRow {
  readonly chatId: ChatId;
  readonly body: string;
  readonly surface: Draft['leftBy']['surface'];
  readonly name: string;
  readonly savedAtMs: number;
}

/** What was left in an account's chats for a person to send. Its methods run inside whatever transaction the caller began. */
export interface DraftTable {
  /** Takes the place of the one before, and is later than that. */
  save(draft: NewDraft): Draft;
  /** Newest first, after a place in the list that is merged over all accounts. */
  page(chatId: ChatId | undefined, after: DraftPosition | undefined, limit: number): readonly Draft[];
  remove(chatId: ChatId, savedAtMs: number | undefined): boolean;
}

export const createDraftTable = (database: DatabaseSync, accountId: AccountId): DraftTable => {
  const columns = 'chat_id AS chatId, body, surface, name, saved_ms AS savedAtMs';
  const upsert = database.prepare(
    `INSERT INTO drafts (chat_id, body, surface, name, saved_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (chat_id) DO UPDATE SET body = excluded.body, surface = excluded.surface, name = excluded.name,
                                         saved_ms = max(excluded.saved_ms, saved_ms + 1)
     RETURNING ${columns}`,
  );
  const remove = database.prepare('DELETE FROM drafts WHERE chat_id = ?1 AND (?2 IS NULL OR saved_ms = ?2)');

  const toDraft = ({ chatId, body, surface, name, savedAtMs }: DraftRow): Draft => ({
    accountId,
    chatId,
    body,
    leftBy: { surface, name },
    savedAtMs,
  });

  /** Condition and parameters for what comes after the position, ordered by time (newest first), account, chat. */
  const following = (after: DraftPosition): { readonly clause: string; readonly values: readonly SQLInputValue[] } => {
    if (accountId < after.accountId) return { clause: 'saved_ms < ?', values: [after.savedAtMs] };
    if (accountId > after.accountId) return { clause: 'saved_ms <= ?', values: [after.savedAtMs] };
    return {
      clause: 'saved_ms <= ? AND (saved_ms < ? OR chat_id > ?)',
      values: [after.savedAtMs, after.savedAtMs, after.chatId],
    };
  };

  return {
    save({ chatId, body, leftBy, savedAtMs }) {
      const row: unknown = upsert.get(
        chatId,
        body.toWellFormed(),
        leftBy.surface,
        leftBy.name.toWellFormed(),
        savedAtMs,
      );
      return toDraft(row as DraftRow);
    },
    page(chatId, after, limit) {
      const { clause, values } = after === undefined ? { clause: '1', values: [] } : following(after);
      const rows = database
        .prepare(
          `SELECT ${columns} FROM drafts WHERE (?1 IS NULL OR chat_id = ?1) AND ${clause}
           ORDER BY saved_ms DESC, chat_id LIMIT ?`,
        )
        .all(chatId ?? null, ...values, limit) as readonly unknown[] as readonly DraftRow[];
      return rows.map(toDraft);
    },
    remove: (chatId, savedAtMs) => remove.run(chatId, savedAtMs ?? null).changes > 0,
  };
};
