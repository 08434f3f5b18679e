import { useEffect, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import type { OutboxFilter } from '../../state/outbox-view';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { useGate } from '../../state/use-gates';
import { Segments } from '../../ui/Segments';
import { GateCards } from './GateCards';
import { GateStrip } from './GateStrip';
import { OutboxBody } from './OutboxBody';

/** One account's outbox: what waits and why, what went wrong, what has left, and the gate that decides. */
export const OutboxPage = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const gate = useGate(accountId);
  const [filter, setFilter] = useState<OutboxFilter>('waiting');
  useEffect(() => {
    actions.showOutbox(accountId, filter);
    // Names of the people that rows go to.
    actions.showChats(accountId, 'all');
  }, [accountId, filter]);
  useEffect(() => actions.closeOutbox, []);
  if (account === undefined) return undefined;
  const filters = [
    { id: 'waiting', title: 'Waiting', count: (gate?.waiting ?? 0) + (gate?.underway ?? 0) },
    { id: 'attention', title: 'Needs a look', count: gate?.attention },
    { id: 'done', title: 'Done' },
    { id: 'all', title: 'All' },
  ] as const;
  return (
    <main
      aria-label={`Outbox of ${account.label}`}
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 bg-canvas focus-visible:outline-none"
    >
      <div className="mx-auto flex min-h-0 w-full max-w-[1180px] min-w-0 flex-1 gap-5 p-6 max-[1059px]:p-4">
        <section className="surface-card flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden">
          <div className="flex shrink-0 flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-[14px]">
            <h2 className="m-0 text-[17px] font-[660] tracking-[-0.01em]">Outbox</h2>
            <Segments label="Which messages" choices={filters} value={filter} onChange={setFilter} />
          </div>
          <GateStrip account={account} />
          <OutboxBody account={account} filter={filter} onFilter={setFilter} />
        </section>
        <aside
          aria-label="What may leave"
          className="grid w-[320px] shrink-0 content-start gap-4 overflow-y-auto max-[1059px]:hidden"
        >
          <GateCards account={account} />
        </aside>
      </div>
    </main>
  );
};
