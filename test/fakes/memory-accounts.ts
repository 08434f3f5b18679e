import type { AccountFolders, AccountRepository, SettingsRepository } from '../../electron/application/ports/accounts';
import type { Account } from '../../electron/contract/entities/account';
import { type Settings, settingsSchema } from '../../electron/contract/entities/settings';
import type { AccountId } from '../../electron/contract/ids';

export const createMemoryAccounts = (): AccountRepository => {
  const accounts = new Map<AccountId, Account>();
  return {
    list: () => [...accounts.values()].toSorted((one, other) => one.position - other.position),
    find: (accountId) => accounts.get(accountId),
    save: (account) => void accounts.set(account.id, account),
    remove: (accountId) => void accounts.delete(accountId),
  };
};

export const createMemorySettings = (): SettingsRepository => {
  let settings: Settings = settingsSchema.parse({});
  return {
    get: () => settings,
    update(patch) {
      settings = settingsSchema.parse({ ...settings, ...patch });
      return settings;
    },
  };
};

/** Remembers which folders there are; `failNext` makes the next call of a kind reject. */
export interface MemoryFolders extends AccountFolders {
  readonly existing: Set<AccountId>;
  failNext(method: 'create' | 'remove', error: Error): void;
  /** Something that happens while a folder is being deleted. */
  whileRemoving: (accountId: AccountId) => Promise<void>;
}

export const createMemoryFolders = (): MemoryFolders => {
  const existing = new Set<AccountId>();
  const failures = new Map<'create' | 'remove', Error>();
  const failIfAsked = (method: 'create' | 'remove'): void => {
    const error = failures.get(method);
    failures.delete(method);
    if (error !== undefined) throw error;
  };
  const folders: MemoryFolders = {
    existing,
    whileRemoving: async () => undefined,
    failNext: (method, error) => void failures.set(method, error),
    async create(accountId) {
      failIfAsked('create');
      existing.add(accountId);
    },
    async remove(accountId) {
      failIfAsked('remove');
      await folders.whileRemoving(accountId);
      existing.delete(accountId);
    },
    accountDir: (accountId) => `/nowhere/${accountId}`,
    profileDir: (accountId) => `/nowhere/${accountId}/profile`,
  };
  return folders;
};
