import type { DatabaseSync } from 'node:sqlite';
import type { Departure } from '../application/ports/outbox-store';

/** Two days of trusted time: no cap looks back further than one. */
const keptMs = 2 * 24 * 60 * 60 * 1000;

/** What left, for the caps. Its methods run inside whatever transaction the caller began. */
export interface DeparturesTable {
  /** One message counts once, at its latest departure. Forgets what is too old to count. */
  note(departure: Departure): void;
  /** Oldest first. */
  since(trustedMs: number): readonly Departure[];
}

export const createDeparturesTable = (database: DatabaseSync): DeparturesTable => {
  const insert = database.prepare('INSERT OR REPLACE INTO departures (message_id, trusted_ms, lane) VALUES (?, ?, ?)');
  const prune = database.prepare('DELETE FROM departures WHERE trusted_ms < ?');
  const select = database.prepare(
    `SELECT message_id AS messageId, trusted_ms AS trustedMs, lane FROM departures
     WHERE trusted_ms >= ? ORDER BY trusted_ms, message_id`,
  );
  return {
    note({ messageId, trustedMs, lane }) {
      insert.run(messageId, trustedMs, lane);
      prune.run(trustedMs - keptMs);
    },
    since: (trustedMs) =>
      (select.all(trustedMs) as readonly unknown[] as readonly Departure[]).map((row) => ({ ...row })),
  };
};
