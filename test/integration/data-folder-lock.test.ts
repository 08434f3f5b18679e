import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildEntry } from '../fakes/built-entry';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';

const rounds = 8;
const copies = 4;

let program: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  const entry = pathToFileURL(await buildEntry('electron/store/data-folder-lock.ts')).href;
  // Waits for a line to begin at; what is not referred to has been collected when it answers.
  program = `const { holdDataFolder } = await import(${JSON.stringify(entry)});
    process.stdout.write('there\\n');
    process.stdin.once('data', () => {
      const answer = () => { try { return holdDataFolder(process.argv[1]); } catch (error) { return error.message; } };
      const said = answer();
      gc();
      process.stdout.write(said + '\\n');
    });`;
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(end));
});
afterAll(removeTemporaryFolders);

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

/** A process that asks for the folder when it is told to, and lives on with what it got. */
const startCopy = async (lockFile: string) => {
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', program, lockFile], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const ask = async (): Promise<string> => {
    child.stdin.write('\n');
    return String((await lines.next()).value);
  };
  return { child, ask };
};

describe('the lock of a data folder', () => {
  it('is given to exactly one of several copies that ask at the same moment', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const lockFile = join(temporaryFolder(), 'lock', 'open');
      const asking = await Promise.all(Array.from({ length: copies }, () => startCopy(lockFile)));
      const answers = await Promise.all(asking.map(({ ask }) => ask()));
      expect(answers.toSorted()).toEqual([...Array.from({ length: copies - 1 }, () => 'false'), 'true']);
      await Promise.all(asking.map(({ child }) => end(child)));
    }
  }, 60_000);

  it('ends with its holder, also by kill -9, and leaves nothing that has to be cleaned up', async () => {
    const lockFile = join(temporaryFolder(), 'lock', 'open');
    const first = await startCopy(lockFile);
    expect(await first.ask()).toBe('true');
    const second = await startCopy(lockFile);
    expect(await second.ask()).toBe('false');
    await end(first.child);
    const third = await startCopy(lockFile);
    expect(await third.ask()).toBe('true');
    expect(statSync(lockFile).size).toBe(0);
  }, 30_000);

  it('is not taken for held where it cannot be had at all', async () => {
    const lockFile = join(temporaryFolder(), 'open');
    mkdirSync(lockFile);
    expect(await (await startCopy(lockFile)).ask()).toContain('EISDIR');
  }, 30_000);
});
