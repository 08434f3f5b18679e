import type { Account } from '../contract/entities/account';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { EventBus } from './event-bus';
import type { AccountRepository } from './ports/accounts';

/** The accounts of this console, with the errors and events that belong to reading and changing them. */
export interface KnownAccounts {
  list(): readonly Account[];
  find(accountId: AccountId): Account | undefined;
  /** Throws ACCOUNT_NOT_FOUND. */
  get(accountId: AccountId): Account;
  /** Saves what is different and says so; the same values again do nothing. */
  change(account: Account, patch: Partial<Omit<Account, 'id'>>): Account;
  /** Its login is gone: whose phone it was is no longer true. */
  forgetIdentity(account: Account): void;
}

export const createKnownAccounts = (accounts: AccountRepository, events: EventBus): KnownAccounts => ({
  list: () => accounts.list(),
  find: (accountId) => accounts.find(accountId),
  get(accountId) {
    const account = accounts.find(accountId);
    if (account === undefined) {
      throw new OperationError(
        'ACCOUNT_NOT_FOUND',
        `There is no account ${accountId}; accounts.list names those there are.`,
      );
    }
    return account;
  },
  change(account, patch) {
    const changed: Account = { ...account, ...patch };
    if (JSON.stringify(changed) === JSON.stringify(account)) return account;
    accounts.save(changed);
    events.publish({ type: 'account.updated', account: changed });
    return changed;
  },
  forgetIdentity({ identity, ...account }) {
    if (identity === undefined) return;
    accounts.save(account);
    events.publish({ type: 'account.updated', account });
  },
});
