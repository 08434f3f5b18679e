import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type CrashPoints, crashPointNames } from '../contract/crash-points';
import type { AccountId } from '../contract/ids';

const crashSchema = z.strictObject({
  point: z.enum(crashPointNames),
  target: z.enum(['main', 'worker', 'browser']),
  /** At which time of reaching it, from 1. */
  nth: z.int().positive(),
});

/** How often to see whether a process is gone, in ms. */
const lookEveryMs = 2;

/** The crash points of one worker; the process of its browser has to be told, as soon as there is one. */
export interface WorkerTrial extends CrashPoints {
  browserPid: number | undefined;
}

const readCrash = (
  file: string,
): { readonly text: string; readonly crash: z.infer<typeof crashSchema> } | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return { text, crash: crashSchema.parse(JSON.parse(text)) };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // On Linux one that waits for its parent to notice still has its number.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const killForGood = async (pid: number): Promise<void> => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
  // Never resolves for ourselves: there is nobody left to look.
  while (isAlive(pid)) await pause(lookEveryMs);
};

/**
 * The crashes that a test has asked for in the folder that SWITCHBOARD_TRIAL names; undefined in ordinary life. Main sees
 * to it that the variable never reaches a worker of a released console.
 */
export const openTrial = (environment: NodeJS.ProcessEnv): WorkerTrial | undefined => {
  const folder = environment['SWITCHBOARD_TRIAL'];
  if (folder === undefined || folder === '') return undefined;
  const mainPid = Number(environment['SWITCHBOARD_TRIAL_MAIN_PID']);
  let counted: { readonly text: string; readonly times: number } | undefined;
  return {
    browserPid: undefined,
    reach(name, accountId: AccountId) {
      const file = join(folder, `${accountId}.json`);
      const found = readCrash(file);
      if (found?.crash.point !== name) return undefined;
      const { text, crash } = found;
      counted = { text, times: counted?.text === text ? counted.times + 1 : 1 };
      if (counted.times !== crash.nth) return undefined;
      unlinkSync(file);
      counted = undefined;
      const pid = { main: mainPid, worker: process.pid, browser: this.browserPid }[crash.target];
      return pid === undefined || !Number.isSafeInteger(pid) || pid <= 0 ? undefined : killForGood(pid);
    },
  };
};
