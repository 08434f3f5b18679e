import type { ApiKey, ApiKeyId } from '../../contract/entities/api-key';
import type { OptOut } from '../../contract/entities/opt-out';
import type { AccountId } from '../../contract/ids';

/** A key as it is kept: with the hash of its secret instead of the secret. */
export type StoredApiKey = ApiKey & { readonly hash: string };

/**
 * What spans accounts, in `<data>/console.db`, behind the same writer thread. Every method can reject with
 * STORE_UNAVAILABLE, writes also with DISK_FULL. A resolved write is on disk with `synchronous=FULL`.
 */
export interface ConsoleStore {
  /** Newest first. */
  listOptOuts(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly optOuts: readonly OptOut[]; readonly nextCursor: string | undefined }>;
  /** All contacts on the list, for a look-up in memory. */
  readOptOutContacts(): Promise<readonly string[]>;
  /** Adding twice keeps the first, with the newer note. */
  addOptOut(optOut: OptOut): Promise<OptOut>;
  /** Whether somebody was on the list. */
  removeOptOut(contact: string): Promise<boolean>;
  listApiKeys(): Promise<readonly StoredApiKey[]>;
  addApiKey(apiKey: StoredApiKey): Promise<void>;
  /** Idempotent. */
  removeApiKey(keyId: ApiKeyId): Promise<void>;
  /** The accounts that a key is bound to from now on. */
  bindApiKey(keyId: ApiKeyId, accountIds: readonly AccountId[]): Promise<void>;
  noteApiKeyUse(keyId: ApiKeyId, atMs: number): Promise<void>;
}
