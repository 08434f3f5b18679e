import { app, net, powerMonitor } from 'electron';
import type { Machine } from '../application/ports/machine';
import { listProcesses, proportionalMemoryMb, treeOf } from './linux-processes';

/** How often the system is asked whether it has a network; the question costs microseconds. */
const networkLookMs = 2_000;

/** This computer: its network, its sleep, its memory. Call when the app is ready; `close` ends its timer. */
export const createMachine = (): Machine & { close(): void } => {
  const listeners = new Set<{ readonly hear: (online: boolean) => void }>();
  let online = net.isOnline();

  const look = (): void => {
    const now = net.isOnline();
    if (now === online) return;
    online = now;
    // A copy, so that leaving while being told is safe.
    for (const { hear } of Array.from(listeners)) hear(now);
  };
  const timer = setInterval(look, networkLookMs);
  timer.unref();

  return {
    isOnline: () => online,
    onNetworkChange(listener) {
      const entry = { hear: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    onSuspend(listener) {
      powerMonitor.on('suspend', listener);
      return () => void powerMonitor.off('suspend', listener);
    },
    onResume(listener) {
      const hear = (): void => {
        look();
        listener();
      };
      powerMonitor.on('resume', hear);
      return () => void powerMonitor.off('resume', hear);
    },
    memoryOf: process.platform === 'linux' ? memoryByProc : memoryByElectron,
    close: () => clearInterval(timer),
  };
};

const memoryByProc: Machine['memoryOf'] = async (pids) => {
  const tree = treeOf(pids, await listProcesses());
  const memory = await Promise.all([...tree].map(proportionalMemoryMb));
  return memory.reduce((sum, mb) => sum + mb, 0);
};

/** Electron knows its own processes only: the worker, not the browser that it started. */
const memoryByElectron: Machine['memoryOf'] = async (pids) =>
  app
    .getAppMetrics()
    .filter(({ pid }) => pids.includes(pid))
    .reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024;
