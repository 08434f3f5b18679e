import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTrial, type Trial } from '../../../electron/platform/trial';
import { accountId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
let folder: string;
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  removeTemporaryFolders();
});

const aProcess = async (): Promise<ChildProcess & { readonly pid: number }> => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  children.push(child);
  await new Promise((resolve) => child.once('spawn', resolve));
  if (child.pid === undefined) throw new Error('the process did not start');
  return child as ChildProcess & { readonly pid: number };
};
const open = (processes: readonly number[] = []): Trial => {
  const trial = openTrial({
    isPackaged: false,
    environment: { SWITCHBOARD_TRIAL: folder },
    processesOf: () => processes,
  });
  if (trial === undefined) throw new Error('there is no trial');
  return trial;
};
const setCrash = (crash: object) => writeFileSync(join(folder, 'support.json'), JSON.stringify(crash));

describe('a console outside of tests', () => {
  it.each([
    ['that is released', true, () => ({ SWITCHBOARD_TRIAL: folder, SWITCHBOARD_TRIAL_MAIN_PID: '1' })],
    ['that was told nothing', false, () => ({ SWITCHBOARD_TRIAL_MAIN_PID: '1' })],
  ])('%s has no trials, and its workers hear of none', (_what, isPackaged, of) => {
    const environment: Record<string, string | undefined> = of();
    expect(openTrial({ isPackaged, environment, processesOf: () => [] })).toBeUndefined();
    expect(environment).toEqual({});
  });
});

describe('a trial', () => {
  it.each(['worker', 'browser'] as const)(
    'ends the %s at the n-th time of reaching the point, and says so when it is gone',
    async (target) => {
      const [worker, browser] = [await aProcess(), await aProcess()];
      const { crashPoints } = open([worker.pid, browser.pid]);
      setCrash({ point: 'outbox.handed', target, nth: 2 });
      expect(crashPoints.reach('outbox.claimed', support)).toBeUndefined();
      expect(crashPoints.reach('outbox.handed', accountId('sales'))).toBeUndefined();
      expect(crashPoints.reach('outbox.handed', support)).toBeUndefined();
      const killed = crashPoints.reach('outbox.handed', support);
      expect(existsSync(join(folder, 'support.json'))).toBe(false);
      await killed;
      const victim = target === 'worker' ? worker : browser;
      const other = target === 'worker' ? browser : worker;
      if (victim.exitCode === null && victim.signalCode === null) {
        await new Promise((resolve) => victim.once('exit', resolve));
      }
      expect(victim.signalCode).toBe('SIGKILL');
      expect(other.signalCode).toBeNull();
      expect(crashPoints.reach('outbox.handed', support)).toBeUndefined();
    },
  );

  it('tells the workers who the console is, and shortens the outbox’s patience', () => {
    writeFileSync(join(folder, 'outbox.json'), JSON.stringify({ settleMs: 100 }));
    const environment: Record<string, string | undefined> = { SWITCHBOARD_TRIAL: folder };
    const trial = openTrial({ isPackaged: false, environment, processesOf: () => [] });
    expect(trial?.outboxTiming).toEqual({ settleMs: 100 });
    expect(environment['SWITCHBOARD_TRIAL_MAIN_PID']).toBe(String(process.pid));
  });

  it('with a condition that makes no sense fails loudly', () => {
    const { crashPoints } = open();
    setCrash({ point: 'outbox.nowhere', target: 'main', nth: 1 });
    expect(() => crashPoints.reach('outbox.handed', support)).toThrow();
  });
});
