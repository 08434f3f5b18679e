import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optOutSchema } from '../../../electron/contract/entities/opt-out';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { createMemoryLog, type LogLine } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

let root: string;
let lines: LogLine[];
let host: StoreHost;
const file = () => join(root, 'console.db');
const newHost = (): StoreHost => {
  const memory = createMemoryLog();
  lines = memory.lines;
  return createStoreHost({
    accountsDir: join(root, 'accounts'),
    consoleFile: file(),
    log: memory.log,
    nowMs: () => Date.UTC(2026, 10, 20, 14, 2),
  });
};

beforeEach(() => {
  root = temporaryFolder();
  host = newHost();
});
afterEach(() => {
  host.closeAll();
  removeTemporaryFolders();
});

const contacts = () => host.listOptOuts(undefined, 200).optOuts.map(({ contact }) => contact);
const restart = (): void => {
  host.closeAll();
  host = newHost();
};

describe('the do-not-contact list', () => {
  it('is there after a restart, newest first, for this user only', () => {
    const first = { contact: '551100000001', note: 'asked to stop 😀', addedAtMs: 5 };
    expect(host.addOptOut(first)).toEqual(first);
    expect(host.addOptOut({ contact: '99887766@lid', addedAtMs: 4 })).toEqual({
      contact: '99887766@lid',
      addedAtMs: 4,
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    restart();
    expect(contacts()).toEqual(['99887766@lid', '551100000001']);
    expect(host.listOptOuts(undefined, 5).optOuts.every((one) => optOutSchema.safeParse(one).success)).toBe(true);
    expect([...host.readOptOutContacts()].sort()).toEqual(['551100000001', '99887766@lid']);
  });

  it('keeps the first entry of somebody who is added twice, with the newer note', () => {
    host.addOptOut({ contact: '551100000001', note: 'first', addedAtMs: 1 });
    host.addOptOut({ contact: '551100000002', addedAtMs: 2 });
    const kept = { contact: '551100000001', note: 'second', addedAtMs: 1 };
    expect(host.addOptOut({ contact: '551100000001', note: 'second', addedAtMs: 3 })).toEqual(kept);
    expect(host.addOptOut({ contact: '551100000001', addedAtMs: 4 })).toEqual(kept);
    expect(contacts()).toEqual(['551100000002', '551100000001']);
  });

  it('says whether somebody was on it, and puts who comes back at the top', () => {
    host.addOptOut({ contact: '551100000001', addedAtMs: 1 });
    host.addOptOut({ contact: '551100000002', addedAtMs: 2 });
    expect(host.removeOptOut('551100000001')).toBe(true);
    expect(host.removeOptOut('551100000001')).toBe(false);
    host.addOptOut({ contact: '551100000001', addedAtMs: 3 });
    expect(contacts()).toEqual(['551100000001', '551100000002']);
  });

  it('comes in pages that go on where the last ended, also when somebody is added meanwhile', () => {
    for (let index = 0; index < 23; index += 1) host.addOptOut({ contact: `5511000000${index}`, addedAtMs: 1 });
    const whole = contacts();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = host.listOptOuts(cursor, 5);
      seen.push(...page.optOuts.map(({ contact }) => contact));
      cursor = page.nextCursor;
      host.addOptOut({ contact: `99${seen.length}000000`, addedAtMs: 2 });
      // A page that does not go on must fail here instead of never ending.
    } while (cursor !== undefined && seen.length <= whole.length);
    expect(seen).toEqual(whole);
    expect(() => host.listOptOuts(btoa('["sends",1]'), 5)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR' }),
    );
  });
});

describe('a damaged console database', () => {
  it('is set aside with a loud word, and a new one is begun', () => {
    writeFileSync(file(), 'this is no database '.repeat(50));
    const damaged = readFileSync(file());
    host.addOptOut({ contact: '551100000001', addedAtMs: 1 });
    expect(contacts()).toEqual(['551100000001']);
    const aside = readdirSync(root).find((name) => name.startsWith('console.db.corrupt-'));
    expect(readFileSync(join(root, aside ?? '')).equals(damaged)).toBe(true);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('set aside') }),
    );
  });

  it.each<readonly [string, number]>([
    ['the root of its table', 1],
    ['one of its first pages', 6],
    ['a page in the middle', 40],
    ['one of its last pages', 72],
  ])('with damage in %s gives back everybody who can still be read', (_what, page) => {
    host.readOptOutContacts();
    host.closeAll();
    const filling = new DatabaseSync(file());
    filling.exec(
      `INSERT INTO opt_outs (contact, note, added_ms)
       WITH RECURSIVE n(i) AS (SELECT 100001 UNION ALL SELECT i + 1 FROM n WHERE i < 101500)
       SELECT '5511' || i, hex(zeroblob(75)), i FROM n`,
    );
    filling.close();
    host = newHost();
    const before = new Set(host.readOptOutContacts());
    expect(before.size).toBe(1_500);
    host.closeAll();
    const bytes = readFileSync(file());
    const pageBytes = 4096;
    bytes.fill(0xa5, page * pageBytes, (page + 1) * pageBytes);
    writeFileSync(file(), bytes);
    host = newHost();
    const after = host.readOptOutContacts();
    expect(after.length).toBeGreaterThan(1_350);
    expect(after.filter((contact) => !before.has(contact))).toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ recovered: after.length }) }),
    );
  });

  it('that cannot be opened is named', () => {
    host.closeAll();
    host = createStoreHost({
      accountsDir: join(root, 'accounts'),
      consoleFile: join(root, 'console.db', 'inside-a-file'),
      log: createMemoryLog().log,
      nowMs: () => 1,
    });
    writeFileSync(file(), '');
    expect(() => host.readOptOutContacts()).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/^console\.db: /) }),
    );
  });
});
