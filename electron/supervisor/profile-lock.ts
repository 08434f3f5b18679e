import { readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a Chromium browser leaves in the profile that it runs on: a link to `<host>-<process>`, and what goes with it. */
const lockFile = 'SingletonLock';
const lockFiles = [lockFile, 'SingletonCookie', 'SingletonSocket'] as const;

/**
 * Removes the lock that a browser has left in a profile. To be called when nobody runs on the profile, by the command lines
 * of all processes: then whoever the lock names is gone, has become somebody else (the system gives numbers of processes to
 * strangers), or was on another computer.
 *
 * @returns Who the lock named, if there was one.
 */
export const removeStaleLock = async (profileDir: string): Promise<string | undefined> => {
  const holder = await readlink(join(profileDir, lockFile)).catch(() => undefined);
  if (holder === undefined) return undefined;
  for (const name of lockFiles) await rm(join(profileDir, name), { force: true });
  return holder;
};
