import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

interface RunningProcess {
  readonly pid: number;
  readonly arguments: readonly string[];
}

const readLinuxProcess = async (pid: number): Promise<RunningProcess | undefined> => {
  try {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    // A zombie has no command line: it is gone, only not yet collected.
    return commandLine === '' ? undefined : { pid, arguments: splitCommandLine(commandLine) };
  } catch {
    return undefined;
  }
};

/** Chromium rewrites the title of its children with spaces where the system has zero bytes. */
const splitCommandLine = (commandLine: string): readonly string[] => commandLine.split('\0').flatMap(splitAtFlags);
const splitAtFlags = (part: string): readonly string[] => part.split(/ (?=--)/);

const listLinux = async (): Promise<readonly RunningProcess[]> => {
  const names = await readdir('/proc');
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readLinuxProcess(Number(name))),
  );
  return found.filter((entry) => entry !== undefined);
};

const listWithPs = async (): Promise<readonly RunningProcess[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 16 * 2 ** 20 });
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+) (.*)$/.exec(line);
    return match?.[1] === undefined || match[2] === undefined
      ? []
      : [{ pid: Number(match[1]), arguments: splitAtFlags(match[2]) }];
  });
};

/** On Windows the command lines of others cannot be read without more rights; the worker’s exit closes the browser’s pipe there. */
const listProcesses = async (): Promise<readonly RunningProcess[]> => {
  if (process.platform === 'linux') return listLinux();
  return process.platform === 'win32' ? [] : listWithPs();
};

/**
 * The processes that run on this browser profile, read from their own command lines: proof enough to end them. An id
 * that somebody remembered is not, the system may have given it to a stranger.
 */
export const findProfileProcesses = async (profileDir: string): Promise<readonly number[]> => {
  const real = await realOf(profileDir);
  const processes = await listProcesses();
  const found = await Promise.all(
    processes
      .filter((entry) => entry.pid !== process.pid)
      .map(async (entry) => ((await runsOn(entry, profileDir, real)) ? [entry.pid] : [])),
  );
  return found.flat();
};

const profileFlag = '--user-data-dir=';
const realOf = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

/** One folder has many names: somebody may have opened it through a link. */
const runsOn = async (entry: RunningProcess, profileDir: string, real: string | undefined): Promise<boolean> => {
  const named = entry.arguments.filter((argument) => argument.startsWith(profileFlag));
  for (const argument of named) {
    const path = argument.slice(profileFlag.length);
    if (path === profileDir) return true;
    if (real !== undefined && (await realOf(path)) === real) return true;
  }
  return false;
};

/** Ends every process that runs on this profile; answers with how many there were. */
export const killProfileProcesses = async (profileDir: string): Promise<number> => {
  const pids = await findProfileProcesses(profileDir);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone since it was listed.
    }
  }
  return pids.length;
};
