import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StoredApiKey } from '../application/ports/console-store';
import { type ApiKeyId, apiKeySchema } from '../contract/entities/api-key';
import type { AccountId } from '../contract/ids';

/** As the table has it; lists are JSON. A row that makes no sense lets nobody in. */
const rowSchema = z.object({
  id: z.string(),
  hash: z.string(),
  name: z.string(),
  hint: z.string(),
  scopes: z.string(),
  accountIds: z.string().nullable(),
  createdAtMs: z.number(),
  lastUsedAtMs: z.number().nullable(),
});

/** Keys of programs. Its methods run inside whatever transaction the caller began. */
export interface ApiKeyTable {
  list(): readonly StoredApiKey[];
  add(apiKey: StoredApiKey): void;
  remove(keyId: ApiKeyId): void;
  bind(keyId: ApiKeyId, accountIds: readonly AccountId[]): void;
  noteUse(keyId: ApiKeyId, atMs: number): void;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const createApiKeyTable = (database: DatabaseSync): ApiKeyTable => {
  const select = database.prepare(
    `SELECT id, hash, name, hint, scopes, account_ids AS accountIds, created_ms AS createdAtMs, last_used_ms AS lastUsedAtMs
     FROM api_keys`,
  );
  const insert = database.prepare(
    'INSERT INTO api_keys (id, hash, name, hint, scopes, account_ids, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM api_keys WHERE id = ?');
  const bind = database.prepare('UPDATE api_keys SET account_ids = ? WHERE id = ?');
  const noteUse = database.prepare('UPDATE api_keys SET last_used_ms = ? WHERE id = ?');

  const toKey = (row: unknown): readonly StoredApiKey[] => {
    const read = rowSchema.safeParse(row);
    if (!read.success) return [];
    const { hash, scopes, accountIds, lastUsedAtMs, ...rest } = read.data;
    const key = apiKeySchema.safeParse({
      ...rest,
      scopes: parse(scopes),
      ...(accountIds === null ? {} : { accountIds: parse(accountIds) }),
      ...(lastUsedAtMs === null ? {} : { lastUsedAtMs }),
    });
    return key.success ? [{ ...key.data, hash }] : [];
  };
  return {
    list: () => select.all().flatMap(toKey),
    add: ({ id, hash, name, hint, scopes, accountIds, createdAtMs }) =>
      void insert.run(
        id,
        hash,
        name.toWellFormed(),
        hint,
        JSON.stringify(scopes),
        accountIds === undefined ? null : JSON.stringify(accountIds),
        createdAtMs,
      ),
    remove: (keyId) => void remove.run(keyId),
    bind: (keyId, accountIds) => void bind.run(JSON.stringify(accountIds), keyId),
    noteUse: (keyId, atMs) => void noteUse.run(atMs, keyId),
  };
};
