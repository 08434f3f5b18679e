import type { LogLine, TimelineEntry } from '../contract/entities/observation';
import type { AccountId } from '../contract/ids';
import { redactFields, redactText } from '../domain/redaction';
import type { AccountStores } from './account-stores';
import type { KnownAccounts } from './known-accounts';
import type { Lanes } from './lanes';
import { logReason } from './log-reason';
import type { AccountLogs } from './ports/account-logs';
import type { Log } from './ports/log';
import type { MessageStore } from './ports/message-store';

/** What is written down about an account's session for its operator: the timeline and the account's own log. */
export interface SessionRecords {
  happened(accountId: AccountId, entry: TimelineEntry): void;
  logged(accountId: AccountId, line: LogLine): void;
}

export interface SessionRecordsPorts {
  readonly accounts: KnownAccounts;
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly lanes: Lanes;
  readonly accountLogs: AccountLogs;
  readonly log: Log;
}

const longestWords = 500;

export const createSessionRecords = (ports: SessionRecordsPorts): SessionRecords => {
  const { accounts, store, stores, lanes, accountLogs, log } = ports;

  const logged = (accountId: AccountId, line: LogLine): void => {
    if (accounts.find(accountId) === undefined) return;
    accountLogs.write(accountId, {
      ...line,
      message: redactText(line.message),
      fields: redactFields(line.fields),
    });
  };

  return {
    logged,
    happened(accountId, entry) {
      const words = redactText(entry.words).slice(0, longestWords);
      logged(accountId, {
        atMs: entry.atMs,
        level: 'info',
        message: words,
        fields: {
          kind: entry.kind,
          ...(entry.durationMs === undefined ? {} : { durationMs: Math.round(entry.durationMs) }),
        },
      });
      lanes
        .run(accountId, async () => {
          if (accounts.find(accountId) === undefined) return;
          await stores.ensureOpen(accountId);
          await store.addTimelineEntry(accountId, { ...entry, words });
        })
        .catch((error: unknown) =>
          log.warn('an entry of a timeline could not be stored', { accountId, reason: logReason(error) }),
        );
    },
  };
};
