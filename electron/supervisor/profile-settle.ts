import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../application/ports/clock';

/** How long nothing may have been written until the profile counts as settled, in ms. */
const quietMs = 3_000;
const lookEveryMs = 500;
/** Folders that hold nothing of the login. */
const caches: ReadonlySet<string> = new Set([
  'Cache',
  'Code Cache',
  'GPUCache',
  'DawnGraphiteCache',
  'DawnWebGPUCache',
]);

/** Names, sizes and times of everything in the profile that is worth keeping. */
const fingerprint = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return caches.has(entry.name) ? '' : fingerprint(path);
      if (!entry.isFile()) return '';
      const facts = await stat(path).catch(() => undefined);
      return facts === undefined ? '' : `${path} ${facts.size} ${facts.mtimeMs}`;
    }),
  );
  return lines.join('\n');
};

/**
 * Resolves when nothing has been written into the profile for a while, at the latest at `untilMs` (wall clock).
 *
 * @returns Whether it got quiet in time.
 */
export const untilSettled = async (profileDir: string, untilMs: number, clock: Clock): Promise<boolean> => {
  let before = await fingerprint(profileDir);
  let sinceMs = clock.nowMs();
  while (clock.nowMs() < untilMs) {
    await new Promise<void>((resolve) => {
      clock.schedule(Math.min(lookEveryMs, Math.max(1, untilMs - clock.nowMs())), resolve);
    });
    const now = await fingerprint(profileDir);
    if (now !== before) {
      before = now;
      sinceMs = clock.nowMs();
    }
    if (clock.nowMs() - sinceMs >= quietMs) return true;
  }
  return false;
};
