import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccountFolders } from '../application/ports/accounts';
import type { ProfileMark, ProfileMarks } from '../application/ports/profile-marks';
import type { AccountId } from '../contract/ids';
import { writeDurably, writeProblem } from './durable-file';

const markSchema = z.strictObject({ epoch: z.string().min(1).max(128), launches: z.int().nonnegative() });

/** `switchboard-mark.json` in the browser profile, where it is copied, restored and deleted with the login. */
export const createProfileMarks = (folders: Pick<AccountFolders, 'profileDir'>): ProfileMarks => {
  const fileOf = (accountId: AccountId): string => join(folders.profileDir(accountId), 'switchboard-mark.json');
  return {
    async read(accountId): Promise<ProfileMark | undefined> {
      const file = fileOf(accountId);
      try {
        return markSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      } catch {
        // Missing or damaged is the same: nothing proves which profile this is.
        return undefined;
      }
    },
    async write(accountId, { epoch, launches }) {
      const file = fileOf(accountId);
      try {
        await writeDurably(file, JSON.stringify({ epoch, launches }));
      } catch (error) {
        throw writeProblem(accountId, 'the mark of its browser profile', error);
      }
    },
  };
};
