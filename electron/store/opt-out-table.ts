import type { DatabaseSync } from 'node:sqlite';
import type { OptOut } from '../contract/entities/opt-out';

interface OptOutRow {
  readonly position: number;
  readonly contact: string;
  readonly note: string | null;
  readonly addedAtMs: number;
}

/** An entry with its place in the list. */
export interface PlacedOptOut {
  readonly position: number;
  readonly optOut: OptOut;
}

/** Who is not to be contacted. Its methods run inside whatever transaction the caller began. */
export interface OptOutTable {
  /** Newest first, from before a position on. */
  page(before: number, limit: number): readonly PlacedOptOut[];
  contacts(): readonly string[];
  /** Somebody who is on the list stays where they are; a note replaces the one before. */
  add(optOut: OptOut): OptOut;
  remove(contact: string): boolean;
}

export const createOptOutTable = (database: DatabaseSync): OptOutTable => {
  const columns = 'position, contact, note, added_ms AS addedAtMs';
  const selectPage = database.prepare(
    `SELECT ${columns} FROM opt_outs WHERE position < ? ORDER BY position DESC LIMIT ?`,
  );
  const selectContacts = database.prepare('SELECT contact FROM opt_outs');
  const upsert = database.prepare(
    `INSERT INTO opt_outs (contact, note, added_ms) VALUES (?, ?, ?)
     ON CONFLICT (contact) DO UPDATE SET note = coalesce(excluded.note, note) RETURNING ${columns}`,
  );
  const remove = database.prepare('DELETE FROM opt_outs WHERE contact = ?');

  const toOptOut = ({ contact, note, addedAtMs }: OptOutRow): OptOut => ({
    contact,
    ...(note === null ? {} : { note }),
    addedAtMs,
  });
  return {
    page: (before, limit) =>
      (selectPage.all(before, limit) as readonly unknown[] as readonly OptOutRow[]).map((row) => ({
        position: row.position,
        optOut: toOptOut(row),
      })),
    contacts: () =>
      (selectContacts.all() as readonly unknown[] as readonly { readonly contact: string }[]).map(
        ({ contact }) => contact,
      ),
    add({ contact, note, addedAtMs }) {
      const row: unknown = upsert.get(contact, note?.toWellFormed() ?? null, addedAtMs);
      return toOptOut(row as OptOutRow);
    },
    remove: (contact) => remove.run(contact).changes > 0,
  };
};
