import type { Log } from '../application/ports/log';
import { type ConsoleDatabase, createConsoleDatabase } from './console-database';
import { consoleMigrations } from './console-migrations/console-migrations';
import { openDatabaseFile } from './database-file';
import { migrate } from './migrate';
import { createOptOutTable } from './opt-out-table';
import { salvageOptOuts } from './salvage-opt-outs';
import { inDurableTransaction } from './transactions';

/**
 * Opens the console's own database. Unlike messages, which WhatsApp has too, nobody else knows who is not to be contacted:
 * from a damaged file the list is taken over as far as it can be read.
 */
export const openConsoleDatabase = (
  path: string,
  options: { readonly nowMs: number; readonly log: Log; readonly suspicious: boolean },
): ConsoleDatabase => {
  let damaged: string | undefined;
  const file = openDatabaseFile(path, { ...options, onSetAside: (keptAs) => (damaged = keptAs) });
  try {
    migrate(file, undefined, consoleMigrations);
    const database = createConsoleDatabase(file);
    if (damaged !== undefined) {
      const optOuts = salvageOptOuts(damaged, options.nowMs);
      const table = createOptOutTable(file);
      inDurableTransaction(file, () => {
        for (const optOut of optOuts) table.add(optOut);
      });
      options.log.error('the do-not-contact list was damaged: look whether it is complete', {
        recovered: optOuts.length,
      });
    }
    return database;
  } catch (error) {
    file.close();
    throw error;
  }
};
