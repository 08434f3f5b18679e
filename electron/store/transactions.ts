import type { DatabaseSync } from 'node:sqlite';
import type { OperationError, OperationErrorShape } from '../contract/errors';
import { isOutage } from './store-errors';

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

/** What became of one piece of work inside a transaction. */
export type Outcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: OperationErrorShape };

/**
 * A piece of work inside a transaction that may fail by itself: what it wrote is undone, the transaction goes on. A failure
 * that took the transaction with it, as a full disk may, is thrown.
 */
export const inSavepoint = <Result>(
  database: DatabaseSync,
  work: () => Result,
  toError: (error: unknown) => OperationError,
): Outcome<Result> => {
  database.exec('SAVEPOINT piece');
  try {
    const value = work();
    database.exec('RELEASE piece');
    return { ok: true, value };
  } catch (error) {
    if (!database.isTransaction || isOutage(error)) throw error;
    database.exec('ROLLBACK TO piece; RELEASE piece');
    return { ok: false, error: toError(error).toShape() };
  }
};
