import { lstat, mkdir, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { AccountFolders } from '../application/ports/accounts';
import { OperationError } from '../contract/errors';
import { type AccountId, accountIdSchema } from '../contract/ids';

/** The folders under `<data>/accounts`. Ids are checked again here, because this is where a wrong one would do harm. */
export const createAccountFolders = (root: string): AccountFolders => {
  const folderOf = (accountId: AccountId): string => {
    const folder = resolve(root, accountIdSchema.parse(accountId));
    if (!folder.startsWith(resolve(root) + sep)) {
      throw new OperationError(
        'VALIDATION_ERROR',
        `account ${accountId}: the id does not name a folder of this console`,
      );
    }
    return folder;
  };

  return {
    accountDir: folderOf,
    profileDir: (accountId) => join(folderOf(accountId), 'profile'),
    create: async (accountId) => {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await mkdir(join(folderOf(accountId), 'profile'), { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw unavailable(accountId, 'cannot be created', cause);
      }
    },
    remove: async (accountId) => {
      const folder = folderOf(accountId);
      const entry = await lstat(folder).catch(() => undefined);
      if (entry === undefined) return;
      // A link would lead the deletion to somebody else's files: only the link itself goes.
      const recursive = !entry.isSymbolicLink();
      try {
        await rm(folder, { recursive, force: true, maxRetries: 5, retryDelay: 200 });
      } catch (cause) {
        throw unavailable(accountId, 'cannot be deleted completely', cause);
      }
    },
  };
};

const unavailable = (accountId: AccountId, what: string, cause: unknown): OperationError =>
  new OperationError(
    'STORE_UNAVAILABLE',
    `account ${accountId}: its folder ${what} (${cause instanceof Error ? cause.message : String(cause)})`,
    { cause },
  );
