import type { Account } from '../../contract/entities/account';
import type { Settings } from '../../contract/entities/settings';
import type { AccountId } from '../../contract/ids';

/** The list of accounts in settings.json. Small and always in memory, hence synchronous; a write has reached the disk when it returns. */
export interface AccountRepository {
  /** In the order of `position`. */
  list(): readonly Account[];
  find(accountId: AccountId): Account | undefined;
  /** Adds or replaces. Throws when the disk refuses. */
  save(account: Account): void;
  remove(accountId: AccountId): void;
}

/** The preferences in settings.json. */
export interface SettingsRepository {
  get(): Settings;
  update(patch: Partial<Settings>): Settings;
}

/** The folder per account. Everything of an account is in it and nothing else is. */
export interface AccountFolders {
  /** Creates the folder (0700) with its profile directory. */
  create(accountId: AccountId): Promise<void>;
  /** Deletes the folder and only it. Succeeds when there is none. */
  remove(accountId: AccountId): Promise<void>;
  /** Absolute path of the folder. */
  accountDir(accountId: AccountId): string;
  /** Absolute path of the browser profile. */
  profileDir(accountId: AccountId): string;
}
