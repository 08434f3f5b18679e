import { type ReactNode, useEffect } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectSession } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { useUsage } from '../../state/use-usage';
import { Button } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { Figure } from '../../ui/Figure';
import { formatMemory, formatPercent } from '../../ui/format-amount';
import { formatPhone } from '../../ui/format-phone';
import { formatFull, formatSince } from '../../ui/format-time';
import { SideCard } from '../../ui/SideCard';
import { useNow } from '../../ui/use-now';
import { pillOf } from './pill-words';

const LastError = ({
  atMs,
  message,
  nowMs,
}: {
  readonly atMs: number;
  readonly message: string;
  readonly nowMs: number;
}) => (
  <Fact name="Last error">
    <time title={formatFull(atMs)}>{formatSince(atMs, nowMs)}</time>
    <span className="block text-text-2">{message}</span>
  </Fact>
);

/** What is known about an account and its session. */
const AboutAccount = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const session = useConsole(selectSession(accountId));
  const nowMs = useNow('halfMinute');
  if (account === undefined) return undefined;
  const status = session?.status;
  const me = status?.state === 'ready' ? status.me : account.identity;
  return (
    <SideCard title="This account">
      <Facts>
        <Fact name="State">{pillOf(status, nowMs).words}</Fact>
        {status !== undefined && status.sinceMs > 0 && (
          <Fact name="Since">
            <time title={formatFull(status.sinceMs)}>{formatSince(status.sinceMs, nowMs)}</time>
          </Fact>
        )}
        <Fact name="Number">{me === undefined ? 'Not linked yet' : <bdi>{formatPhone(me.phone)}</bdi>}</Fact>
        {me !== undefined && me.pushName !== '' && (
          <Fact name="Name">
            <bdi>{me.pushName}</bdi>
          </Fact>
        )}
        <Fact name="Network">{account.network === 'practice' ? 'Practice network' : 'WhatsApp'}</Fact>
        {session?.webVersion !== undefined && <Fact name="WhatsApp Web">{session.webVersion}</Fact>}
        {session?.lastError !== undefined && (
          <LastError atMs={session.lastError.atMs} message={session.lastError.error.message} nowMs={nowMs} />
        )}
      </Facts>
    </SideCard>
  );
};

const roomWords = (room: number): string => {
  if (room === 0) return 'This computer has no room for another account.';
  return room === 1 ? 'Room for about 1 more account.' : `Room for about ${room} more accounts.`;
};

/** What an account costs, measured while this is on the screen. */
const AccountCost = ({ accountId }: { readonly accountId: AccountId }) => {
  const usage = useUsage();
  const state = useConsole((console) => console.sessions[accountId]?.status.state);
  // What has just ended must not go on looking as if it cost something.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever the state changes
  useEffect(() => void actions.readUsage(), [state]);
  const cost = usage?.accounts.find((one) => one.accountId === accountId)?.cost;
  const rests = usage !== undefined && (cost === undefined || cost.processes === 0);
  return (
    <SideCard title="Cost on this computer">
      <div className="grid grid-cols-2 gap-3">
        <Figure name="memory" value={usage === undefined ? '–' : formatMemory(cost?.memoryMb ?? 0)} />
        <Figure name="processor" value={usage === undefined ? '–' : formatPercent(cost?.cpuPercent ?? 0)} />
      </div>
      <p className="m-0 mt-[11px] text-[12.5px] text-text-2">
        {rests && 'Nothing of it runs. '}
        {usage === undefined ? 'Measuring.' : roomWords(usage.machine.roomForAccounts)}
      </p>
    </SideCard>
  );
};

export interface AccountFactsProps {
  readonly accountId: AccountId;
  /** Between what it is and what it costs. */
  readonly children?: ReactNode;
}

/** Beside an account's pages: what it is, what it costs, and what to hand to whoever helps. */
export const AccountFacts = ({ accountId, children }: AccountFactsProps) => (
  <>
    <AboutAccount accountId={accountId} />
    {children}
    <AccountCost accountId={accountId} />
    <div>
      <Button onPress={() => actions.openDialog({ kind: 'supportBundle', accountId })}>Copy a support bundle</Button>
    </div>
  </>
);
