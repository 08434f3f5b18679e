import type { Gate } from '../../electron/contract/entities/send';
import type { AccountId } from '../../electron/contract/ids';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import type { UiActions } from './ui-actions';

export interface GateActions {
  /** Reads the gate of an account. A failed look changes nothing: the next event brings it. */
  loadGate(accountId: AccountId): Promise<void>;
  /** Holds everything that leaves the account, and lets it go again. A refusal becomes a toast. */
  pauseSending(accountId: AccountId): Promise<void>;
  resumeSending(accountId: AccountId): Promise<void>;
}

export const createGateActions = (
  { get, set }: StoreAccess,
  call: Call,
  { showToast }: Pick<UiActions, 'showToast'>,
): GateActions => {
  /** Shows an answer unless an event changed the gate while it was on its way, or the account is gone. */
  const take = (before: Gate | undefined, gate: Gate): void =>
    set((state) =>
      state.accounts[gate.accountId] === undefined || state.gates[gate.accountId] !== before
        ? state
        : { ...state, gates: { ...state.gates, [gate.accountId]: gate } },
    );

  const tell = async (accountId: AccountId, run: () => Promise<{ readonly gate: Gate }>): Promise<void> => {
    const before = get().gates[accountId];
    try {
      take(before, (await run()).gate);
    } catch (thrown) {
      showToast('bad', messageOf(thrown));
    }
  };

  return {
    loadGate: async (accountId) => {
      const before = get().gates[accountId];
      try {
        take(before, (await call('gates.get', { accountId })).gate);
      } catch {
        // What was known stays.
      }
    },
    pauseSending: (accountId) => tell(accountId, () => call('gates.pause', { accountId })),
    resumeSending: (accountId) => tell(accountId, () => call('gates.resume', { accountId })),
  };
};
