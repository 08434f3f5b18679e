import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../application/ports/log';
import { isCorruption } from './store-errors';

/**
 * Files up to this size are checked at every opening (some 60 ms); larger ones only after an unclean end, because twenty
 * accounts must not make a person wait for their inbox. Damage in those shows when it is read, and is then treated the same.
 */
const alwaysCheckBytes = 16 * 1024 * 1024;

/** How long a statement waits for a lock, in ms. Nobody else should hold one; a backup program might for a moment. */
const busyTimeoutMs = 5_000;

class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Makes the file, and its folder, for this user only. */
export const prepareFile = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives the -wal and -shm files the mode of the database, so the database is made private before it is opened.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
};

/**
 * Looks at every table and its indexes. A full-text index is looked at as the tables that it consists of: whether its words are
 * those of the messages takes longer than all the rest, and it can be made again.
 */
const checkTables = (database: DatabaseSync): void => {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'")
    .all();
  for (const { name } of tables) {
    const row = database.prepare(`PRAGMA quick_check("${String(name)}")`).get();
    if (row?.['quick_check'] !== 'ok') throw new DamagedFile('quick_check found damage');
  }
};

const openFile = (path: string, check: boolean): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    // fullfsync: on macOS a plain fsync leaves the data in the drive's cache. Elsewhere it means nothing.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF',
    );
    if (check) {
      checkTables(database);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Renames a damaged file and its companions, so that what is in them can still be salvaged. */
const setAside = (path: string, nowMs: number): string => {
  const aside = `${path}.corrupt-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
};

/**
 * Opens a SQLite file, private to this user. A damaged one is set aside and a new one begun; the log says so
 * as an error, because what was in it is missing from then on.
 */
export const openDatabaseFile = (
  path: string,
  options: {
    readonly nowMs: number;
    readonly log: Log;
    readonly suspicious: boolean;
    /** Told the new name of a damaged file. */
    readonly onSetAside?: (keptAs: string) => void;
  },
): DatabaseSync => {
  prepareFile(path);
  // A clean end removes the write-ahead log; its presence means that the last program did not get there.
  const check = options.suspicious || existsSync(`${path}-wal`) || statSync(path).size <= alwaysCheckBytes;
  try {
    return openFile(path, check);
  } catch (error) {
    if (!(error instanceof DamagedFile) && !isCorruption(error)) throw error;
    const keptAs = setAside(path, options.nowMs);
    options.log.error('a database is damaged: it was set aside and a new one begun', {
      keptAs,
      reason: error instanceof Error ? error.message : 'unknown',
    });
    options.onSetAside?.(keptAs);
    prepareFile(path);
    return openFile(path, false);
  }
};
