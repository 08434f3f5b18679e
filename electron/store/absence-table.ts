import type { DatabaseSync } from 'node:sqlite';
import type { ChatGap, ChatWatermark } from '../application/ports/message-store';
import type { ChatId } from '../contract/ids';

/** The row that says that an absence is under way; no chat has this id. */
const marker = '';

/** What is still to be fetched after an absence. Its methods run inside whatever transaction the caller began. */
export interface AbsenceTable {
  /** What was noted when the absence under way began; undefined when there is none. */
  noted(): readonly ChatWatermark[] | undefined;
  begin(watermarks: readonly ChatWatermark[]): void;
  /** This chat has been fetched up to a moment, while others are still waiting. */
  advance(chatId: ChatId, storedUntilMs: number): void;
  end(): void;
  gaps(): readonly ChatGap[];
  /** The earliest moment counts. */
  noteGap(gap: ChatGap): void;
  closeGap(chatId: ChatId): void;
}

export const createAbsenceTable = (database: DatabaseSync): AbsenceTable => {
  const selectNoted = database.prepare('SELECT chat_id AS chatId, stored_until_ms AS newestMessageMs FROM absence');
  const note = database.prepare('INSERT OR REPLACE INTO absence (chat_id, stored_until_ms) VALUES (?, ?)');
  const clear = database.prepare('DELETE FROM absence');
  const selectGaps = database.prepare('SELECT chat_id AS chatId, since_ms AS sinceMs FROM gaps');
  const upsertGap = database.prepare(
    `INSERT INTO gaps (chat_id, since_ms) VALUES (?, ?)
     ON CONFLICT (chat_id) DO UPDATE SET since_ms = min(since_ms, excluded.since_ms)`,
  );
  const deleteGap = database.prepare('DELETE FROM gaps WHERE chat_id = ?');
  const rows = (): readonly ChatWatermark[] => selectNoted.all() as readonly unknown[] as readonly ChatWatermark[];
  return {
    noted() {
      const all = rows();
      return all.length === 0 ? undefined : all.filter((row) => row.chatId !== marker);
    },
    begin(watermarks) {
      note.run(marker, 0);
      for (const { chatId, newestMessageMs } of watermarks) note.run(chatId, newestMessageMs);
    },
    advance: (chatId, storedUntilMs) => void note.run(chatId, storedUntilMs),
    end: () => void clear.run(),
    gaps: () => selectGaps.all() as readonly unknown[] as readonly ChatGap[],
    noteGap: ({ chatId, sinceMs }) => void upsertGap.run(chatId, sinceMs),
    closeGap: (chatId) => void deleteGap.run(chatId),
  };
};
