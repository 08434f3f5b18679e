import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations/migrations';
import { type Owner, storeUnavailable } from './store-errors';
import { inTransaction } from './transactions';

/** Version of the schema that a database file has; 0 for an empty one. */
export const schemaVersion = (database: DatabaseSync): number => {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
};

/** Brings a database up to date, one transaction per step: a kill in the middle leaves the version before. */
export const migrate = (database: DatabaseSync, owner: Owner, steps: readonly string[] = migrations): void => {
  const found = schemaVersion(database);
  if (found > steps.length) {
    throw storeUnavailable(
      owner,
      `${owner === undefined ? 'it was' : 'its messages were'} stored by a newer Switchboard ` +
        `(schema ${found}, this one knows ${steps.length}): nothing was changed, install the newer version to go on`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < found) continue;
    inTransaction(database, () => {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
};
