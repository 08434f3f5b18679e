import type { DatabaseSync } from 'node:sqlite';

/** Small facts of the account's gate by name. Its methods run inside whatever transaction the caller began. */
export interface GateFactsTable {
  read(): Readonly<Record<string, string>>;
  /** Undefined takes a fact away. */
  write(facts: Readonly<Record<string, string | undefined>>): void;
}

export const createGateFactsTable = (database: DatabaseSync): GateFactsTable => {
  const select = database.prepare('SELECT name, value FROM gate_facts');
  const upsert = database.prepare('INSERT OR REPLACE INTO gate_facts (name, value) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM gate_facts WHERE name = ?');
  return {
    read() {
      const rows = select.all() as readonly unknown[] as readonly { readonly name: string; readonly value: string }[];
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    },
    write(facts) {
      for (const [name, value] of Object.entries(facts)) {
        if (value === undefined) remove.run(name);
        else upsert.run(name, value);
      }
    },
  };
};
