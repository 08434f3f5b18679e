import type { DatabaseSync } from 'node:sqlite';

/** All of `work` or nothing of it. */
export const inTransaction = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk or an I/O error may have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/**
 * A transaction that is on the platter when this returns, for what must survive a power cut. Everything else is written with
 * `synchronous=NORMAL`, which survives a crash of the program but may lose the last moments before a power cut.
 */
export const inDurableTransaction = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec('PRAGMA synchronous = FULL');
  try {
    return inTransaction(database, work);
  } finally {
    database.exec('PRAGMA synchronous = NORMAL');
  }
};
