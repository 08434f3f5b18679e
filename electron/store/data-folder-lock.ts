import { DatabaseSync } from 'node:sqlite';
import { prepareFile } from './database-file';
import { isBusy } from './store-errors';

/** Windows can refuse both of two that ask at the same instant: both ask again for this long, in ms. */
const collisionMs = 100;

/** What this process holds. A connection that nobody refers to is closed, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Makes this process the only one on a data folder, until it ends, however it ends. Nothing has to be cleaned up: it is the
 * system that keeps the lock, on a file that stays empty. SQLite only asks it for one, in the same way on every system.
 *
 * Electron's own lock does not do: a copy that comes in the half millisecond between the making of that lock and of the socket
 * behind it takes it for a dead one's and removes it, and both open the same accounts.
 *
 * Called once in a process, and nobody else opens the file: on systems where the lock belongs to the process, closing any
 * other handle of the file would give it up.
 *
 * @returns Whether the folder is ours now; `false` when another process has it.
 * @throws When the file cannot be made or locked at all.
 */
export const holdDataFolder = (lockFile: string): boolean => {
  prepareFile(lockFile);
  const database = new DatabaseSync(lockFile, { timeout: collisionMs });
  try {
    // The right to write, which only one has; nothing is ever written, and the transaction never ends.
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return false;
    throw error;
  }
  held.add(database);
  return true;
};
