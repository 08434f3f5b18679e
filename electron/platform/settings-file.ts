import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import type { AccountRepository, SettingsRepository } from '../application/ports/accounts';
import type { Log } from '../application/ports/log';
import { type Account, accountSchema } from '../contract/entities/account';
import { type Settings, settingsSchema } from '../contract/entities/settings';
import { OperationError } from '../contract/errors';

/** Where the window was, in screen pixels. */
const windowBoundsSchema = z.strictObject({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(640),
  height: z.int().min(480),
});
export type WindowBounds = z.infer<typeof windowBoundsSchema>;

interface Content extends Record<string, unknown> {
  accounts: unknown;
  settings: unknown;
  window: unknown;
}

export interface SettingsFile {
  readonly accounts: AccountRepository;
  readonly settings: SettingsRepository;
  readonly windowBounds: { get(): WindowBounds | undefined; set(bounds: WindowBounds): void };
}

/**
 * settings.json: accounts, preferences, window. A file that is not JSON is set aside and the last good copy takes its
 * place; single values that make no sense fall back to their defaults, and the file as it was is kept beside it.
 */
export const openSettingsFile = (folder: string, name: string, log: Log, nowMs: () => number): SettingsFile => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.json`);
  const lastGood = join(folder, `${name}.last-good.json`);
  const setAside = (why: string, keep: boolean): void => {
    const aside = join(folder, `${name}.unreadable-${nowMs()}.json`);
    if (keep) copyFileSync(path, aside);
    else renameSync(path, aside);
    log.error(`${name}.json was set aside`, { why, aside });
  };

  if (existsSync(path) && !isJsonObject(path)) {
    setAside('it is not a JSON object', false);
    if (existsSync(lastGood) && isJsonObject(lastGood)) copyFileSync(lastGood, path);
  }

  const store = new Store<Content>({
    cwd: folder,
    name,
    configFileMode: 0o600,
    serialize: (v) => `${JSON.stringify(v, null, 2)}\n`,
  });
  const { accounts, readable } = readAccounts(store.get('accounts'));
  if (!readable) setAside('some accounts in it make no sense', true);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  let settings = readSettings(store.get('settings'));

  const write = (key: keyof Content, value: unknown): void => {
    try {
      store.set(key, value);
      copyFileSync(path, lastGood);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new OperationError('STORE_UNAVAILABLE', `${name}.json cannot be written: ${why}`, { cause });
    }
  };
  const ordered = (): Account[] => [...byId.values()].sort((a, b) => a.position - b.position);

  return {
    accounts: {
      list: ordered,
      find: (accountId) => byId.get(accountId),
      save: (account) => {
        write('accounts', [...ordered().filter((other) => other.id !== account.id), account]);
        byId.set(account.id, account);
      },
      remove: (accountId) => {
        write(
          'accounts',
          ordered().filter((account) => account.id !== accountId),
        );
        byId.delete(accountId);
      },
    },
    settings: {
      get: () => settings,
      update: (patch) => {
        const next = settingsSchema.parse({ ...settings, ...patch });
        write('settings', next);
        settings = next;
        return settings;
      },
    },
    windowBounds: {
      get: () => windowBoundsSchema.safeParse(store.get('window')).data,
      set: (bounds) => write('window', bounds),
    },
  };
};

const isJsonObject = (path: string): boolean => {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const readAccounts = (stored: unknown): { accounts: Account[]; readable: boolean } => {
  if (stored === undefined) return { accounts: [], readable: true };
  if (!Array.isArray(stored)) return { accounts: [], readable: false };
  const parsed = stored.map((entry) => accountSchema.safeParse(entry));
  return {
    accounts: parsed.flatMap((result) => (result.success ? [result.data] : [])),
    readable: parsed.every((result) => result.success),
  };
};

const readSettings = (stored: unknown): Settings => {
  const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  const good = entries.filter(([key, value]) => settingsSchema.safeParse({ [key]: value }).success);
  return settingsSchema.parse(Object.fromEntries(good));
};
