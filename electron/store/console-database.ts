import type { DatabaseSync } from 'node:sqlite';
import type { ConsoleStore } from '../application/ports/console-store';
import { createApiKeyTable } from './api-key-table';
import { decodeOptOutCursor, encodeOptOutCursor } from './cursors';
import { createOptOutTable } from './opt-out-table';
import { inDurableTransaction, inTransaction } from './transactions';

/** The console store's methods, answering at once: this side of the thread nothing waits. */
export type ConsoleDatabase = {
  readonly [Method in keyof ConsoleStore]: (
    ...parameters: Parameters<ConsoleStore[Method]>
  ) => Awaited<ReturnType<ConsoleStore[Method]>>;
} & {
  close(): void;
};

/** What spans accounts, on top of an open, migrated database. */
export const createConsoleDatabase = (database: DatabaseSync): ConsoleDatabase => {
  const optOuts = createOptOutTable(database);
  const apiKeys = createApiKeyTable(database);
  return {
    close: () => database.close(),
    listOptOuts(cursor, limit) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeOptOutCursor(cursor);
      const rows = optOuts.page(before, limit + 1);
      const page = rows.slice(0, limit);
      const oldest = page.at(-1);
      return {
        optOuts: page.map(({ optOut }) => optOut),
        nextCursor: rows.length > limit && oldest !== undefined ? encodeOptOutCursor(oldest.position) : undefined,
      };
    },
    readOptOutContacts: optOuts.contacts,
    addOptOut: (optOut) => inDurableTransaction(database, () => optOuts.add(optOut)),
    removeOptOut: (contact) => inDurableTransaction(database, () => optOuts.remove(contact)),
    listApiKeys: apiKeys.list,
    addApiKey: (apiKey) => inDurableTransaction(database, () => apiKeys.add(apiKey)),
    removeApiKey: (keyId) => inDurableTransaction(database, () => apiKeys.remove(keyId)),
    bindApiKey: (keyId, accountIds) => inDurableTransaction(database, () => apiKeys.bind(keyId, accountIds)),
    noteApiKeyUse: (keyId, atMs) => inTransaction(database, () => apiKeys.noteUse(keyId, atMs)),
  };
};
