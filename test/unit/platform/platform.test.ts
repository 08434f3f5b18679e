import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAccountFolders } from '../../../electron/platform/account-folders';
import { installedBrowsers } from '../../../electron/platform/installed-browsers';
import { listProcesses, proportionalMemoryMb, treeOf } from '../../../electron/platform/linux-processes';
import { proxyFault } from '../../../electron/platform/proxy-fault';
import { accountId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

afterEach(removeTemporaryFolders);

describe('an installed browser', () => {
  it('is a program that exists, may be run and is a browser by its name', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('google-chrome'), '#!/bin/sh\n');
    chmodSync(at('google-chrome'), 0o755);
    mkdirSync(at('chromium'));
    writeFileSync(at('rm'), '');
    expect(await installedBrowsers.problemWith(at('google-chrome'))).toBeUndefined();
    expect(await installedBrowsers.problemWith(at('msedge'))).toBe('does not exist');
    expect(await installedBrowsers.problemWith(at('chromium'))).toContain('not a program');
    expect(await installedBrowsers.problemWith(at('rm'))).toContain('not a Chrome, Chromium or Edge');
    expect(await installedBrowsers.problemWith('chrome')).toBe('is not an absolute path');
    expect(await installedBrowsers.problemWith(`${at('google-chrome')}\0`)).toBe('is not an absolute path');
  });

  it.skipIf(process.getuid?.() === 0)('may be run by this user', async () => {
    const path = join(temporaryFolder(), 'chrome');
    writeFileSync(path, '', { mode: 0o600 });
    expect(await installedBrowsers.problemWith(path)).toBe('may not be run by this user');
  });
});

describe('an account’s folder', () => {
  it.each(['../other', '..', 'a/../../b', 'nul\0', 'CON', 'A', 'x'.repeat(300), ''])(
    'is never looked for under %j, whoever asks',
    async (odd) => {
      const folders = createAccountFolders(temporaryFolder());
      const id = odd as ReturnType<typeof accountId>;
      expect(() => folders.accountDir(id)).toThrow();
      await expect(folders.remove(id)).rejects.toThrow();
    },
  );

  it('is deleted without following links out of it', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'precious'), '');
    const root = temporaryFolder();
    const folders = createAccountFolders(root);
    await folders.create(accountId('support'));
    await folders.create(accountId('sales'));
    symlinkSync(outside, join(root, 'support', 'link'));
    await folders.remove(accountId('support'));
    expect(existsSync(join(root, 'support'))).toBe(false);
    expect(existsSync(join(root, 'sales', 'profile'))).toBe(true);
    expect(existsSync(join(outside, 'precious'))).toBe(true);
  });
});

describe.skipIf(process.platform !== 'linux')('the processes of this computer', () => {
  it('are a tree below their roots, with memory and processor time', async () => {
    const shell = spawn('/bin/sh', ['-c', 'sleep 30 & echo started; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(shell.stdout, 'data');
      const { pid } = shell;
      if (pid === undefined) throw new Error('no shell');
      const processes = await listProcesses();
      const tree = treeOf([pid], processes);
      expect(tree.size).toBe(2);
      expect(treeOf([process.pid], processes).has(pid)).toBe(true);
      expect(await proportionalMemoryMb(process.pid)).toBeGreaterThan(5);
      expect(processes.get(process.pid)?.cpuMs).toBeGreaterThan(0);
      for (const own of tree) process.kill(own, 'SIGKILL');
      await once(shell, 'exit');
      expect(treeOf([pid], await listProcesses()).size).toBe(0);
      expect(await proportionalMemoryMb(pid)).toBe(0);
    } finally {
      shell.kill('SIGKILL');
    }
  });
});

describe('what a relay answers for its proxy', () => {
  it.each([
    [200, 'Connection Established', undefined],
    [594, 'ECONNREFUSED', { of: 'proxy', certain: true }],
    [593, 'ENOTFOUND', { of: 'proxy', certain: false }],
    [597, 'UPSTREAM407', { of: 'proxy', certain: true }],
    [590, 'UPSTREAM502', { of: 'target' }],
    [599, 'connect ECONNREFUSED 127.0.0.1:9', { of: 'proxy', certain: true }],
    [599, 'Socks5 proxy rejected connection - HostUnreachable', { of: 'target' }],
    [599, 'DEPTH_ZERO_SELF_SIGNED_CERT', { of: 'proxy', certain: true }],
    [599, 'something new', { of: 'proxy', certain: false }],
  ] as const)('%i %s', (status, phrase, expected) => {
    const fault = proxyFault(status, phrase);
    if (expected === undefined) expect(fault).toBeUndefined();
    else expect(fault).toMatchObject(expected);
  });
});
