import { useShallow } from 'zustand/react/shallow';
import type { Account } from '../../../electron/contract/entities/account';
import type { Gate } from '../../../electron/contract/entities/send';
import type { AccountId } from '../../../electron/contract/ids';
import type { ConsoleState } from '../../state/console-state';
import { isLimitedByWhatsApp } from '../../state/send-words';
import { actions, useConsole } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { formatNumber, formatSince, formatUntil } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';

/** More lines than this would push the inbox away. */
const shownAtMost = 2;

/** Names one trouble, so that closing its line does not close the next one. */
const bannerId = ({ accountId, paused, stated }: Gate): string =>
  paused?.by === 'failures'
    ? `${accountId}:failures:${paused.sinceMs}`
    : `${accountId}:stated:${stated?.timelock?.endsAtMs ?? stated?.capping?.cycleEndsAtMs}`;

const selectHeld =
  (nowMs: number) =>
  (state: ConsoleState): readonly AccountId[] =>
    state.accountOrder.filter((id) => {
      const gate = state.gates[id];
      if (gate === undefined || (state.scope !== 'all' && state.scope !== id)) return false;
      // Its outbox says the same, with the figures.
      if (state.scope === id && state.accountPage === 'outbox') return false;
      const held = gate.paused?.by === 'failures' || isLimitedByWhatsApp(gate, nowMs);
      return held && !state.closedBanners.includes(bannerId(gate));
    });

const Stopped = ({ account, gate, nowMs }: HeldProps) => {
  const name = <bdi className="font-[620]">{account.label}</bdi>;
  const { paused, stated } = gate;
  if (paused?.by === 'failures')
    return (
      <>
        Automatic sending from {name} stopped at {formatSince(paused.sinceMs, nowMs)}. {paused.words}
      </>
    );
  const timelock = stated?.timelock;
  if (timelock !== undefined && timelock.endsAtMs > nowMs)
    return (
      <>
        WhatsApp lets {name} start no new chats until {formatUntil(timelock.endsAtMs, nowMs)}. Answers that people type
        go on; what is automatic waits.
      </>
    );
  const capping = stated?.capping;
  return capping === undefined ? undefined : (
    <>
      {name} has used WhatsApp’s quota of new chats, {formatNumber(capping.used)} of {formatNumber(capping.quota)}. It
      resets at {formatUntil(capping.cycleEndsAtMs, nowMs)}. Chats that are known go on.
    </>
  );
};

interface HeldProps {
  readonly account: Account;
  readonly gate: Gate;
  readonly nowMs: number;
}

/** One account whose messages do not leave: why, until when, and the way on. */
const HeldBanner = ({ account, gate, nowMs }: HeldProps) => {
  const failures = gate.paused?.by === 'failures';
  return (
    <Banner
      tone={failures ? 'bad' : 'warn'}
      onClose={() => actions.closeBanner(bannerId(gate))}
      action={
        <>
          <Button small onPress={() => actions.showAccountPage(account.id, 'outbox')}>
            Show the outbox
          </Button>
          {failures && (
            <Button small onPress={() => void actions.resumeSending(account.id)}>
              Go on
            </Button>
          )}
        </>
      }
    >
      <Stopped account={account} gate={gate} nowMs={nowMs} />
    </Banner>
  );
};

/** One line for every account whose sending was stopped by failures or is limited by WhatsApp. */
export const SendingBanners = () => {
  const nowMs = useNow('halfMinute');
  const held = useConsole(useShallow(selectHeld(nowMs)));
  const accounts = useConsole((state) => state.accounts);
  const gates = useConsole((state) => state.gates);
  const lines = held.flatMap((id) => {
    const account = accounts[id];
    const gate = gates[id];
    return account !== undefined && gate !== undefined ? [{ account, gate }] : [];
  });
  return (
    <>
      {lines.slice(0, shownAtMost).map(({ account, gate }) => (
        <HeldBanner key={account.id} account={account} gate={gate} nowMs={nowMs} />
      ))}
      {lines.length > shownAtMost && (
        <Banner tone="warn">
          Messages are also held back on{' '}
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
