import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const marker = '.unlinked-';

const asideOf = async (profileDir: string): Promise<readonly string[]> => {
  const folder = dirname(profileDir);
  const prefix = `${basename(profileDir)}${marker}`;
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(prefix)).map((name) => join(folder, name));
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** @returns Whether there was a profile. */
const moveAside = async (profileDir: string, nowMs: number): Promise<boolean> => {
  try {
    await rename(profileDir, `${profileDir}${marker}${nowMs}`);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
};

const removeAll = async (folders: readonly string[]): Promise<void> => {
  // Windows may hold a file for a moment after its process is gone.
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
};

/**
 * Puts the profile of an unlinked device aside, beside its old place, and leaves an empty one there. Only the newest is
 * kept. WhatsApp has revoked its login, but what an ambiguous end may have left in it is not ours to throw away at once.
 *
 * @param nowMs Wall clock, part of the name.
 */
export const archiveProfile = async (profileDir: string, nowMs: number): Promise<void> => {
  const older = await asideOf(profileDir);
  if (!(await moveAside(profileDir, nowMs))) return;
  await mkdir(profileDir, { mode: 0o700 });
  await removeAll(older);
};

/**
 * Deletes the profile, because its login may still be good and nobody wants it here any more; what was put aside earlier
 * goes with it. An empty profile takes its place.
 *
 * @param nowMs Wall clock, part of the name that it has while it is being deleted.
 */
export const dropProfile = async (profileDir: string, nowMs: number): Promise<void> => {
  // Out of the way first: whatever happens on the way, no later start finds the login.
  if (await moveAside(profileDir, nowMs)) await mkdir(profileDir, { mode: 0o700 });
  await removeAll(await asideOf(profileDir));
};
