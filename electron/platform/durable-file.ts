import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';

/** Makes a new or renamed entry of a folder survive a power cut. Windows cannot open folders and needs no such call. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a file whole or not at all, for this user only; on the platter when it resolves. */
export const writeDurably = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  const unfinished = `${path}.part`;
  try {
    const handle = await open(unfinished, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // What lies there takes room on a disk that may be full; the first error is the one to tell.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
};

/** Makes one folder inside one that is there. It is no error when it exists already. */
export const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  await syncFolder(dirname(path));
};

/** A failed write of an account's file in words; `what` names the file. */
export const writeProblem = (accountId: AccountId, what: string, cause: unknown): OperationError => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = isFull
    ? `the disk is full, ${what} was not stored; free some space and try again`
    : `${what} could not be stored (${reason}); check that its folder exists and can be written`;
  return new OperationError(isFull ? 'DISK_FULL' : 'STORE_UNAVAILABLE', `account ${accountId}: ${problem}`, {
    data: { accountId, problem },
    cause,
  });
};
