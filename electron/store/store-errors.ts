import { type ErrorCode, OperationError } from '../contract/errors';

/**
 * An error of the store. It knows ids, not labels: `data.problem` is the sentence without the account, so that whoever
 * knows the label can put it in front.
 */
export const storeError = (code: ErrorCode, accountId: string, problem: string, cause?: unknown): OperationError =>
  new OperationError(code, `account ${accountId}: ${problem}`, {
    data: { accountId, problem },
    ...(cause === undefined ? {} : { cause }),
  });

export const storeUnavailable = (accountId: string, problem: string, cause?: unknown): OperationError =>
  storeError('STORE_UNAVAILABLE', accountId, problem, cause);

/** SQLite's primary result codes that need words of their own. */
const sqlite = { busy: 5, readonly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

const primaryCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The low byte is the primary code, the rest says more about it.
  return error.errcode & 0xff;
};

export const isCorruption = (error: unknown): boolean => {
  const code = primaryCode(error);
  return code === sqlite.corrupt || code === sqlite.notADatabase;
};

const wordsByCode: Readonly<Record<number, string>> = {
  [sqlite.busy]: 'its message database is in use by another program; close that program and try again',
  [sqlite.readonly]: 'its message database cannot be written; check the permissions of its folder',
  [sqlite.ioError]: 'the disk reports an error in its message database; nothing was stored',
  [sqlite.full]: 'the disk is full, nothing was stored; free some space and try again',
  [sqlite.cannotOpen]: 'its message database cannot be opened; check that its folder exists and can be written',
};

/** What a failed call of the store answers with: its own errors as they are, the disk's and SQLite's in words. */
export const toStoreError = (error: unknown, accountId: string): OperationError => {
  if (error instanceof OperationError) return error;
  const code = primaryCode(error);
  const words = code === undefined ? undefined : wordsByCode[code];
  const detail = error instanceof Error ? error.message : 'unknown reason';
  return storeUnavailable(accountId, words ?? `its message database did not answer (${detail})`, error);
};
