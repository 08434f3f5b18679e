import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../../electron/contract/ids';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId, ana, anInbound, anObservedChat, bruno, chatId, team } from '../../fakes/entities';
import { createMemoryLog, type LogLine } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
let accountsDir: string;
let lines: LogLine[];
let host: StoreHost;

const newHost = (): StoreHost => {
  const memory = createMemoryLog();
  lines = memory.lines;
  return createStoreHost({
    accountsDir,
    consoleFile: join(accountsDir, '..', 'console.db'),
    log: memory.log,
    nowMs: () => Date.UTC(2026, 10, 20, 14, 2),
  });
};
const fileOf = (id: string): string => join(accountsDir, id, 'messages.db');

beforeEach(() => {
  // One level down, so that a path that climbs out stays in the test's own folder.
  accountsDir = join(temporaryFolder(), 'accounts');
  mkdirSync(accountsDir);
  host = newHost();
});
afterEach(() => {
  host.closeAll();
  removeTemporaryFolders();
});

describe('database files', () => {
  it('are one per account and readable by this user only', () => {
    host.open(support);
    host.saveMessages(support, [anInbound('A1')]);
    expect(statSync(join(accountsDir, 'support')).mode & 0o777).toBe(0o700);
    for (const name of ['messages.db', 'messages.db-wal', 'messages.db-shm']) {
      expect(statSync(join(accountsDir, 'support', name)).mode & 0o777, name).toBe(0o600);
    }
  });

  it('leave no companions behind when they are closed', () => {
    host.open(support);
    host.saveMessages(support, [anInbound('A1')]);
    host.close(support);
    expect(readdirSync(join(accountsDir, 'support'))).toEqual(['messages.db']);
  });

  it('open once however often they are asked to', () => {
    host.open(support);
    host.open(support);
    host.saveMessages(support, [anInbound('A1')]);
    host.close(support);
    host.open(support);
    expect(host.getChat(support, ana).id).toBe(ana);
  });

  it.each(['../elsewhere', '..', '.', '', 'a/b', 'A', 'con\u0000', '%2e%2e', 'x'.repeat(65), 'sup\u0440ort'])(
    'are never looked for under an id like %j',
    (hostile) => {
      const before = readdirSync(accountsDir);
      // An id that skipped the contract.
      const id = hostile as AccountId;
      expect(() => host.open(id)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
      expect(readdirSync(accountsDir)).toEqual(before);
      expect(readdirSync(join(accountsDir, '..'))).toEqual(['accounts']);
    },
  );

  it('say which account is not open', () => {
    expect(() => host.getChat(support, ana)).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('account support') }),
    );
  });

  it('that a newer Switchboard wrote are refused and left as they are', () => {
    host.open(support);
    host.close(support);
    const file = new DatabaseSync(fileOf('support'));
    file.exec('PRAGMA user_version = 99');
    file.close();
    const before = readFileSync(fileOf('support'));
    expect(() => host.open(support)).toThrow(/newer Switchboard/);
    expect(readFileSync(fileOf('support')).equals(before)).toBe(true);
    expect(readdirSync(join(accountsDir, 'support')).filter((name) => name.includes('corrupt'))).toEqual([]);
  });
});

describe('a damaged database file', () => {
  const fill = (words = 50): void => {
    host.open(support);
    host.saveMessages(
      support,
      Array.from({ length: 400 }, (_, index) => anInbound(`A${index}`, { body: `${index} `.repeat(words) })),
    );
    host.close(support);
  };
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['that is no database', (path) => writeFileSync(path, 'this is not a database, however long it goes on')],
    [
      'whose header is zero',
      (path) => writeFileSync(path, Buffer.concat([Buffer.alloc(100), readFileSync(path).subarray(100)])),
    ],
    ['that was cut off', (path) => truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096)],
    [
      'with bytes turned over in its pages',
      (path) => {
        const bytes = readFileSync(path);
        for (let at = 4096; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
        writeFileSync(path, bytes);
      },
    ],
  ];

  it.each(damages)('%s is set aside, a new one is begun, and the log says so', (_what, damage) => {
    fill();
    damage(fileOf('support'));
    const damaged = readFileSync(fileOf('support'));
    host = newHost();
    host.open(support);
    expect(host.saveMessages(support, [anInbound('NEW')]).added).toHaveLength(1);
    const aside = readdirSync(join(accountsDir, 'support')).find((name) => name.startsWith('messages.db.corrupt-'));
    expect(aside).toBe('messages.db.corrupt-2026-11-20T14-02-00.000Z');
    expect(readFileSync(join(accountsDir, 'support', aside ?? '')).equals(damaged)).toBe(true);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ accountId: 'support' }) }),
    );
  });

  it('whose search index alone is broken loses no message: the index is made again', () => {
    fill();
    host.open(support);
    const file = new DatabaseSync(fileOf('support'));
    file.enableDefensive(false);
    file.exec("UPDATE message_words_data SET block = x'00ff00ff00ff' WHERE id > 1");
    file.close();
    host.close(support);
    host.open(support);
    const search = () =>
      host.searchMessages({ accountIds: [support], query: '7', chatId: undefined, cursor: undefined, limit: 1 });
    expect(search).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', effect: 'none' }));
    expect(search()).toMatchObject({ messages: [], complete: false });
    while (host.indexMore(support));
    expect(search()).toMatchObject({ messages: [{ body: expect.stringContaining('7') }], complete: true });
    expect(host.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 500 }).messages).toHaveLength(
      400,
    );
    expect(readdirSync(join(accountsDir, 'support')).filter((name) => name.includes('corrupt'))).toEqual([]);
  });

  it('does not touch its neighbour', () => {
    const sales = accountId('sales');
    host.open(sales);
    host.saveMessages(sales, [anInbound('A1')]);
    fill();
    writeFileSync(fileOf('support'), 'damaged beyond recognition, and long enough to be read as a header of a file');
    host.open(support);
    expect(host.listMessages({ accountId: sales, chatId: ana, cursor: undefined, limit: 5 }).messages).toHaveLength(1);
  });

  it('is noticed while working, named, and usable again at the next call', () => {
    // More than SQLite keeps in memory, so that it has to read the damaged pages.
    fill(4_000);
    host.open(support);
    const bytes = readFileSync(fileOf('support'));
    bytes.fill(0xa5, 4096);
    writeFileSync(fileOf('support'), bytes);
    const query = { accountId: support, chatId: ana, cursor: undefined, limit: 200 };
    expect(() => host.listMessages(query)).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('account support') }),
    );
    expect(host.saveMessages(support, [anInbound('NEW')]).added).toHaveLength(1);
    expect(readdirSync(join(accountsDir, 'support')).some((name) => name.includes('.corrupt-'))).toBe(true);
  });
});

describe('the list over several accounts', () => {
  const accounts = ['alpha', 'beta', 'gamma'].map(accountId);

  it('is one list by activity, then account, then chat, and every page goes on where the last ended', () => {
    for (const [index, id] of accounts.entries()) {
      host.open(id);
      host.upsertChats(
        id,
        Array.from({ length: 23 }, (_, chat) =>
          // Many ties, within an account and between them.
          anObservedChat({ id: chatId(`${100 + chat}@c.us`), lastActivityMs: 1_000 * ((chat * 7 + index) % 5) }),
        ),
      );
    }
    const whole = host.listChats({ accountIds: accounts, filter: 'all', cursor: undefined, limit: 200 }).chats;
    for (const offset of [1, 7, whole.length]) {
      const skipped = host.listChats({ accountIds: accounts, filter: 'all', cursor: undefined, offset, limit: 5 });
      expect(skipped.chats).toEqual(whole.slice(offset, offset + 5));
      const rest = host.listChats({ accountIds: accounts, filter: 'all', cursor: skipped.nextCursor, limit: 200 });
      if (offset + 5 < whole.length) expect(rest.chats).toEqual(whole.slice(offset + 5));
      else expect(skipped.nextCursor).toBeUndefined();
    }
    const inOrder = whole.toSorted(
      (one, other) =>
        other.lastActivityMs - one.lastActivityMs ||
        (one.accountId < other.accountId ? -1 : one.accountId > other.accountId ? 1 : 0) ||
        (one.id < other.id ? -1 : 1),
    );
    expect(whole).toHaveLength(69);
    expect(whole).toEqual(inOrder);
    for (const limit of [1, 4, 10]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = host.listChats({ accountIds: accounts, filter: 'all', cursor, limit });
        seen.push(...page.chats.map((chat) => `${chat.accountId} ${chat.id}`));
        cursor = page.nextCursor;
        // A page that does not go on must fail here instead of never ending.
      } while (cursor !== undefined && seen.length <= whole.length);
      expect(seen).toEqual(whole.map((chat) => `${chat.accountId} ${chat.id}`));
    }
  });

  it('does not put a pinned chat above a newer one', () => {
    host.open(support);
    host.upsertChats(support, [
      anObservedChat({ lastActivityMs: 2_000 }),
      anObservedChat({ id: bruno, lastActivityMs: 1_000, pinned: true }),
    ]);
    const { chats } = host.listChats({ accountIds: [support], filter: 'all', cursor: undefined, limit: 5 });
    expect(chats.map((chat) => chat.id)).toEqual([ana, bruno]);
  });

  it('filters what is unread and what is a group', () => {
    host.open(support);
    host.upsertChats(support, [
      anObservedChat(),
      anObservedChat({ id: bruno, unreadCount: 1 }),
      anObservedChat({ id: team, kind: 'group' }),
    ]);
    const ids = (filter: 'unread' | 'groups') =>
      host.listChats({ accountIds: [support], filter, cursor: undefined, limit: 5 }).chats.map((chat) => chat.id);
    expect(ids('unread')).toEqual([bruno]);
    expect(ids('groups')).toEqual([team]);
  });

  it('refuses a cursor that it did not give', () => {
    host.open(support);
    for (const cursor of ['', '!', 'e30', btoa('["messages",1,2]')]) {
      expect(() => host.listChats({ accountIds: [support], filter: 'all', cursor, limit: 5 })).toThrow(
        expect.objectContaining({ code: 'VALIDATION_ERROR' }),
      );
    }
  });
});
