import type { Account } from '../../contract/entities/account';
import { accountSettingsSchema } from '../../contract/entities/account-settings';
import { OperationError } from '../../contract/errors';
import { type AccountId, accountIdSchema } from '../../contract/ids';
import type { accountOperations } from '../../contract/operations/accounts';
import { findSameLabel, nextFreeColor, nextPosition } from '../../domain/account-choices';
import { sendingForNewAccount } from '../../domain/sending/sending-configuration';
import { mayTouch } from '../caller';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type AccountHandlers = Omit<HandlersOf<typeof accountOperations>, 'accounts.configure' | 'proxies.test'>;

export const createAccountHandlers = (ports: HandlerPorts): AccountHandlers => {
  const { accounts, repository, folders, stores, accountLogs, sessions, lanes, events } = ports;
  const { apiKeys, webhooks, campaigns, clock, randomness, log, forgetAccount, maxAccounts } = ports;
  const { browsers, browserOfNewAccounts } = ports;

  /** Ids whose folders are being made. */
  const adding = new Set<AccountId>();

  const refuseTakenLabel = (label: string, except?: AccountId): void => {
    const taken = findSameLabel(accounts.list(), label, except);
    if (taken === undefined) return;
    throw new OperationError(
      'ACCOUNT_LABEL_TAKEN',
      `${taken.label}: there is already an account with this label; choose another one.`,
    );
  };

  const refuseTakenId = (accountId: AccountId): void => {
    if (accounts.find(accountId) === undefined && !adding.has(accountId)) return;
    throw new OperationError(
      'ACCOUNT_EXISTS',
      `${accountId}: there is already an account with this id; choose another one.`,
    );
  };

  const newAccountId = (): AccountId => accountIdSchema.parse(`acc-${randomness.hex(16).toLowerCase()}`);

  /** Folder and database first: an account that is in the list can be used. */
  const prepare = async (account: Account): Promise<void> => {
    try {
      // The id may be that of an account that was removed.
      stores.readmit(account.id);
      accountLogs.readmit(account.id);
      await folders.create(account.id);
      await stores.ensureOpen(account.id);
      // Keys and webhooks of an earlier account of this id were never meant for this one.
      await apiKeys.unbind(account.id);
      await webhooks.accountRemoved(account.id);
      await campaigns.accountRemoved(account.id, account.id);
      // Somebody may have added the same label, or the last account that fits, while the folder was made.
      refuseTakenLabel(account.label);
      refuseTooMany();
      repository.save(account);
    } catch (error) {
      await stores
        .retire(account.id)
        .then(() => folders.remove(account.id))
        .catch((cleanUpError: unknown) => {
          log.error('the folder of an account that was not added is left over', {
            accountId: account.id,
            reason: reasonOf(cleanUpError),
          });
        });
      if (error instanceof OperationError && error.code !== 'STORE_UNAVAILABLE') throw error;
      throw new OperationError(
        'STORE_UNAVAILABLE',
        `${account.label}: the account was not added (${reasonOf(error)})`,
        {
          cause: error,
        },
      );
    }
  };

  /** What accounts run in that are added here, unless they are configured otherwise. */
  const usualBrowser = async (label: string): Promise<Account['settings']['browser']> => {
    const path = browserOfNewAccounts();
    if (path === undefined) return { kind: 'builtin' };
    const problem = await browsers.problemWith(path);
    if (problem === undefined) return { kind: 'installed', path };
    throw new OperationError(
      'BROWSER_NOT_FOUND',
      `${label}: new accounts are to run in the browser ${path}, which ${problem}. Mend or install it, or start Switchboard without --use-chrome.`,
    );
  };

  const refuseTooMany = (): void => {
    if (accounts.list().length < maxAccounts) return;
    throw new OperationError(
      'MAX_SESSIONS_REACHED',
      `This console already has ${maxAccounts} accounts, the most it takes; remove one first.`,
    );
  };

  return {
    'accounts.list': (_input, caller) => ({ accounts: accounts.list().filter(({ id }) => mayTouch(caller, id)) }),

    'accounts.create': async ({ id: accountId = newAccountId(), label, color, network, metadata }) => {
      refuseTooMany();
      refuseTakenId(accountId);
      refuseTakenLabel(label);
      adding.add(accountId);
      try {
        const browser = await usualBrowser(label);
        const account: Account = {
          id: accountId,
          label,
          color: color ?? nextFreeColor(accounts.list()),
          network,
          position: nextPosition(accounts.list()),
          autoStart: false,
          createdAtMs: clock.nowMs(),
          settings: accountSettingsSchema.parse({ browser, sending: sendingForNewAccount(network), metadata }),
        };
        await prepare(account);
        events.publish({ type: 'account.created', account });
        return { account };
      } finally {
        adding.delete(accountId);
      }
    },

    'accounts.update': ({ accountId, label, color, autoStart }) => {
      const account = accounts.get(accountId);
      if (label !== undefined) refuseTakenLabel(label, accountId);
      const changed = accounts.change(account, {
        ...(label === undefined ? {} : { label }),
        ...(color === undefined ? {} : { color }),
        ...(autoStart === undefined ? {} : { autoStart }),
      });
      return { account: changed };
    },

    'accounts.remove': async ({ accountId }) => {
      const { label } = accounts.get(accountId);
      await sessions.stop(accountId, 'removed');
      try {
        // In the lane: what the session last reported is stored or refused before the database goes.
        await lanes.run(accountId, async () => {
          // A second removal of the same account waited for the first.
          accounts.get(accountId);
          await stores.retire(accountId);
          await accountLogs.retire(accountId);
          await folders.remove(accountId);
          await apiKeys.unbind(accountId);
          await webhooks.accountRemoved(accountId);
          await campaigns.accountRemoved(accountId, label);
          repository.remove(accountId);
        });
      } catch (error) {
        stores.readmit(accountId);
        accountLogs.readmit(accountId);
        if (error instanceof OperationError && error.code === 'ACCOUNT_NOT_FOUND') throw error;
        throw new OperationError(
          'STORE_UNAVAILABLE',
          `${label}: the account could not be removed completely (${reasonOf(error)}); remove it again to finish.`,
          { cause: error },
        );
      }
      sessions.forget(accountId);
      forgetAccount(accountId);
      events.publish({ type: 'account.removed', accountId });
      return { accountId };
    },
  };
};
