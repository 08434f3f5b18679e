import { useShallow } from 'zustand/react/shallow';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { AccountId } from '../../../electron/contract/ids';
import type { ConsoleState } from '../../state/console-state';
import { selectLinkingAccount } from '../../state/selectors';
import { isPageChanged } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { useNow } from '../../ui/use-now';
import { AccountBanner } from './AccountBanner';

/** A short break heals by itself; only a longer one is worth a line. */
const quietMs = 30_000;
/** More lines than this would push the inbox away. */
const shownAtMost = 2;

const needsWords = (account: Account, status: SessionState, nowMs: number): boolean => {
  switch (status.state) {
    case 'failed':
    case 'backoff':
      return true;
    case 'reconnecting':
      return nowMs - status.sinceMs >= quietMs;
    case 'ready':
      return isPageChanged(status);
    // An account that was linked before has chats to answer and cannot.
    case 'linking':
      return account.identity !== undefined || status.method === 'passkey';
    default:
      return false;
  }
};

const bannerId = (accountId: AccountId, status: SessionState): string =>
  status.state === 'linking'
    ? `${accountId}:linking:${status.method}`
    : `${accountId}:${status.state}:${status.sinceMs}`;

const selectTroubled =
  (nowMs: number) =>
  (state: ConsoleState): readonly AccountId[] => {
    const linking = selectLinkingAccount(state);
    return state.accountOrder.filter((id) => {
      const account = state.accounts[id];
      const status = state.sessions[id]?.status;
      if (account === undefined || status === undefined || id === linking) return false;
      if (!needsWords(account, status, nowMs)) return false;
      if (state.scope !== 'all' && state.scope !== id) return false;
      return !state.closedBanners.includes(bannerId(id, status));
    });
  };

const selectIsBroken = (state: ConsoleState): boolean =>
  state.accountOrder.some((id) => state.sessions[id]?.status.state === 'reconnecting');

/** One line for every account that is in trouble, above its chats. */
export const AccountBanners = () => {
  // While a break is still short, the moment at which it gets long is looked for.
  const isBroken = useConsole(selectIsBroken);
  const nowMs = useNow(isBroken ? 'second' : 'halfMinute');
  const troubled = useConsole(useShallow(selectTroubled(nowMs)));
  const accounts = useConsole((state) => state.accounts);
  const sessions = useConsole((state) => state.sessions);
  const lines = troubled.flatMap((id) => {
    const account = accounts[id];
    const session = sessions[id];
    return account !== undefined && session !== undefined ? [{ account, session }] : [];
  });
  return (
    <>
      {lines.slice(0, shownAtMost).map(({ account, session }) => (
        <AccountBanner
          key={account.id}
          account={account}
          session={session}
          nowMs={nowMs}
          onClose={() => actions.closeBanner(bannerId(account.id, session.status))}
        />
      ))}
      {lines.length > shownAtMost && (
        <Banner tone="warn">
          {lines.length - shownAtMost} more {lines.length - shownAtMost === 1 ? 'account needs' : 'accounts need'}{' '}
          attention:{' '}
          {lines
            .slice(shownAtMost)
            .map(({ account }) => account.label)
            .join(', ')}
          .
        </Banner>
      )}
    </>
  );
};
