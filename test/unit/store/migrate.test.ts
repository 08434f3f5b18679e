import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type SendState, sendSchema } from '../../../electron/contract/entities/send';
import { createAccountDatabase } from '../../../electron/store/account-database';
import { createConsoleDatabase } from '../../../electron/store/console-database';
import { consoleMigrations } from '../../../electron/store/console-migrations/console-migrations';
import { migrate, schemaVersion } from '../../../electron/store/migrate';
import { migrations } from '../../../electron/store/migrations/migrations';
import { accountId, ana, anInbound, anOutgoing, bruno } from '../../fakes/entities';

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
    const account = createAccountDatabase(database, accountId('support'), () => 1);
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
      const account = createAccountDatabase(database, accountId('support'), () => 1);
      expect(account.listMessages(ana, undefined, 10).messages).toMatchObject([{ id: 'A1', body: 'kept', order: 1 }]);
      expect(account.getChat(ana).lastMessage?.body).toBe('kept');
    },
  );

  it('keep what every row of the old outbox said, and who has written where', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('PRAGMA foreign_keys = ON');
    migrate(database, 'support', migrations.slice(0, 3));
    database.exec(
      `INSERT INTO chats (id, kind, name) VALUES ('${ana}', 'direct', 'Ana'), ('${bruno}', 'direct', 'Bruno')`,
    );
    database.exec(
      `INSERT INTO messages (chat_id, id, from_me, type, body, timestamp_ms) VALUES ('${bruno}', 'A1', 0, 'text', 'hi', 5)`,
    );
    const row = database.prepare(
      'INSERT INTO outbox (chat_id, message_id, body, idempotency_key, state, created_ms) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const message = database.prepare(
      `INSERT INTO messages (chat_id, id, from_me, type, body, timestamp_ms, status, problem)
       VALUES (?, ?, 1, 'text', 'shown', 5, ?, ?)`,
    );
    const before: readonly (readonly [string, string, string | null, SendState])[] = [
      ['queued', 'pending', null, 'queued'],
      ['claimed', 'unknown', 'look', 'claimed'],
      ['handed', 'pending', null, 'handed'],
      ['settled', 'sent', null, 'sent'],
      ['settled', 'delivered', null, 'delivered'],
      ['settled', 'read', null, 'read'],
      ['settled', 'played', null, 'read'],
      ['settled', 'failed', 'no', 'failed'],
      ['settled', 'unknown', 'look', 'unknown'],
      ['settled', 'pending', null, 'unknown'],
    ];
    for (const [index, [state, status, problem]] of before.entries()) {
      row.run(ana, `3EB0${index}`, `"text" ${index} 😀`, index === 0 ? 'k' : null, state, 100 + index);
      message.run(ana, `3EB0${index}`, status, problem);
    }
    // One that was never settled in a database whose messages were lost.
    row.run(ana, '3EB099', 'gone', null, 'settled', 200);

    migrate(database, 'support');
    const account = createAccountDatabase(database, accountId('support'), () => 1);
    const sends = account
      .listSends({ filter: 'all', chatId: undefined, cursor: undefined, limit: 50 })
      .sends.toReversed();
    expect(sends.map((send) => send.state)).toEqual([...before.map(([, , , state]) => state), 'unknown']);
    expect(sends.map((send) => send.order)).toEqual(sends.map((_, index) => index + 1));
    expect(sends.map((send) => send.problem)).toEqual([
      ...Array.from({ length: 7 }, () => undefined),
      'no',
      'look',
      undefined,
      undefined,
    ]);
    expect(sends.map((send) => send.wasHanded)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    for (const send of sends) {
      const { wasHanded: _handed, ...rest } = send;
      expect(sendSchema.safeParse({ ...rest, accountId: 'support' }).success, send.messageId).toBe(true);
    }
    expect(sends[0]).toEqual({
      chatId: ana,
      messageId: '3EB00',
      order: 1,
      lane: 'person',
      policy: 'never_twice',
      content: { kind: 'text', body: '"text" 0 😀' },
      state: 'queued',
      attempt: 0,
      createdAtMs: 100,
      changedAtMs: 100,
      wasHanded: false,
    });
    expect(account.countSends()).toEqual({ waiting: 1, underway: 2, attention: 4 });
    expect([ana, bruno].map((id) => account.isKnownChat(id))).toEqual([false, true]);
    // Keys and places go on where they were.
    const again = anOutgoing('3EB0NEW', { idempotencyKey: 'k', content: { kind: 'text', body: '"text" 0 😀' } });
    expect(account.queueAllOutgoing([again])).toMatchObject([{ ok: true, value: { created: false } }]);
    expect(account.queueAllOutgoing([anOutgoing('3EB0NEW')])).toMatchObject([
      { ok: true, value: { send: { order: 12 } } },
    ]);
  });

  it('do nothing to a database that is up to date', () => {
    const database = fresh();
    migrate(database, 'support');
    expect(schemaVersion(database)).toBe(migrations.length);
  });

  it('bring an empty console database to its newest version', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, undefined, consoleMigrations);
    expect(schemaVersion(database)).toBe(consoleMigrations.length);
    const optOut = { contact: '551100000001', addedAtMs: 1 };
    expect(createConsoleDatabase(database).addOptOut(optOut)).toEqual(optOut);
    database.exec('PRAGMA user_version = 99');
    expect(() => migrate(database, undefined, consoleMigrations)).toThrow(/^console\.db: it was stored by a newer/);
  });

  it('refuse a database of a newer Switchboard without touching it', () => {
    const database = fresh();
    database.exec(`PRAGMA user_version = ${migrations.length + 5}`);
    const before = tablesOf(database);
    expect(() => migrate(database, 'support')).toThrow(
      /account support: its messages were stored by a newer Switchboard \(schema 11, this one knows 6\)/,
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
