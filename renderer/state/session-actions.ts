import type { Account } from '../../electron/contract/entities/account';
import type { AccountId } from '../../electron/contract/ids';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import type { UiActions } from './ui-actions';

export interface SessionActions {
  /** What a person does to a session; main's events show what becomes of it, a refusal becomes a toast. */
  startAccount(accountId: AccountId): Promise<void>;
  stopAccount(accountId: AccountId): Promise<void>;
  restartAccount(accountId: AccountId): Promise<void>;
  sleepAccount(accountId: AccountId): Promise<void>;
  /** Shows or hides the account's own WhatsApp window. */
  showAccountWindow(accountId: AccountId, shown: boolean): Promise<void>;
  /** Starts an account that sleeps, because somebody looks at it. Does nothing in any other state. */
  wakeAccount(accountId: AccountId): void;
  /** Asks for a code for the phone with this number. The code goes into the state; a refusal is thrown. */
  askPairingCode(accountId: AccountId, phoneNumber: string): Promise<void>;
  /** Shows an account as main answered after a change. `fromNextStart`: a session that runs does not know it yet. */
  takeConfigured(account: Account, fromNextStart: boolean): void;
  /** Measures what everything costs. A failed look keeps the last one: the next follows in seconds. */
  readUsage(): Promise<void>;
}

export const createSessionActions = (
  { get, set }: StoreAccess,
  call: Call,
  { showToast }: Pick<UiActions, 'showToast'>,
  now: () => number = Date.now,
): SessionActions => {
  const tell = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (thrown) {
      showToast('bad', messageOf(thrown));
    }
  };
  let measuring = false;

  return {
    startAccount: (accountId) => tell(() => call('sessions.start', { accountId })),
    stopAccount: (accountId) => tell(() => call('sessions.stop', { accountId })),
    restartAccount: (accountId) => tell(() => call('sessions.restart', { accountId })),
    sleepAccount: (accountId) => tell(() => call('sessions.sleep', { accountId })),
    showAccountWindow: (accountId, shown) =>
      tell(() => call(shown ? 'sessions.showWindow' : 'sessions.hideWindow', { accountId })),
    wakeAccount: (accountId) => {
      if (get().sessions[accountId]?.status.state !== 'asleep') return;
      void tell(() => call('sessions.start', { accountId }));
    },
    askPairingCode: async (accountId, phoneNumber) => {
      const { code } = await call('sessions.pairingCode', { accountId, phoneNumber });
      set((state) => {
        // Linked, or stopped, while the answer was on its way: nobody may type this code any more.
        if (state.sessions[accountId]?.status.state !== 'linking') return state;
        const pairing = { code, phoneNumber, lifetimeMs: Math.max(1000, code.expiresAtMs - now()) };
        return { ...state, pairings: { ...state.pairings, [accountId]: pairing } };
      });
    },
    takeConfigured: (account, fromNextStart) =>
      set((state) => {
        // Removed while the answer was on its way.
        if (state.accounts[account.id] === undefined) return state;
        const generation = fromNextStart ? state.sessions[account.id]?.generation : undefined;
        const changedUnder =
          generation === undefined ? state.changedUnder : { ...state.changedUnder, [account.id]: generation };
        return { ...state, accounts: { ...state.accounts, [account.id]: account }, changedUnder };
      }),
    readUsage: async () => {
      if (measuring) return;
      measuring = true;
      try {
        const { usage } = await call('usage.get', {});
        set((state) => ({ ...state, usage }));
      } catch {
        // The last figures stay; they are asked for again while somebody looks.
      } finally {
        measuring = false;
      }
    },
  };
};
