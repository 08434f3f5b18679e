import { readdir, readFile } from 'node:fs/promises';

/** A running process as /proc tells it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Processor time used so far, in ms. */
  readonly cpuMs: number;
  /** Tells a process from a later one with the same id. */
  readonly startedTicks: number;
}

/** The kernel's unit of processor time towards programs: 100 per second on every Linux, whatever it counts with inside. */
const tickMs = 10;
const pageBytes = 4_096;
const bytesPerMb = 1024 * 1024;

const readEntry = async (pid: number): Promise<ProcessEntry | undefined> => {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, brackets and spaces included; what follows the last one is numbers.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie is gone, only not yet collected.
    if (fields[0] === 'Z') return undefined;
    const number = (field: number): number => Number(fields[field - 3] ?? 0);
    return { pid, parent: number(4), cpuMs: (number(14) + number(15)) * tickMs, startedTicks: number(22) };
  } catch {
    return undefined;
  }
};

/** Every process of this computer, by its id. */
export const listProcesses = async (): Promise<ReadonlyMap<number, ProcessEntry>> => {
  const names = await readdir('/proc');
  const entries = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => readEntry(Number(name))));
  return new Map(entries.flatMap((entry) => (entry === undefined ? [] : [[entry.pid, entry] as const])));
};

/** The roots that still run and all their descendants. */
export const treeOf = (roots: readonly number[], processes: ReadonlyMap<number, ProcessEntry>): ReadonlySet<number> => {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of processes.values()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const tree = new Set<number>();
  const waiting = roots.filter((pid) => processes.has(pid));
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
};

/** Memory of one process in MiB: shared pages divided by their users. 0 for one that is gone. */
export const proportionalMemoryMb = async (pid: number): Promise<number> => {
  try {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return privateMemoryMb(pid);
  }
};

/** Sandboxed processes hide their maps from everybody but root: what they share with nobody is the nearest to be had. */
const privateMemoryMb = async (pid: number): Promise<number> => {
  try {
    const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ').map(Number);
    return (((resident ?? 0) - (shared ?? 0)) * pageBytes) / bytesPerMb;
  } catch {
    return 0;
  }
};
