import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId, ana, anInbound, anOutgoing, messageId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { createOutboxDatabase } from '../../fakes/outbox-database';
import { mountSmallDisk, type SmallDisk } from '../../fakes/small-disk';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';

const support = accountId('support');
const longText = (length: number) => ({ kind: 'text' as const, body: 'x'.repeat(length) });
const full = { code: 'DISK_FULL', category: 'unavailable', effect: 'none' };

/** Nothing of the outbox is there by halves: every row has its message and every own message its row. */
const expectWhole = (file: DatabaseSync): void => {
  const lonely = file.prepare(
    `SELECT (SELECT count(*) FROM outbox o LEFT JOIN messages m ON m.chat_id = o.chat_id AND m.id = o.message_id WHERE m.ord IS NULL)
          + (SELECT count(*) FROM messages m LEFT JOIN outbox o ON m.chat_id = o.chat_id AND m.id = o.message_id
             WHERE m.from_me = 1 AND o.position IS NULL) AS found`,
  );
  expect(lonely.get()).toMatchObject({ found: 0 });
  expect(file.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
};

describe('a database that may not grow any more', () => {
  it('refuses everything of the commit that does not fit, keeps nothing of it, and works again when there is room', () => {
    const { file, database, queue, take, find } = createOutboxDatabase(1);
    queue('3EB01');
    const pages = Number(file.prepare('PRAGMA page_count').get()?.['page_count']);
    file.exec(`PRAGMA max_page_count = ${pages + 3}`);
    const batch = [anOutgoing('3EB02'), anOutgoing('3EB03', { content: longText(60_000) })];
    expect(() => database.queueAllOutgoing(batch)).toThrow(expect.objectContaining({ errcode: 13 }));
    expect(() => database.writeGateFacts({ large: 'x'.repeat(60_000) })).toThrow(
      expect.objectContaining({ errcode: 13 }),
    );
    expect(file.isTransaction).toBe(false);
    expect(find('3EB02')).toBeUndefined();
    expect(database.readGateFacts()).toEqual({});
    expect(database.countSends()).toEqual({ waiting: 1, underway: 0, attention: 0 });
    expectWhole(file);
    // What was accepted before goes on meanwhile.
    take('3EB01', 'claimed');
    take('3EB01', 'sent');
    file.exec('PRAGMA max_page_count = 1000000');
    expect(database.queueAllOutgoing(batch).every((outcome) => outcome.ok)).toBe(true);
    expect(database.countSends()).toEqual({ waiting: 2, underway: 0, attention: 0 });
    expectWhole(file);
  });
});

describe('a full disk', () => {
  let disk: SmallDisk | undefined;
  let host: StoreHost;
  beforeEach(() => {
    disk = mountSmallDisk(3 * 1024 * 1024);
  });
  afterEach(() => {
    host?.closeAll();
    disk?.remove();
    removeTemporaryFolders();
  });
  const newHost = ({ path }: SmallDisk): StoreHost =>
    createStoreHost({
      accountsDir: join(path, 'accounts'),
      consoleFile: join(path, 'console.db'),
      log: createMemoryLog().log,
      nowMs: () => 1,
    });

  it('is said of every write, harms nothing that is stored, and is over when there is room', ({ skip }) => {
    if (disk === undefined) return skip('this user may not mount a small disk');
    host = newHost(disk);
    host.open(support);
    host.queueOutgoing(support, anOutgoing('3EB00'));
    host.addOptOut({ contact: '551100000001', addedAtMs: 1 });
    disk.fill();

    const accepted: string[] = [];
    let refused: unknown;
    // The files have a little room inside; it is used up at some message.
    for (let index = 1; index <= 200 && refused === undefined; index += 1) {
      try {
        host.queueOutgoing(support, anOutgoing(`3EB0${index}`, { content: longText(5_000) }));
        accepted.push(`3EB0${index}`);
      } catch (error) {
        refused = error;
      }
    }
    expect(refused).toMatchObject({
      ...full,
      message: 'account support: the disk is full, nothing was stored; free some space and try again',
      data: { accountId: 'support', problem: 'the disk is full, nothing was stored; free some space and try again' },
    });
    const failed = messageId(`3EB0${accepted.length + 1}`);
    const writes: readonly (() => unknown)[] = [
      () =>
        host.stepSends(support, [
          { chatId: ana, messageId: messageId('3EB00'), to: 'failed', atMs: 1, problem: 'x'.repeat(9_000) },
        ]),
      () => host.saveMessages(support, [anInbound('A1', { body: 'x'.repeat(9_000) })]),
      () => host.writeGateFacts(support, { large: 'x'.repeat(9_000) }),
    ];
    for (const write of writes) expect(write).toThrow(expect.objectContaining(full));
    let addRefused: unknown;
    for (let index = 0; index < 200 && addRefused === undefined; index += 1) {
      try {
        host.addOptOut({ contact: `5522${100_000 + index}`, note: 'x'.repeat(500), addedAtMs: 1 });
      } catch (error) {
        addRefused = error;
      }
    }
    expect(addRefused).toMatchObject({ ...full, message: expect.stringMatching(/^console\.db: the disk is full/) });
    // Reading goes on.
    expect(host.findSend(support, ana, failed)).toBeUndefined();
    expect(host.listOpenSends(support).map((send) => send.messageId)).toEqual(['3EB00', ...accepted]);

    disk.free();
    expect(host.queueOutgoing(support, anOutgoing(failed, { content: longText(5_000) })).created).toBe(true);
    for (const write of writes) write();
    host.addOptOut({ contact: '551100000009', addedAtMs: 1 });
    host.closeAll();
    const file = new DatabaseSync(join(disk.path, 'accounts', 'support', 'messages.db'));
    expectWhole(file);
    file.close();
  });

  it('is said when an account is opened for the first time, and leaves it to be opened later', ({ skip }) => {
    if (disk === undefined) return skip('this user may not mount a small disk');
    mkdirSync(join(disk.path, 'accounts'));
    host = newHost(disk);
    for (const leftBytes of [8_192, 40_960, 81_920]) {
      disk.fill(leftBytes);
      expect(() => host.open(support), `${leftBytes} bytes left`).toThrow(
        expect.objectContaining({ code: 'DISK_FULL', message: expect.stringMatching(/^account support: /) }),
      );
      disk.free();
    }
    host.open(support);
    expect(host.queueOutgoing(support, anOutgoing('3EB01')).created).toBe(true);
  });
});
