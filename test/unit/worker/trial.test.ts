import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTrial } from '../../../electron/worker/trial';
import { accountId } from '../../fakes/entities';

const sales = accountId('sales');
const support = accountId('support');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-trial-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const order = (crash: unknown): string => {
  const file = join(folder, 'sales.json');
  writeFileSync(file, JSON.stringify(crash));
  return file;
};

describe('crash points of a worker', () => {
  it('do not exist without the variable', () => {
    expect(openTrial({})).toBeUndefined();
    expect(openTrial({ SWITCHBOARD_TRIAL: '' })).toBeUndefined();
  });

  it('end the process that was chosen at the time that was chosen, once, and then go on', async () => {
    const trial = openTrial({ SWITCHBOARD_TRIAL: folder });
    if (trial === undefined) throw new Error('There is no trial');
    const browser = spawn('sleep', ['60']);
    const ended = new Promise((resolve) => browser.once('exit', (_code, signal) => resolve(signal)));
    trial.browserPid = browser.pid;
    expect(trial.reach('worker.calling', sales)).toBeUndefined();
    const file = order({ point: 'worker.calling', target: 'browser', nth: 2 });
    expect(trial.reach('worker.asked', sales)).toBeUndefined();
    expect(trial.reach('worker.calling', support)).toBeUndefined();
    expect(trial.reach('worker.calling', sales)).toBeUndefined();
    await trial.reach('worker.calling', sales);
    expect(existsSync(file)).toBe(false);
    expect(await ended).toBe('SIGKILL');
    expect(trial.reach('worker.calling', sales)).toBeUndefined();
  });

  it('end the console that was named', async () => {
    const main = spawn('sleep', ['60']);
    const ended = new Promise((resolve) => main.once('exit', (_code, signal) => resolve(signal)));
    const trial = openTrial({ SWITCHBOARD_TRIAL: folder, SWITCHBOARD_TRIAL_MAIN_PID: String(main.pid) });
    order({ point: 'worker.stored', target: 'main', nth: 1 });
    await trial?.reach('worker.stored', sales);
    expect(await ended).toBe('SIGKILL');
  });

  it('are refused when they are not written as they have to be', () => {
    order({ point: 'worker.sold', target: 'main', nth: 1 });
    expect(() => openTrial({ SWITCHBOARD_TRIAL: folder })?.reach('worker.stored', sales)).toThrow();
  });
});
