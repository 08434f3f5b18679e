import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findHolder, markLinked } from '../../../electron/supervisor/linked-number';
import { dropProfile } from '../../../electron/supervisor/profile-archive';
import { removeStaleLock } from '../../../electron/supervisor/profile-lock';
import { untilSettled } from '../../../electron/supervisor/profile-settle';
import { anAccount } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

afterEach(removeTemporaryFolders);

const profileIn = (folder: string): string => {
  const profile = join(folder, 'profile');
  mkdirSync(profile, { recursive: true });
  return profile;
};
/** Real time: the files are real. */
const clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule: (delayMs: number, task: () => void) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

describe('a profile whose login is not wanted any more', () => {
  it('is gone with everything that was put aside earlier, and an empty one is there', async () => {
    const folder = temporaryFolder();
    const profile = profileIn(folder);
    writeFileSync(join(profile, 'login'), 'secret');
    mkdirSync(join(folder, 'profile.unlinked-1'));
    writeFileSync(join(folder, 'messages.db'), 'history');
    await dropProfile(profile, 2);
    expect(readdirSync(folder).toSorted()).toEqual(['messages.db', 'profile']);
    expect(readdirSync(profile)).toEqual([]);
    await dropProfile(join(folder, 'never'), 3);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a lock that a browser left in a profile', () => {
  it.each([
    ['a process that is gone', `${hostname()}-999999999`],
    ['another computer', 'elsewhere-12'],
    ['a stranger who was given the number', `${hostname()}-${process.pid}`],
    ['nobody that can be read', 'nonsense'],
  ])('by %s is removed, and nobody is touched', async (_who, target) => {
    const profile = profileIn(temporaryFolder());
    symlinkSync(target, join(profile, 'SingletonLock'));
    symlinkSync('cookie', join(profile, 'SingletonCookie'));
    writeFileSync(join(profile, 'Preferences'), '{}');
    expect(await removeStaleLock(profile)).toBe(target);
    expect(readdirSync(profile)).toEqual(['Preferences']);
    expect(lstatSync(profile).isDirectory()).toBe(true);
  });

  it('that is not there is no trouble', async () => {
    expect(await removeStaleLock(profileIn(temporaryFolder()))).toBeUndefined();
  });
});

describe('a profile with a fresh login', () => {
  it('is settled when nothing has been written for three seconds', async () => {
    const profile = profileIn(temporaryFolder());
    mkdirSync(join(profile, 'IndexedDB'));
    const beganMs = Date.now();
    const writing = setInterval(() => writeFileSync(join(profile, 'IndexedDB', 'log'), String(Date.now())), 200);
    setTimeout(() => clearInterval(writing), 1_000);
    expect(await untilSettled(profile, beganMs + 20_000, clock)).toBe(true);
    expect(Date.now() - beganMs).toBeGreaterThanOrEqual(3_500);
  }, 20_000);

  it('is waited for no longer than allowed', async () => {
    const profile = profileIn(temporaryFolder());
    const writing = setInterval(() => writeFileSync(join(profile, 'log'), String(Date.now())), 100);
    expect(await untilSettled(profile, Date.now() + 1_200, clock)).toBe(false);
    clearInterval(writing);
  });
});

describe('whose number it is', () => {
  const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: '' };

  it('is known of accounts that do not run, by what their profiles say', async () => {
    const folder = temporaryFolder();
    const accounts = [anAccount('sales', { label: 'Sales' }), anAccount('support', { label: 'Support' })];
    const directory = {
      find: () => undefined,
      list: () => accounts,
      profileDir: (id: string) => profileIn(join(folder, id)),
    };
    const holder = (id: 'sales' | 'support') => findHolder(me, anAccount(id).id, directory, () => undefined)?.label;
    expect(holder('support')).toBeUndefined();
    await markLinked(directory.profileDir('sales'), { ...me, wid: '551140020022:3@c.us' });
    expect(holder('support')).toBe('Sales');
    expect(holder('sales')).toBeUndefined();
    await dropProfile(directory.profileDir('sales'), 1);
    expect(holder('support')).toBeUndefined();
  });

  it('is what a living session says, more than what its profile says', async () => {
    const folder = temporaryFolder();
    const accounts = [anAccount('sales')];
    const directory = { find: () => undefined, list: () => accounts, profileDir: () => profileIn(folder) };
    await markLinked(folder, me);
    const other = { ...me, wid: '442079460018@c.us' };
    expect(findHolder(me, anAccount('support').id, directory, () => other)).toBeUndefined();
    expect(findHolder(other, anAccount('support').id, directory, () => other)?.id).toBe('sales');
  });
});
