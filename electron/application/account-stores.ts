import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { KnownAccounts } from './known-accounts';
import { logReason } from './log-reason';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import type { MessageStore } from './ports/message-store';

/** Which accounts' message databases are open. One that cannot be opened must not take the others' lists with it. */
export interface AccountStores {
  /** Opens the database unless it is open. Rejects with STORE_UNAVAILABLE. */
  ensureOpen(accountId: AccountId): Promise<void>;
  /** Closes the database for good, so that its folder can be deleted: it cannot be opened until `readmit`. */
  retire(accountId: AccountId): Promise<void>;
  /** Lets a retired database be opened again, when its removal failed. */
  readmit(accountId: AccountId): void;
  /** Opens all accounts' databases as far as they can be; failures are logged. */
  openAll(): Promise<void>;
  /** Accounts whose databases can be read. */
  openIds(): readonly AccountId[];
}

/** Between two pieces of the work of making old messages searchable, in ms: everything else comes first. */
const indexPauseMs = 60;

export interface AccountStoresPorts {
  readonly store: MessageStore;
  readonly accounts: KnownAccounts;
  readonly clock: Clock;
  readonly log: Log;
}

export const createAccountStores = ({ store, accounts, clock, log }: AccountStoresPorts): AccountStores => {
  const open = new Set<AccountId>();
  const retired = new Set<AccountId>();
  /** Makes what an earlier version stored searchable, a piece at a time. What is not done today is done after the next start. */
  const index = (accountId: AccountId): void => {
    store
      .indexMore(accountId)
      .then((more) => {
        if (more && open.has(accountId)) clock.schedule(indexPauseMs, () => index(accountId));
      })
      .catch((error: unknown) => {
        log.warn('old messages could not be made searchable', { accountId, reason: logReason(error) });
      });
  };
  const ensureOpen = async (accountId: AccountId): Promise<void> => {
    if (open.has(accountId)) return;
    if (retired.has(accountId)) {
      throw new OperationError('STORE_UNAVAILABLE', `account ${accountId}: it is being removed`, {
        data: { accountId, problem: 'the account is being removed' },
      });
    }
    await store.open(accountId);
    open.add(accountId);
    index(accountId);
  };
  return {
    ensureOpen,
    async retire(accountId) {
      retired.add(accountId);
      open.delete(accountId);
      await store.close(accountId);
    },
    readmit: (accountId) => void retired.delete(accountId),
    async openAll() {
      await Promise.all(
        accounts.list().map(({ id }) =>
          ensureOpen(id).catch((error: unknown) => {
            log.error('the messages of an account cannot be opened', { accountId: id, reason: logReason(error) });
          }),
        ),
      );
    },
    openIds: () => accounts.list().flatMap(({ id }) => (open.has(id) ? [id] : [])),
  };
};
