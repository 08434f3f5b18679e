import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled up and emptied again. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left but `leaveBytes`. */
  fill(leaveBytes?: number): void;
  /** Gives the room back. */
  free(): void;
  remove(): void;
}

/** Mounts a disk in memory; undefined where this user may not mount anything. */
export const mountSmallDisk = (bytes: number): SmallDisk | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const path = mkdtempSync(join(tmpdir(), 'switchboard-disk-'));
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
  const filler = join(path, 'filler');
  return {
    path,
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)), { flag: 'a' });
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('/bin/umount', [path], { stdio: 'pipe' });
      rmSync(path, { recursive: true });
    },
  };
};
