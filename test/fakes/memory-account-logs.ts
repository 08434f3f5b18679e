import type { AccountLogs } from '../../electron/application/ports/account-logs';
import type { LogLine } from '../../electron/contract/entities/observation';
import type { AccountId } from '../../electron/contract/ids';

const importance: Readonly<Record<LogLine['level'], number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Account logs in memory; what a retired account says is dropped as on disk. */
export interface MemoryAccountLogs extends AccountLogs {
  linesOf(accountId: AccountId): readonly LogLine[];
}

export const createMemoryAccountLogs = (): MemoryAccountLogs => {
  const lines = new Map<AccountId, LogLine[]>();
  const retired = new Set<AccountId>();
  return {
    linesOf: (accountId) => lines.get(accountId) ?? [],
    write(accountId, line) {
      if (!retired.has(accountId)) lines.set(accountId, [...(lines.get(accountId) ?? []), line]);
    },
    read: async (accountId, { level, limit, sinceMs }) =>
      (lines.get(accountId) ?? [])
        .toReversed()
        .filter((line) => importance[line.level] >= importance[level] && line.atMs >= (sinceMs ?? 0))
        .slice(0, limit),
    retire: async (accountId) => void retired.add(accountId),
    readmit: (accountId) => void retired.delete(accountId),
  };
};
