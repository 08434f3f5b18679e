import { useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Gate } from '../../electron/contract/entities/send';
import type { AccountId } from '../../electron/contract/ids';
import type { SendKey } from './keys';
import { actions, useConsole } from './use-console';

/** The inbox comes first: nothing on the first screen needs the gates. */
const laterMs = 800;

/** Keeps a gate for every account: banners say when one is stopped, wherever the person is. */
export const useAllGates = (): void => {
  const missing = useConsole(useShallow((state) => state.accountOrder.filter((id) => state.gates[id] === undefined)));
  useEffect(() => {
    if (missing.length === 0) return;
    const timer = setTimeout(() => {
      for (const id of missing) void actions.loadGate(id);
    }, laterMs);
    return () => clearTimeout(timer);
  }, [missing]);
};

/** The gate of one account, read now when it is not known; undefined until it has come. */
export const useGate = (accountId: AccountId): Gate | undefined => {
  const gate = useConsole((state) => state.gates[accountId]);
  const isMissing = gate === undefined;
  useEffect(() => {
    if (isMissing) void actions.loadGate(accountId);
  }, [accountId, isMissing]);
  return gate;
};

/** Reasons change with every message that leaves; reading one more often than this would only cost. */
const refreshMs = 700;

/**
 * Keeps the reason of a queued row on the screen fresh: it changes with the gate and the session of the account, which is not
 * announced row by row. `undefined`: there is none to keep.
 */
export const useFreshWait = (accountId: AccountId, key: SendKey | undefined): void => {
  const gate = useConsole((state) => (key === undefined ? undefined : state.gates[accountId]));
  const status = useConsole((state) => (key === undefined ? undefined : state.sessions[accountId]?.status.state));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the gate or the session has changed
  useEffect(() => {
    if (key === undefined || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void actions.refreshWait(key);
    }, refreshMs);
  }, [key, gate, status]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
};
