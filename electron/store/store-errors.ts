import { type ErrorCode, OperationError } from '../contract/errors';

/** Whose database: an account's, or the console's own. */
export type Owner = string | undefined;

/**
 * An error of the store. It knows ids, not labels: `data.problem` is the sentence without the account, so that whoever
 * knows the label can put it in front.
 */
export const storeError = (
  code: ErrorCode,
  owner: Owner,
  problem: string,
  cause?: unknown,
  effect: 'none' | 'unknown' = 'none',
): OperationError =>
  new OperationError(code, owner === undefined ? `console.db: ${problem}` : `account ${owner}: ${problem}`, {
    effect,
    data: owner === undefined ? { problem } : { accountId: owner, problem },
    ...(cause === undefined ? {} : { cause }),
  });

export const storeUnavailable = (owner: Owner, problem: string, cause?: unknown): OperationError =>
  storeError('STORE_UNAVAILABLE', owner, problem, cause);

/** SQLite's primary result codes that need words of their own. */
const sqlite = { busy: 5, readonly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

/** SQLITE_IOERR_SHMSIZE: the memory shared by a database's readers could not grow, which is a full disk too. */
const sharedMemoryFull = sqlite.ioError | (19 << 8);

/** What the system says when a disk, or this user's share of it, is full. */
const fullDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

const primaryCode = (error: unknown): number | undefined => {
  const code = resultCode(error);
  // The low byte is the primary code, the rest says more about it.
  return code === undefined ? undefined : code & 0xff;
};

export const isCorruption = (error: unknown): boolean => {
  const code = primaryCode(error);
  return code === sqlite.corrupt || code === sqlite.notADatabase;
};

/** Whether somebody else holds the lock that was asked for. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === sqlite.busy;

const isFullDisk = (error: unknown): boolean =>
  primaryCode(error) === sqlite.full ||
  resultCode(error) === sharedMemoryFull ||
  (error instanceof Error && 'code' in error && fullDisk.has(error.code));

/** Whether the database itself is at fault, and not what was asked of it. */
export const isOutage = (error: unknown): boolean => {
  const code = primaryCode(error);
  return isCorruption(error) || isFullDisk(error) || code === sqlite.ioError || code === sqlite.readonly;
};

const wordsByCode: Readonly<Record<number, string>> = {
  [sqlite.busy]: 'is in use by another program; close that program and try again',
  [sqlite.readonly]: 'cannot be written; check the permissions of its folder',
  [sqlite.ioError]: 'could not be read or written, the disk reports an error; check the disk before you go on',
  [sqlite.cannotOpen]: 'cannot be opened; check that its folder exists and can be written',
};

/** What a failed call of the store answers with: its own errors as they are, the disk's and SQLite's in words. */
export const toStoreError = (error: unknown, owner: Owner): OperationError => {
  if (error instanceof OperationError) return error;
  if (isFullDisk(error)) {
    return storeError('DISK_FULL', owner, 'the disk is full, nothing was stored; free some space and try again', error);
  }
  const code = primaryCode(error);
  const detail = error instanceof Error ? error.message : 'unknown reason';
  const words = (code === undefined ? undefined : wordsByCode[code]) ?? `did not answer (${detail})`;
  // A commit whose last step the disk did not confirm may still be found there after a crash.
  const effect = code === sqlite.ioError ? 'unknown' : 'none';
  const whose = owner === undefined ? 'the database' : 'its message database';
  return storeError('STORE_UNAVAILABLE', owner, `${whose} ${words}`, error, effect);
};
