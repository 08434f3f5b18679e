import { Users } from 'lucide-react';
import { actions, useConsole } from '../../state/use-console';
import { useUsage } from '../../state/use-usage';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Figure } from '../../ui/Figure';
import { formatMemory, formatPercent } from '../../ui/format-amount';
import { Meter } from '../../ui/Meter';
import { AccountRow } from './AccountRow';
import { LocalApiLine } from './LocalApiLine';
import { sumOfCosts } from './sum-of-costs';

const Head = ({
  children,
  numeric = false,
  wide = false,
}: {
  readonly children: string;
  readonly numeric?: boolean;
  /** Only where there is room. */
  readonly wide?: boolean;
}) => (
  <th
    scope="col"
    className={`border-b border-line px-3 py-2 text-[12px] font-[600] text-text-2 ${numeric ? 'text-end' : 'text-start'} ${
      wide ? 'max-[1179px]:hidden' : ''
    }`}
  >
    {children}
  </th>
);

/** What the computer has, and what is left of it. */
const Machine = () => {
  const usage = useUsage();
  if (usage === undefined) return <p className="m-0 text-text-2">Measuring.</p>;
  const { totalMb, availableMb, cores, roomForAccounts } = usage.machine;
  const used = totalMb > 0 ? 1 - availableMb / totalMb : 0;
  return (
    <>
      <b className="tabular block text-[17px] font-[660]">
        {roomForAccounts === 0
          ? 'No room for another account'
          : `Room for about ${roomForAccounts} more ${roomForAccounts === 1 ? 'account' : 'accounts'}`}
      </b>
      <div className="my-[10px] flex">
        <Meter share={used} />
      </div>
      <p className="tabular m-0 text-[12.5px] text-text-2">
        {formatMemory(availableMb)} of {formatMemory(totalMb)} memory are free, {cores}{' '}
        {cores === 1 ? 'processor core' : 'processor cores'}.
      </p>
    </>
  );
};

/** All accounts with their states and what they cost, what the console costs, and how many more the computer can carry. */
export const OverviewPage = () => {
  const order = useConsole((state) => state.accountOrder);
  const usage = useUsage();
  const total = usage === undefined ? undefined : sumOfCosts(usage.accounts.map(({ cost }) => cost));
  const figures = (cost: typeof total) => (
    <div className="grid grid-cols-2 gap-3">
      <Figure name="memory" value={cost === undefined ? '–' : formatMemory(cost.memoryMb)} />
      <Figure name="processor" value={cost === undefined ? '–' : formatPercent(cost.cpuPercent)} />
    </div>
  );
  return (
    <main
      aria-label="Console"
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex h-full min-h-0 min-w-0 flex-col bg-canvas focus-visible:outline-none"
    >
      <header className="flex min-h-[58px] shrink-0 flex-wrap items-center justify-between gap-3 border-b border-line bg-surface py-[9px] ps-5 pe-[14px]">
        <h1 className="m-0 text-[17px] font-[680] tracking-[-0.01em]">Console</h1>
        <Button onPress={() => actions.openDialog({ kind: 'supportBundle' })}>Copy a support bundle</Button>
      </header>
      <div className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]">
        <div className="mx-auto grid w-full max-w-[1180px] gap-5 p-6">
          <div className="grid gap-4 min-[820px]:grid-cols-3">
            <section className="surface-card p-[18px]">
              <h2 className="m-0 mb-[10px] text-[11.5px] font-[620] text-text-3">All accounts together</h2>
              {figures(total)}
            </section>
            <section className="surface-card p-[18px]">
              <h2 className="m-0 mb-[10px] text-[11.5px] font-[620] text-text-3">The console itself</h2>
              {figures(usage?.console)}
            </section>
            <section className="surface-card p-[18px]">
              <h2 className="m-0 mb-[10px] text-[11.5px] font-[620] text-text-3">This computer</h2>
              <Machine />
            </section>
          </div>
          <LocalApiLine />
          {order.length === 0 ? (
            <section className="surface-card">
              <EmptyState
                icon={Users}
                title="No accounts yet"
                action={
                  <Button
                    look="primary"
                    onPress={() => actions.openDialog({ kind: 'addAccount', network: 'whatsapp' })}
                  >
                    Add account
                  </Button>
                }
              >
                Accounts are listed here with their state and what they cost.
              </EmptyState>
            </section>
          ) : (
            <section className="surface-card overflow-x-auto px-4 pt-2 pb-3">
              <table className="w-full border-collapse" aria-label="Accounts">
                <thead>
                  <tr>
                    <Head>Account</Head>
                    <Head>State</Head>
                    <Head wide>Since</Head>
                    <Head>Sending</Head>
                    <Head numeric>Memory</Head>
                    <Head numeric>Processor</Head>
                    <th scope="col" className="border-b border-line">
                      <span className="sr-only">Start or stop</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {order.map((accountId) => (
                    <AccountRow
                      key={accountId}
                      accountId={accountId}
                      cost={usage?.accounts.find((one) => one.accountId === accountId)?.cost}
                      measured={usage !== undefined}
                    />
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </div>
      </div>
    </main>
  );
};
