import { DatabaseSync } from 'node:sqlite';
import { type OptOut, optOutSchema } from '../contract/entities/opt-out';

/** What the note of an entry says whose own note and time were lost. */
const recoveredNote = 'Recovered from a damaged list.';

/**
 * Who was on the do-not-contact list of a damaged database, oldest first, as far as it can still be read: from both ends of
 * the table, because a damaged page stops each reading, and from its index, which holds the contacts a second time.
 */
export const salvageOptOuts = (path: string, nowMs: number): readonly OptOut[] => {
  const found = new Map<string, OptOut>();
  const read = (database: DatabaseSync, sql: string): void => {
    try {
      for (const { note, ...row } of database.prepare(sql).iterate()) {
        const optOut = optOutSchema.safeParse(note === null ? row : { note, ...row });
        if (optOut.success && !found.has(optOut.data.contact)) found.set(optOut.data.contact, optOut.data);
      }
    } catch {
      // Here the damage begins: what came before it is kept.
    }
  };
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    const columns = 'contact, note, added_ms AS addedAtMs';
    read(database, `SELECT ${columns} FROM opt_outs ORDER BY position`);
    read(database, `SELECT ${columns} FROM opt_outs ORDER BY position DESC`);
    read(database, `SELECT contact, '${recoveredNote}' AS note, ${nowMs} AS addedAtMs FROM opt_outs ORDER BY contact`);
    database.close();
  } catch {
    // Nothing of it is a database any more.
  }
  return [...found.values()].sort((one, other) => one.addedAtMs - other.addedAtMs);
};
