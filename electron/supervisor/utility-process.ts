import { constants, setPriority } from 'node:os';
import type { UtilityProcess } from 'electron';
import type { ChildProcess, StartProcess } from './child-process';

/** How long a process may take from fork to its first breath, in ms. */
const spawnTimeoutMs = 20_000;
/** How much of the error output is kept, in UTF-16 code units: a stack trace, not a log. */
const errorOutputLength = 2_000;

const untilSpawned = (child: UtilityProcess, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`The process ${name} did not start within ${spawnTimeoutMs / 1000} s`));
    }, spawnTimeoutMs);
    child.once('spawn', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The process ${name} ended with code ${code} before it ran`));
    });
  });

/** From its first breath on: threads take their priority from the one that starts them, and keep it. */
const lowerPriority = ({ pid }: UtilityProcess): void => {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended in this moment.
  }
};

/** A hung process does not hear a polite signal. Its id is still its own: Electron has not seen it end. */
const killForGood = (child: UtilityProcess): void => {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It ended in this moment; the exit event is on its way.
  }
};

/**
 * Starts a bundle as an Electron utility process: the only kind of child that may run our JavaScript, because the released
 * app has `runAsNode` switched off.
 */
export const startUtilityProcess: StartProcess = async ({ entry, name, inBackground }): Promise<ChildProcess> => {
  // Only Electron's main process has this module; everything else of this room also runs in tests without it.
  const { utilityProcess } = await import('electron');
  const child = utilityProcess.fork(entry, [], { serviceName: name, stdio: ['ignore', 'ignore', 'pipe'] });
  if (inBackground === true) child.once('spawn', () => lowerPriority(child));
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-errorOutputLength);
  });

  let exitCode: number | undefined;
  const exitListeners: ((code: number) => void)[] = [];
  child.once('exit', (code) => {
    exitCode = code;
    for (const listener of exitListeners) listener(code);
  });
  await untilSpawned(child, name);
  const { pid } = child;

  return {
    pid,
    post: (message) => {
      if (exitCode === undefined) child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      if (exitCode === undefined) exitListeners.push(listener);
      else listener(exitCode);
    },
    kill: () => {
      if (exitCode === undefined) killForGood(child);
    },
    errorOutput: () => output,
  };
};
