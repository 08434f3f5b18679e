import { useEffect, useState } from 'react';
import type { TimelineEntry } from '../../electron/contract/entities/observation';
import type { AccountId } from '../../electron/contract/ids';
import { call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import { selectSession } from './selectors';
import { useConsole } from './use-console';

export interface TimelineState {
  /** Newest first; undefined until read for the first time. */
  readonly entries: readonly TimelineEntry[] | undefined;
  /** Why it could not be read; what was read before stays. */
  readonly problem: string | undefined;
}

/** Between two looks when nothing has announced itself: durations of phases come without an event. */
const everyMs = 5000;

/** What happened to an account's session: read when the session changes, and now and then while it is on the screen. */
export const useTimeline = (accountId: AccountId): TimelineState => {
  const session = useConsole(selectSession(accountId));
  const [state, setState] = useState<TimelineState>({ entries: undefined, problem: undefined });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setTurn((before) => before + 1);
    }, everyMs);
    return () => clearInterval(timer);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed session and every turn read it again
  useEffect(() => {
    let current = true;
    call('sessions.timeline', { accountId }).then(
      ({ entries }) => {
        if (current) setState({ entries, problem: undefined });
      },
      (thrown: unknown) => {
        if (current) setState((before) => ({ ...before, problem: messageOf(thrown) }));
      },
    );
    return () => {
      current = false;
    };
  }, [accountId, session, turn]);
  return state;
};
