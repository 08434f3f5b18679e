import childProcess from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';

const lower = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It ended in this moment, or too many ask: the kernel takes ten such changes a second. A browser also asks itself, later.
  }
};

/**
 * Lets what this process starts yield to the console's window from its first moment: Linux shares the processor out among
 * sessions, and puppeteer gives its browser one of its own. A browser lowers itself too, but only once its own code runs,
 * which is a third of the work of its start.
 */
export const yieldWithChildren = (): void => {
  if (process.platform !== 'linux') return;
  const { spawn } = childProcess;
  const yielding = (...parameters: Parameters<typeof spawn>): ReturnType<typeof spawn> => {
    const child = spawn(...parameters);
    lower(child.pid);
    return child;
  };
  Object.assign(childProcess, { spawn: yielding });
};
