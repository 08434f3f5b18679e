import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createAccountDatabase } from '../../../electron/store/account-database';
import { migrate, schemaVersion } from '../../../electron/store/migrate';
import { migrations } from '../../../electron/store/migrations/migrations';
import { accountId, ana, anInbound } from '../../fakes/entities';

const tablesOf = (database: DatabaseSync): unknown[] =>
  database
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
    .all()
    .map((row) => ({ ...row }));

const fresh = (): DatabaseSync => {
  const database = new DatabaseSync(':memory:');
  migrate(database, 'support');
  return database;
};

describe('migrations of an account database', () => {
  it('bring an empty file to the newest version, ready for use', () => {
    const database = fresh();
    expect(schemaVersion(database)).toBe(migrations.length);
    const account = createAccountDatabase(database, accountId('support'));
    expect(account.saveMessages([anInbound('A1')]).added).toHaveLength(1);
  });

  it.each(migrations.map((_, version) => version))(
    'bring version %i to the same schema as a new file, with its rows',
    (version) => {
      const database = new DatabaseSync(':memory:');
      migrate(database, 'support', migrations.slice(0, version));
      expect(schemaVersion(database)).toBe(version);
      if (version >= 1) {
        database.exec(`INSERT INTO chats (id, kind, name, last_ord) VALUES ('${ana}', 'direct', 'Ana', 1)`);
        database.exec(
          `INSERT INTO messages (chat_id, id, from_me, type, body, timestamp_ms) VALUES ('${ana}', 'A1', 0, 'text', 'kept', 5)`,
        );
      }
      migrate(database, 'support');
      expect(tablesOf(database)).toEqual(tablesOf(fresh()));
      if (version < 1) return;
      const account = createAccountDatabase(database, accountId('support'));
      expect(account.listMessages(ana, undefined, 10).messages).toMatchObject([{ id: 'A1', body: 'kept', order: 1 }]);
      expect(account.getChat(ana).lastMessage?.body).toBe('kept');
    },
  );

  it('do nothing to a database that is up to date', () => {
    const database = fresh();
    migrate(database, 'support');
    expect(schemaVersion(database)).toBe(migrations.length);
  });

  it('refuse a database of a newer Switchboard without touching it', () => {
    const database = fresh();
    database.exec(`PRAGMA user_version = ${migrations.length + 5}`);
    const before = tablesOf(database);
    expect(() => migrate(database, 'support')).toThrow(
      /account support: its messages were stored by a newer Switchboard \(schema 8, this one knows 3\)/,
    );
    expect(tablesOf(database)).toEqual(before);
    expect(schemaVersion(database)).toBe(migrations.length + 5);
  });

  it('leave the version before when a step fails half way', () => {
    const database = new DatabaseSync(':memory:');
    const broken = [...migrations, 'CREATE TABLE half (id TEXT); CREATE TABLE half (id TEXT);'];
    const before = tablesOf(fresh());
    expect(() => migrate(database, 'support', broken)).toThrow(/half/);
    expect(schemaVersion(database)).toBe(migrations.length);
    expect(tablesOf(database)).toEqual(before);
  });
});
