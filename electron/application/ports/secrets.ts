import type { AccountId } from '../../contract/ids';

/** What is kept secret for an account. */
export type SecretName = 'proxyPassword';

/**
 * How well the system keeps secrets. `system`: in the system's own secret store. `obscured`: this computer has none, and
 * whoever can read Switchboard's folder can read them. `unavailable`: nothing can be kept.
 */
export type SecretProtection = 'system' | 'obscured' | 'unavailable';

/** The secrets of accounts, encrypted by the system and kept in the account's folder, so that they go with it. */
export interface Secrets {
  protection(): Promise<SecretProtection>;
  /** Rejects with STORE_UNAVAILABLE when there is one that cannot be decrypted, e.g. after a move to another computer. */
  find(accountId: AccountId, name: SecretName): Promise<string | undefined>;
  /** Rejects with STORE_UNAVAILABLE when it cannot be encrypted or written. */
  save(accountId: AccountId, name: SecretName, value: string): Promise<void>;
  /** Succeeds when there is none. */
  remove(accountId: AccountId, name: SecretName): Promise<void>;
}
