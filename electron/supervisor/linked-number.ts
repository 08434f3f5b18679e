import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountDirectory } from '../application/ports/sessions';
import type { Account, AccountIdentity } from '../contract/entities/account';
import type { AccountId } from '../contract/ids';

/** Says in a profile whose login is in it. It goes wherever the profile goes: aside, away, to another computer. */
const markFile = 'switchboard-linked.json';

/** `551140020022:3@c.us` and `551140020022@c.us` are one number. */
const numberOf = (wid: string): string => (wid.split('@')[0] ?? '').split(':')[0] ?? '';

const readMark = (profileDir: string): string | undefined => {
  try {
    const mark: unknown = JSON.parse(readFileSync(join(profileDir, markFile), 'utf8'));
    const wid = typeof mark === 'object' && mark !== null && 'wid' in mark ? mark.wid : undefined;
    return typeof wid === 'string' ? wid : undefined;
  } catch {
    return undefined;
  }
};

/** Notes in the profile which number it is logged in as. */
export const markLinked = async (profileDir: string, me: AccountIdentity): Promise<void> => {
  if (readMark(profileDir) === me.wid) return;
  await writeFile(join(profileDir, markFile), JSON.stringify({ wid: me.wid }), { mode: 0o600 });
};

/**
 * The other account, running or not, that is logged in with this number.
 *
 * @param live Who an account's living session says it is.
 */
export const findHolder = (
  me: AccountIdentity,
  accountId: AccountId,
  accounts: AccountDirectory,
  live: (accountId: AccountId) => AccountIdentity | undefined,
): Account | undefined => {
  const number = numberOf(me.wid);
  if (number === '') return undefined;
  return accounts.list().find((other) => {
    if (other.id === accountId) return false;
    const running = live(other.id);
    if (running !== undefined) return numberOf(running.wid) === number;
    // Profiles of earlier versions have no mark; their accounts know who they were while they are linked.
    const wid = readMark(accounts.profileDir(other.id)) ?? other.identity?.wid;
    return wid !== undefined && numberOf(wid) === number;
  });
};
