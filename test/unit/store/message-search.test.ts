import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statusFeed } from '../../../electron/domain/chat-identity';
import { type AccountDatabase, createAccountDatabase } from '../../../electron/store/account-database';
import { beginIndexAgain } from '../../../electron/store/message-search';
import { migrate } from '../../../electron/store/migrate';
import { migrations } from '../../../electron/store/migrations/migrations';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId, ana, anInbound, anOutgoing, bruno, messageId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
let file: DatabaseSync;
let database: AccountDatabase;

beforeEach(() => {
  file = new DatabaseSync(':memory:');
  file.exec('PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF');
  migrate(file, support);
  database = createAccountDatabase(file, support, () => 5_000_000);
});

const bodies = (query: string, chat = undefined as typeof ana | undefined, limit = 50): string[] =>
  database.search.page(query, chat, undefined, limit).map(({ body }) => body);

describe('searching messages', () => {
  it('finds all the words in any order, case and accents apart, and the last one by its beginning', () => {
    database.saveMessages([
      anInbound('A1', { body: 'A reunião é amanhã às nove' }),
      anInbound('A2', { body: 'amanhã não' }),
    ]);
    expect(bodies('AMANHA reuniao')).toEqual(['A reunião é amanhã às nove']);
    expect(bodies('aman')).toHaveLength(2);
    expect(bodies('aman reuniao')).toEqual([]);
    expect(bodies('n\u0061\u0303o')).toEqual(['amanhã não']);
  });

  it('gives the newest first whatever the order of arrival', () => {
    database.saveMessages([
      anInbound('B', { body: 'chair two', timestampMs: 2_000_000 }),
      anInbound('C', { body: 'chair three', timestampMs: 3_000_000 }),
      anInbound('A', { body: 'chair one', timestampMs: 1_000_000 }),
      anInbound('D', { body: 'chair before 1970', timestampMs: -5_000 }),
    ]);
    expect(bodies('chair')).toEqual(['chair three', 'chair two', 'chair one', 'chair before 1970']);
  });

  it('finds in one chat only, when that is asked for', () => {
    database.saveMessages([anInbound('A1', { body: 'chair' }), anInbound('A2', { body: 'chair', chatId: bruno })]);
    const found = database.search.page('chair', bruno, undefined, 10);
    expect(found.map(({ chatId }) => chatId)).toEqual([bruno]);
    expect(bodies('551100000001')).toEqual([]);
  });

  it('follows edits, deletions, clearing and corrected times', () => {
    database.saveMessages([
      anInbound('A1', { body: 'five chairs', timestampMs: 1_000_000 }),
      anInbound('A2', { body: 'chairs to delete', timestampMs: 2_000_000 }),
      anInbound('A3', { body: 'chairs to remove', timestampMs: 3_000_000 }),
      anInbound('B1', { body: 'chairs of Bruno', timestampMs: 4_000_000, chatId: bruno }),
    ]);
    database.saveMessages([
      anInbound('A1', { body: 'six tables', timestampMs: 1_000_000 }),
      anInbound('A2', { body: '', type: 'revoked', timestampMs: 2_000_000 }),
      anInbound('B1', { body: 'chairs of Bruno', timestampMs: 500_000, chatId: bruno }),
    ]);
    database.removeMessage(ana, messageId('A3'), false);
    expect(bodies('chairs')).toEqual(['chairs of Bruno']);
    expect(bodies('tables')).toEqual(['six tables']);
    database.emptyChat(bruno, false);
    expect(bodies('chairs')).toEqual([]);
  });

  it('finds no statuses among the messages', () => {
    const content = { kind: 'status', body: 'new chairs', backgroundColor: '#7ACCA5', font: 0 } as const;
    const [posted] = database.queueAllOutgoing([anOutgoing('3EB01', { chatId: statusFeed, content })]);
    expect(posted?.ok).toBe(true);
    database.saveMessages([anInbound('A1', { body: 'old chairs' })]);
    expect(bodies('chairs')).toEqual(['old chairs']);
  });

  it('finds what is on its way out', () => {
    database.queueAllOutgoing([anOutgoing('3EB01', { content: { kind: 'text', body: 'the offer' } })]);
    expect(bodies('offer')).toEqual(['the offer']);
  });
});

describe('what an earlier version stored', () => {
  const old = (count: number): void => {
    file = new DatabaseSync(':memory:');
    migrate(file, support, migrations.slice(0, 4));
    file.exec(`INSERT INTO chats (id, kind, name) VALUES ('${ana}', 'direct', 'Ana')`);
    const insert = file.prepare(
      "INSERT INTO messages (chat_id, id, from_me, type, body, timestamp_ms) VALUES (?, ?, 0, 'text', ?, ?)",
    );
    for (let index = 0; index < count; index += 1) insert.run(ana, `A${index}`, `chair ${index}`, index * 1_000);
    migrate(file, support);
    database = createAccountDatabase(file, support, () => 1);
  };

  it('becomes searchable a piece at a time, the newest first, and says until then that it is not complete', () => {
    old(1_200);
    expect(database.search.isComplete()).toBe(false);
    expect(bodies('chair')).toEqual([]);
    expect(database.indexMore()).toBe(true);
    expect(bodies('chair', undefined, 1)).toEqual(['chair 1199']);
    expect(bodies('chair', undefined, 2_000)).toHaveLength(500);
    let pieces = 1;
    while (database.indexMore()) pieces += 1;
    expect(pieces).toBe(3);
    expect(database.search.isComplete()).toBe(true);
    expect(bodies('chair', undefined, 2_000)).toHaveLength(1_200);
  });

  it('takes changes in the meantime without being found twice or too long', () => {
    old(3);
    database.saveMessages([anInbound('A1', { body: 'chair edited', timestampMs: 1_000 })]);
    database.removeMessage(ana, messageId('A2'), false);
    database.saveMessages([anInbound('NEW', { body: 'chair new', timestampMs: 9_000 })]);
    while (database.indexMore());
    expect(bodies('chair')).toEqual(['chair new', 'chair edited', 'chair 0']);
  });

  it('has nothing to catch up with in an empty database', () => {
    old(0);
    expect(database.search.isComplete()).toBe(true);
    expect(database.indexMore()).toBe(false);
  });

  it('is found again after the index was begun anew', () => {
    database.saveMessages([anInbound('A1', { body: 'chair' })]);
    beginIndexAgain(file);
    database = createAccountDatabase(file, support, () => 1);
    expect(bodies('chair')).toEqual([]);
    while (database.indexMore());
    expect(bodies('chair')).toEqual(['chair']);
    database.saveMessages([anInbound('A2', { body: 'chair two' })]);
    expect(bodies('chair')).toHaveLength(2);
  });
});

describe('searching several accounts', () => {
  const accounts = [accountId('support'), accountId('sales'), accountId('zen')];
  let host: StoreHost;

  beforeEach(() => {
    const folder = temporaryFolder();
    const { log } = createMemoryLog();
    host = createStoreHost({ accountsDir: folder, consoleFile: `${folder}/console.db`, log, nowMs: () => 1 });
    for (const id of accounts) host.open(id);
  });
  afterEach(() => {
    host.closeAll();
    removeTemporaryFolders();
  });

  it('gives one list page by page, nothing twice and nothing left out, also within one second', () => {
    const expected: string[] = [];
    for (const [index, id] of accounts.entries()) {
      const messages = Array.from({ length: 23 }, (_, count) =>
        anInbound(`${id}-${count}`, {
          body: 'chair',
          timestampMs: 1_000_000 + Math.floor((count * 3 + index) / 7) * 1_000,
        }),
      );
      host.saveMessages(id, messages);
      expected.push(...messages.map((message) => message.id));
    }
    const seen: { readonly id: string; readonly timestampMs: number }[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = host.searchMessages({ accountIds: accounts, query: 'chair', chatId: undefined, cursor, limit: 5 });
      expect(page.messages.length).toBeLessThanOrEqual(5);
      expect(page.complete).toBe(true);
      seen.push(...page.messages);
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(14);
    expect(seen.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
    const times = seen.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });

  it('refuses a cursor that it did not give', () => {
    const ask = (cursor: string) =>
      host.searchMessages({ accountIds: accounts, query: 'chair', chatId: undefined, cursor, limit: 5 });
    const chatsCursor = Buffer.from(JSON.stringify(['chats', 1, 'a', 'b'])).toString('base64url');
    for (const cursor of ['nonsense', chatsCursor]) {
      expect(() => ask(cursor)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    }
  });
});
