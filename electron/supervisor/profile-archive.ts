import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const marker = '.unlinked-';

/**
 * Puts the profile of an unlinked device aside, beside its old place, and leaves an empty one there. Only the newest is
 * kept. WhatsApp has revoked its login, but what an ambiguous end may have left in it is not ours to throw away at once.
 *
 * @param nowMs Wall clock, part of the name.
 */
export const archiveProfile = async (profileDir: string, nowMs: number): Promise<void> => {
  const folder = dirname(profileDir);
  const prefix = `${basename(profileDir)}${marker}`;
  const older = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  await rename(profileDir, join(folder, `${prefix}${nowMs}`));
  await mkdir(profileDir, { mode: 0o700 });
  for (const name of older) await rm(join(folder, name), { recursive: true, force: true });
};
