import type { ApiKey, ApiKeyId } from '../contract/entities/api-key';
import { apiKeyIdSchema } from '../contract/entities/api-key';
import type { AccountId } from '../contract/ids';
import type { OperationScope } from '../contract/operation';
import type { Caller } from './caller';
import { logReason } from './log-reason';
import type { Clock, Randomness } from './ports/clock';
import type { ConsoleStore, StoredApiKey } from './ports/console-store';
import type { KeySecrets } from './ports/key-secrets';
import type { Log } from './ports/log';

/** A use is noted when the last note is older than this, in ms. */
const useStepMs = 60_000;
/** How much of a secret is shown, to tell keys apart. */
const hintLength = 9;

/** The keys of this console, in memory for the many calls that name one. */
export interface ApiKeys {
  /** Reads them from the store. Until then no key is known. */
  load(): Promise<void>;
  list(): readonly ApiKey[];
  create(given: {
    readonly name: string;
    readonly scopes: readonly OperationScope[];
    readonly accountIds?: readonly AccountId[] | undefined;
  }): Promise<{ readonly apiKey: ApiKey; readonly secret: string }>;
  revoke(keyId: ApiKeyId): Promise<void>;
  /**
   * An account is gone: keys that were bound to it are not bound to it any more, one that was bound to nothing else is revoked.
   * What they have open ends.
   */
  unbind(accountId: AccountId): Promise<void>;
  /** Who a secret belongs to; undefined: nobody. */
  find(secret: string): Caller | undefined;
  readonly isEmpty: boolean;
  /** Called with the caller name of a key that was revoked or may do less than before. Returns the function that ends it. */
  onRevoked(listener: (callerName: string) => void): () => void;
}

export interface ApiKeysPorts {
  readonly store: ConsoleStore;
  readonly secrets: KeySecrets;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

const callerName = ({ id, name }: ApiKey): string => `api key ${name} (${id})`;

export const createApiKeys = ({ store, secrets, clock, randomness, log }: ApiKeysPorts): ApiKeys => {
  const byHash = new Map<string, ApiKey>();
  const listeners = new Set<(callerName: string) => void>();

  const tell = (key: ApiKey): void => {
    for (const listener of listeners) listener(callerName(key));
  };

  const noteUse = (hash: string, key: ApiKey): void => {
    const now = clock.nowMs();
    if (key.lastUsedAtMs !== undefined && Math.abs(now - key.lastUsedAtMs) < useStepMs) return;
    byHash.set(hash, { ...key, lastUsedAtMs: now });
    store.noteApiKeyUse(key.id, now).catch((error: unknown) => {
      log.warn('the use of an API key could not be noted', { reason: logReason(error) });
    });
  };

  const revoke = async (keyId: ApiKeyId): Promise<void> => {
    await store.removeApiKey(keyId);
    for (const [hash, key] of byHash) {
      if (key.id !== keyId) continue;
      byHash.delete(hash);
      tell(key);
    }
  };

  return {
    async load() {
      for (const { hash, ...key } of await store.listApiKeys()) byHash.set(hash, key);
    },
    list: () => [...byHash.values()].sort((one, other) => other.createdAtMs - one.createdAtMs),
    async create({ name, scopes, accountIds }) {
      const secret = secrets.create();
      const apiKey: ApiKey = {
        id: apiKeyIdSchema.parse(`key-${randomness.hex(16).toLowerCase()}`),
        name,
        hint: secret.slice(0, hintLength),
        scopes: [...scopes],
        ...(accountIds === undefined ? {} : { accountIds: [...accountIds] }),
        createdAtMs: clock.nowMs(),
      };
      const stored: StoredApiKey = { ...apiKey, hash: secrets.hash(secret) };
      await store.addApiKey(stored);
      byHash.set(stored.hash, apiKey);
      return { apiKey, secret };
    },
    revoke,
    async unbind(accountId) {
      for (const [hash, { id, accountIds }] of [...byHash]) {
        if (accountIds?.includes(accountId) !== true) continue;
        const left = accountIds.filter((bound) => bound !== accountId);
        if (left.length === 0) {
          await revoke(id);
          continue;
        }
        await store.bindApiKey(id, left);
        const key = byHash.get(hash);
        if (key === undefined) continue;
        byHash.set(hash, { ...key, accountIds: left });
        tell(key);
      }
    },
    find(secret) {
      const hash = secrets.hash(secret);
      const key = byHash.get(hash);
      if (key === undefined) return undefined;
      noteUse(hash, key);
      const { name, scopes, accountIds } = key;
      return {
        kind: 'api',
        name: callerName(key),
        keyName: name,
        scopes,
        ...(accountIds === undefined ? {} : { accountIds }),
      };
    },
    get isEmpty() {
      return byHash.size === 0;
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
