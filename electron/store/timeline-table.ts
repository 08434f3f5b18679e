import type { DatabaseSync } from 'node:sqlite';
import type { TimelineEntry } from '../contract/entities/observation';

/** So many things that happened to a session are kept. */
const keptEntries = 200;

interface TimelineRow {
  readonly atMs: number;
  readonly kind: TimelineEntry['kind'];
  readonly words: string;
  readonly durationMs: number | null;
}

/** What happened to the account's session. Its methods run inside whatever transaction the caller began. */
export interface TimelineTable {
  /** Adds an entry and drops what is beyond the number that is kept. */
  add(entry: TimelineEntry): void;
  /** Newest first. */
  list(): readonly TimelineEntry[];
}

export const createTimelineTable = (database: DatabaseSync): TimelineTable => {
  const insert = database.prepare('INSERT INTO timeline (at_ms, kind, words, duration_ms) VALUES (?, ?, ?, ?)');
  const prune = database.prepare('DELETE FROM timeline WHERE position <= (SELECT max(position) FROM timeline) - ?');
  const select = database.prepare(
    'SELECT at_ms AS atMs, kind, words, duration_ms AS durationMs FROM timeline ORDER BY position DESC LIMIT ?',
  );
  return {
    add({ atMs, kind, words, durationMs }) {
      insert.run(atMs, kind, words.toWellFormed(), durationMs ?? null);
      prune.run(keptEntries);
    },
    list: () =>
      (select.all(keptEntries) as readonly unknown[] as readonly TimelineRow[]).map(
        ({ atMs, kind, words, durationMs }) => ({ atMs, kind, words, ...(durationMs === null ? {} : { durationMs }) }),
      ),
  };
};
