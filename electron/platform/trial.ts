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

const timingSchema = z.strictObject({
  settleMs: z.int().nonnegative().optional(),
  ackPatienceMs: z.int().positive().optional(),
  lostAfterMs: z.int().positive().optional(),
});

/** What a test asks of a console that it has started. */
export interface Trial {
  readonly crashPoints: CrashPoints;
  readonly outboxTiming: z.infer<typeof timingSchema>;
}

export interface TrialOptions {
  /** A released console has no trials. */
  readonly isPackaged: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Worker and browser of an account, in this order; empty when nothing runs. */
  readonly processesOf: (accountId: AccountId) => readonly number[];
}

const lookEveryMs = 2;

const readJson = <Value>(file: string, schema: z.ZodType<Value>): Value | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return schema.parse(JSON.parse(text));
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that waits for its parent to notice is as gone as any.
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
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
 * The conditions in the folder that SWITCHBOARD_TRIAL names: `<accountId>.json` ends a process at a crash point,
 * `outbox.json` shortens the outbox's patience. Undefined, and no trace of the variables, in ordinary life.
 */
export const openTrial = ({ isPackaged, environment, processesOf }: TrialOptions): Trial | undefined => {
  const folder = environment['SWITCHBOARD_TRIAL'];
  if (isPackaged || folder === undefined || folder === '') {
    delete environment['SWITCHBOARD_TRIAL'];
    delete environment['SWITCHBOARD_TRIAL_MAIN_PID'];
    return undefined;
  }
  // The workers inherit it, for crash points of theirs that end the console.
  environment['SWITCHBOARD_TRIAL_MAIN_PID'] = String(process.pid);
  const reached = new Map<AccountId, { readonly crash: string; times: number }>();

  const countReach = (accountId: AccountId, crash: string): number => {
    const counted = reached.get(accountId);
    const times = counted?.crash === crash ? counted.times + 1 : 1;
    reached.set(accountId, { crash, times });
    return times;
  };

  return {
    outboxTiming: readJson(join(folder, 'outbox.json'), timingSchema) ?? {},
    crashPoints: {
      reach(name, accountId) {
        const file = join(folder, `${accountId}.json`);
        const crash = readJson(file, crashSchema);
        if (crash?.point !== name) return undefined;
        if (countReach(accountId, JSON.stringify(crash)) !== crash.nth) return undefined;
        unlinkSync(file);
        // The same crash may be asked for again.
        reached.delete(accountId);
        const [worker, browser] = processesOf(accountId);
        const pid = { main: process.pid, worker, browser }[crash.target];
        return pid === undefined ? undefined : killForGood(pid);
      },
    },
  };
};
