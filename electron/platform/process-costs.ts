import { availableParallelism, totalmem } from 'node:os';
import { app } from 'electron';
import type { MeasuredCosts, ProcessCosts } from '../application/ports/process-costs';
import type { Cost } from '../contract/entities/observation';
import { listProcesses, type ProcessEntry, proportionalMemoryMb, treeOf } from './linux-processes';

const bytesPerMb = 1024 * 1024;

const machine = (): MeasuredCosts['machine'] => ({
  totalMb: totalmem() / bytesPerMb,
  // What the system could still give to programs: free memory alone would not count what is only cached.
  availableMb: process.availableMemory() / bytesPerMb,
  cores: availableParallelism(),
});

/** What everything costs, by /proc on Linux and by Electron's own figures elsewhere. */
export const createProcessCosts = (): ProcessCosts => {
  const look = process.platform === 'linux' ? createLinuxLook() : lookByElectron;
  let underWay: { readonly key: string; readonly result: Promise<MeasuredCosts> } | undefined;
  return {
    measure(groups) {
      // Several that ask for the same at once share one look, which reads some hundred files.
      const key = JSON.stringify(groups);
      if (underWay?.key === key) return underWay.result;
      const result = look(groups).finally(() => {
        if (underWay?.result === result) underWay = undefined;
      });
      underWay = { key, result };
      return result;
    },
  };
};

const createLinuxLook = (): ProcessCosts['measure'] => {
  let last: { readonly atMs: number; readonly processes: ReadonlyMap<number, ProcessEntry> } | undefined;

  return async (groups) => {
    const processes = await listProcesses();
    const atMs = performance.now();
    const before = last;
    last = { atMs, processes };

    const cpuPercent = (pids: ReadonlySet<number>): number => {
      if (before === undefined) return 0;
      let usedMs = 0;
      for (const pid of pids) {
        const now = processes.get(pid);
        const then = before.processes.get(pid);
        if (now === undefined) continue;
        // A process that was not there then has used all its time since.
        usedMs += now.cpuMs - (then?.startedTicks === now.startedTicks ? then.cpuMs : 0);
      }
      return (usedMs / Math.max(1, atMs - before.atMs)) * 100;
    };
    const costOf = async (pids: ReadonlySet<number>): Promise<Cost> => {
      const memory = await Promise.all([...pids].map(proportionalMemoryMb));
      return {
        memoryMb: memory.reduce((sum, mb) => sum + mb, 0),
        cpuPercent: cpuPercent(pids),
        processes: pids.size,
      };
    };

    const trees = groups.map((roots) => treeOf(roots, processes));
    const ofAccounts = new Set(trees.flatMap((tree) => [...tree]));
    const own = [...treeOf([process.pid], processes)].filter((pid) => !ofAccounts.has(pid));
    const [console, ...costs] = await Promise.all([new Set(own), ...trees].map(costOf));
    if (console === undefined) throw new Error('this very process was not measured');
    return { groups: costs, console, machine: machine() };
  };
};

const lookByElectron: ProcessCosts['measure'] = async (groups) => {
  const metrics = app.getAppMetrics();
  const costOf = (belongs: (pid: number) => boolean): Cost => {
    const own = metrics.filter(({ pid }) => belongs(pid));
    return {
      // Electron counts in KiB.
      memoryMb: own.reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024,
      cpuPercent: own.reduce((sum, { cpu }) => sum + cpu.percentCPUUsage, 0),
      processes: own.length,
    };
  };
  const ofAccounts = new Set(groups.flat());
  return {
    groups: groups.map((roots) => costOf((pid) => roots.includes(pid))),
    console: costOf((pid) => !ofAccounts.has(pid)),
    machine: machine(),
  };
};
