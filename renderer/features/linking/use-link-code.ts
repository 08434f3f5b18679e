import { useEffect, useState } from 'react';
import type { LinkCode, SessionState } from '../../../electron/contract/entities/session';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { CallError, messageOf } from '../../bridge/call-error';

export interface LinkCodeState {
  readonly code: LinkCode | undefined;
  /** How long the code was good for when it came, in ms. */
  readonly lifetimeMs: number;
  readonly problem: string | undefined;
}

const nothing: LinkCodeState = { code: undefined, lifetimeMs: 1, problem: undefined };

/** The code on show. It is read again with every code that the session announces, and is kept nowhere else. */
export const useLinkCode = (accountId: AccountId, status: SessionState | undefined): LinkCodeState => {
  const [state, setState] = useState(nothing);
  const announced =
    status?.state === 'linking' && status.method === 'qr' ? `${status.attempt}/${status.expiresAtMs}` : undefined;
  useEffect(() => {
    if (announced === undefined) {
      setState(nothing);
      return;
    }
    let current = true;
    call('sessions.qr', { accountId }).then(
      ({ code }) => {
        // A code of another account is never shown here, whatever happened on the way.
        if (current && code.accountId === accountId)
          setState({ code, lifetimeMs: Math.max(1000, code.expiresAtMs - Date.now()), problem: undefined });
      },
      (thrown: unknown) => {
        // Between two codes there is none: the next announcement brings it.
        const between = thrown instanceof CallError && thrown.code === 'QR_NOT_AVAILABLE';
        if (current) setState({ ...nothing, problem: between ? undefined : messageOf(thrown) });
      },
    );
    return () => {
      current = false;
    };
  }, [accountId, announced]);
  return state;
};
