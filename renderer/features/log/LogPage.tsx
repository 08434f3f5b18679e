import { type ReactNode, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount } from '../../state/selectors';
import { useConsole } from '../../state/use-console';
import { PageColumns } from '../../ui/PageColumns';
import { Segments } from '../../ui/Segments';
import { LogLines } from './LogLines';
import { Timeline } from './Timeline';

const views = [
  { id: 'events', title: 'Events' },
  { id: 'lines', title: 'Log lines' },
] as const;

export interface LogPageProps {
  readonly accountId: AccountId;
  /** What is known about the account, beside the page. */
  readonly aside: ReactNode;
}

/** What happened to an account: in words, or as the lines that programs wrote. */
export const LogPage = ({ accountId, aside }: LogPageProps) => {
  const account = useConsole(selectAccount(accountId));
  const [view, setView] = useState<'events' | 'lines'>('events');
  if (account === undefined) return undefined;
  return (
    <main
      aria-label={`Log of ${account.label}`}
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas focus-visible:outline-none"
    >
      <PageColumns aside={aside} asideLabel="About this account">
        <section className="surface-card min-w-0 px-7 pt-[22px] pb-5">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <h2 className="m-0 text-[17px] font-[660] tracking-[-0.01em]">What happened</h2>
            <Segments label="What to show" choices={views} value={view} onChange={setView} />
          </div>
          {view === 'events' ? <Timeline accountId={accountId} /> : <LogLines accountId={accountId} />}
        </section>
      </PageColumns>
    </main>
  );
};
