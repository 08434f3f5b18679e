import type { AccountStores } from './account-stores';
import type { KnownAccounts } from './known-accounts';
import { logReason } from './log-reason';
import type { OutgoingFiles } from './outbox/outgoing-files';
import type { Log } from './ports/log';
import type { SessionControl } from './ports/sessions';

export interface RestorePorts {
  readonly accounts: KnownAccounts;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly files: OutgoingFiles;
  /** What has to be as it was before anything leaves. */
  readonly beforeSessions: () => Promise<void>;
  readonly log: Log;
}

/** Brings the console back as it was left: first all histories, so that the window has something to show, then the sessions. */
export const restore = async ({
  accounts,
  stores,
  sessions,
  files,
  beforeSessions,
  log,
}: RestorePorts): Promise<void> => {
  await stores.openAll();
  await beforeSessions();
  for (const account of accounts.list()) {
    if (!account.autoStart) continue;
    try {
      sessions.start(account);
    } catch (error) {
      log.error('an account could not be started', { accountId: account.id, reason: logReason(error) });
    }
  }
  for (const accountId of stores.openIds()) {
    await files.sweep(accountId).catch((error: unknown) => {
      log.warn('files that no message took could not be deleted', { accountId, reason: logReason(error) });
    });
  }
};
