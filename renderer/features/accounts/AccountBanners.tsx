import { useShallow } from 'zustand/react/shallow';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { ConsoleState } from '../../state/console-state';
import { selectLinkingAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { formatSince } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';

/** A short break heals by itself; only a longer one is worth a line. */
const quietMs = 30_000;
/** More lines than this would push the inbox away. */
const shownAtMost = 2;

const needsWords = (status: SessionState, nowMs: number): boolean =>
  status.state === 'failed' ||
  status.state === 'backoff' ||
  (status.state === 'reconnecting' && nowMs - status.sinceMs >= quietMs);

const bannerId = (account: Account, status: SessionState): string => `${account.id}:${status.state}:${status.sinceMs}`;

const selectTroubled =
  (nowMs: number) =>
  (state: ConsoleState): readonly string[] => {
    const linking = selectLinkingAccount(state);
    return state.accountOrder.filter((id) => {
      const account = state.accounts[id];
      const status = state.sessions[id]?.status;
      if (account === undefined || status === undefined || id === linking || !needsWords(status, nowMs)) return false;
      if (state.scope !== 'all' && state.scope !== id) return false;
      return !state.closedBanners.includes(bannerId(account, status));
    });
  };

const AccountBanner = ({ account, status, nowMs }: { account: Account; status: SessionState; nowMs: number }) => {
  const close = (): void => actions.closeBanner(bannerId(account, status));
  const start = (words: string) => (
    <Button small onPress={() => void actions.startAccount(account.id)}>
      {words}
    </Button>
  );
  const since = formatSince(status.sinceMs, nowMs);
  if (status.state === 'failed')
    return (
      <Banner tone="bad" action={start('Start it again')} onClose={close}>
        <b className="font-[620]">{account.label}</b> stopped working at {since}. {status.error.message}
      </Banner>
    );
  if (status.state === 'backoff')
    return (
      <Banner tone="warn" action={start('Try now')} onClose={close}>
        <b className="font-[620]">{account.label}</b> stopped at {since} and will be started again.{' '}
        {status.error.message}
      </Banner>
    );
  return (
    <Banner tone="warn" onClose={close}>
      <b className="font-[620]">{account.label}</b> lost its connection at {since} and is reconnecting. Chats stay
      readable; new messages arrive when the connection is back.
    </Banner>
  );
};

/** One line for every account that is in trouble, above its chats. */
export const AccountBanners = () => {
  const nowMs = useNow('halfMinute');
  const troubled = useConsole(useShallow(selectTroubled(nowMs)));
  const accounts = useConsole((state) => state.accounts);
  const sessions = useConsole((state) => state.sessions);
  const lines = troubled.flatMap((id) => {
    const account = Object.values<Account>(accounts).find((other) => other.id === id);
    const status = account && sessions[account.id]?.status;
    return account !== undefined && status !== undefined ? [{ account, status }] : [];
  });
  return (
    <>
      {lines.slice(0, shownAtMost).map(({ account, status }) => (
        <AccountBanner key={account.id} account={account} status={status} nowMs={nowMs} />
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
