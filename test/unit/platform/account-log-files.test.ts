import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/contract/entities/observation';
import { createAccountLogFiles } from '../../../electron/platform/account-log-files';
import { accountId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
const sales = accountId('sales');
const all = { level: 'debug', limit: 1_000, sinceMs: undefined } as const;
const aLine = (atMs: number, changes: Partial<LogLine> = {}): LogLine => ({
  atMs,
  level: 'info',
  message: `line ${atMs}`,
  fields: {},
  ...changes,
});

let root: string;
let logs: ReturnType<typeof createAccountLogFiles>;
const logFolder = () => join(root, 'support', 'logs');

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'support'));
  mkdirSync(join(root, 'sales'));
  logs = createAccountLogFiles({ accountDir: (id) => join(root, id) }, createMemoryLog().log);
});
afterEach(async () => {
  await logs.closeAll();
  removeTemporaryFolders();
});

describe('the log files of accounts', () => {
  it('are read newest first, by level, time and number, with what was just written', async () => {
    for (let atMs = 1; atMs <= 5; atMs += 1)
      logs.write(support, aLine(atMs, { level: atMs % 2 === 0 ? 'warn' : 'info' }));
    const times = async (query: Partial<Parameters<typeof logs.read>[1]>) =>
      (await logs.read(support, { ...all, ...query })).map((line) => line.atMs);
    expect(await times({})).toEqual([5, 4, 3, 2, 1]);
    expect(await times({ level: 'warn' })).toEqual([4, 2]);
    expect(await times({ sinceMs: 3, limit: 2 })).toEqual([5, 4]);
    expect(await logs.read(sales, all)).toEqual([]);
  });

  it('are private, rotate by size, and are never more than four', async () => {
    const message = 'x'.repeat(10_000);
    for (let atMs = 1; atMs <= 700; atMs += 1) {
      logs.write(support, aLine(atMs, { message }));
      if (atMs % 50 === 0) await logs.read(support, { ...all, limit: 1 });
    }
    await logs.closeAll();
    const files = readdirSync(logFolder());
    expect(files.toSorted()).toEqual(['session.log', 'session.log.1', 'session.log.2', 'session.log.3']);
    for (const file of files) expect(statSync(join(logFolder(), file)).size).toBeLessThan(1_600_000);
    expect(statSync(join(logFolder(), 'session.log')).mode & 0o077).toBe(0);
    const times = (await logs.read(support, all)).map((line) => line.atMs);
    expect(times[0]).toBe(700);
    // One after the other without a hole, over the ends of files.
    expect(times).toEqual(times.map((_, index) => 700 - index));
    expect(times.length).toBeGreaterThan(200);
  });

  it('go on after a restart, and half a line harms nothing', async () => {
    logs.write(support, aLine(1));
    await logs.closeAll();
    const file = join(logFolder(), 'session.log');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"atMs":2,"lev\n`);
    logs.write(support, aLine(3));
    expect((await logs.read(support, all)).map((line) => line.atMs)).toEqual([3, 1]);
  });

  it('do not bring back the folder of an account that is removed', async () => {
    logs.write(support, aLine(1));
    await logs.retire(support);
    rmSync(join(root, 'support'), { recursive: true });
    logs.write(support, aLine(2));
    logs.readmit(support);
    logs.write(support, aLine(3));
    await logs.closeAll();
    expect(existsSync(join(root, 'support'))).toBe(false);
  });

  it('say when they cannot be read', async () => {
    mkdirSync(join(logFolder(), 'session.log'), { recursive: true });
    await expect(logs.read(support, all)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
