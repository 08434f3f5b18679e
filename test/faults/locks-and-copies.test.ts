import { type ChildProcess, spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  desktopEnvironment,
  electronBinary,
  mustSucceed,
  repositoryRoot,
  rootArguments,
} from '../fixtures/console-app';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';
import { isAlive, listProcesses } from '../fixtures/processes';

const places = [0, 1] as const;
const races = 3;

/** A profile is opened by one browser at a time, whoever else is on this computer, and no stranger comes to harm for it. */
describe('who may open a profile', () => {
  let desks: Desks;
  const strangers: ChildProcess[] = [];

  beforeAll(async () => {
    desks = await openDesks(places.length);
  }, 120_000);
  afterAll(async () => {
    for (const stranger of strangers) stranger.kill('SIGKILL');
    await desks.close();
  }, 60_000);

  /** A process of somebody else that lives until it is ended. */
  const startStranger = async (...words: readonly string[]): Promise<number> => {
    const child = spawn(electronBinary, ['-e', 'setInterval(() => {}, 1000)', '--', ...words], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'ignore',
    });
    strangers.push(child);
    return eventually('the stranger', () => (child.pid !== undefined && isAlive(child.pid) ? child.pid : undefined));
  };
  const stop = (place: number) => mustSucceed(desks.app.invoke('sessions.stop', { accountId: desks.id(place) }));
  const start = (place: number) => mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(place) }));
  const lock = (place: number, holder: string): void =>
    symlinkSync(holder, join(desks.app.profileDir(desks.id(place)), 'SingletonLock'));
  const logOf = async (place: number): Promise<string> => {
    const { lines } = await mustSucceed(
      desks.app.invoke('sessions.logs', { accountId: desks.id(place), level: 'warn' }),
    );
    return lines.map((line) => line.message).join('\n');
  };

  it.each([
    ['a process that is gone', () => Promise.resolve(`${hostname()}-999999999`)],
    ['another computer', () => Promise.resolve('elsewhere.example-4711')],
    ['a stranger who was given the number of the process', async () => `${hostname()}-${await startStranger()}`],
  ] as const)(
    'a lock left by %s is understood and taken away, and nobody is ended',
    async (_who, holder) => {
      await stop(0);
      lock(0, await holder());
      await start(0);
      await desks.until(0, 'ready', 60_000);
      expect(await logOf(0)).toContain('removed the lock');
      for (const stranger of strangers) expect(isAlive(stranger.pid ?? 0)).toBe(true);
    },
    90_000,
  );

  it('a browser that an earlier life left on the profile is ended before the profile is opened, and only it', async () => {
    const profile = desks.app.profileDir(desks.id(0));
    await stop(0);
    const left = await startStranger(`--user-data-dir=${profile}`);
    const other = await startStranger(`--user-data-dir=${profile}-of-somebody-else`);
    lock(0, `${hostname()}-${left}`);
    const neighbour = desks.browserPid(1);
    await start(0);
    await desks.until(0, 'ready', 60_000);
    expect([left, other].map(isAlive)).toEqual([false, true]);
    expect(desks.browserPid(1)).toBe(neighbour);
  }, 90_000);

  it('a second copy on the same data brings the first one’s window to the front and exits 0', async () => {
    const before = places.map((place) => desks.browserPid(place));
    const shown = () =>
      desks.app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
    await desks.app.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    });
    expect(await shown()).toBe(false);
    const second = startCopy();
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain('already open');
    await eventually('the window of the first', shown);
    for (const place of places) expect((await desks.status(place)).state).toBe('ready');
    expect(places.map((place) => desks.browserPid(place))).toEqual(before);
  }, 60_000);

  it('of two copies started at the same moment one steps back, and no profile ever has two browsers', async () => {
    await desks.app.close();
    for (let race = 0; race < races; race += 1) {
      const copies = [startCopy(), startCopy()];
      const most = new Map<string, number>();
      const look = (): boolean => {
        const now = places.map((place) => browsersOn(desks.app.profileDir(desks.id(place))));
        for (const [place, count] of now.entries()) most.set(`${place}`, Math.max(most.get(`${place}`) ?? 0, count));
        return now.every((count) => count === 1);
      };
      await eventually('the accounts to be open', look, 20_000);
      const stepped = await eventually('one copy to step back', () =>
        copies.find(({ child }) => child.exitCode !== null),
      );
      expect(stepped.child.exitCode).toBe(0);
      expect(stepped.said()).toContain('already open');
      const winner = copies.find((copy) => copy !== stepped);
      const untilMs = Date.now() + 2_000;
      while (Date.now() < untilMs) {
        look();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect([...most.values()]).toEqual([1, 1]);
      winner?.child.kill('SIGTERM');
      expect(await winner?.ended).toBe(0);
      expect(places.map((place) => browsersOn(desks.app.profileDir(desks.id(place))))).toEqual([0, 0]);
    }
    await desks.restart();
    for (const place of places) await desks.until(place, 'ready', 60_000);
  }, 150_000);

  const startCopy = () => {
    const child = spawn(electronBinary, [...rootArguments(), repositoryRoot, `--user-data-dir=${desks.app.dataDir}`], {
      env: desktopEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    strangers.push(child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, said: () => said };
  };
});

/** Browsers, not their helpers, that run on this profile. */
const browsersOn = (profileDir: string): number => {
  const on = listProcesses().filter((entry) => entry.commandLine.includes(`--user-data-dir=${profileDir} `));
  const pids = new Set(on.map((entry) => entry.pid));
  return on.filter((entry) => !pids.has(entry.parent) && !entry.commandLine.includes('--type=')).length;
};
