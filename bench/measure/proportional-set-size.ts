import { readFileSync } from 'node:fs';
import { descendantsOf } from '../../test/fixtures/processes';

const mebibyte = 1024 * 1024;

/** Memory of these processes and all their children in MiB, shared pages divided by their users (Linux, smaps_rollup). */
export const treesPssMiB = (roots: readonly number[]): number => {
  const pids = new Set(roots.flatMap((root) => [root, ...descendantsOf(root).map((entry) => entry.pid)]));
  return [...pids].reduce((sum, pid) => sum + pssBytes(pid), 0) / mebibyte;
};

const pssBytes = (pid: number): number => {
  try {
    const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended between the listing and the look.
  }
};
