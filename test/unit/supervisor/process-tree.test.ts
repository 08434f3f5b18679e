import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { findProfileProcesses, killProfileProcesses } from '../../../electron/supervisor/process-tree';

const children: ChildProcess[] = [];

/** A process whose command line names a profile as a browser's does. */
const onProfile = async (profileDir: string): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    ['-e', 'setInterval(() => {}, 1000); console.log("up")', '--', `--user-data-dir=${profileDir}`],
    {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  children.push(child);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
};

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe.skipIf(process.platform === 'win32')('processes of a profile', () => {
  it('finds and ends what runs on the profile and nothing beside it', async () => {
    const base = `/tmp/switchboard-test-${process.pid}/accounts`;
    const own = await onProfile(`${base}/sales/profile`);
    const sibling = await onProfile(`${base}/sales/profile-2`);
    const neighbour = await onProfile(`${base}/support/profile`);
    expect(await findProfileProcesses(`${base}/sales/profile`)).toEqual([own.pid]);

    const ended = once(own, 'exit');
    expect(await killProfileProcesses(`${base}/sales/profile`)).toBe(1);
    await ended;
    expect(await findProfileProcesses(`${base}/sales/profile`)).toEqual([]);
    expect([sibling.exitCode, sibling.signalCode, neighbour.exitCode, neighbour.signalCode]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('has nothing to end where nothing runs', async () => {
    expect(await killProfileProcesses('/tmp/no/such/profile')).toBe(0);
  });
});
