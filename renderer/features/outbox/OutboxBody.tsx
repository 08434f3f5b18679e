import { CheckCheck, CircleAlert, Inbox, type LucideIcon, Send } from 'lucide-react';
import type { Account } from '../../../electron/contract/entities/account';
import type { OutboxFilter } from '../../state/outbox-view';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { OutboxList } from './OutboxList';
import { RowSkeletons } from './RowSkeletons';

interface Empty {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly other?: { readonly filter: OutboxFilter; readonly words: string };
}

const empties: Readonly<Record<OutboxFilter, Empty>> = {
  waiting: {
    icon: Send,
    title: 'Nothing waits',
    text: 'Every message to a customer comes through here. One that cannot leave at once waits here and says why.',
    other: { filter: 'all', words: 'Show what has left' },
  },
  attention: {
    icon: CheckCheck,
    title: 'Nothing needs a look',
    text: 'Messages that were not sent, or of which nobody knows, are listed here until somebody decides.',
    other: { filter: 'waiting', words: 'Show what waits' },
  },
  done: {
    icon: Inbox,
    title: 'Nothing has left yet',
    text: 'Messages are listed here once WhatsApp has confirmed them, with how far they have come.',
  },
  all: {
    icon: Send,
    title: 'No messages yet',
    text: 'Every message that leaves this account comes through here. Answer a customer and it appears.',
  },
};

export interface OutboxBodyProps {
  readonly account: Account;
  readonly filter: OutboxFilter;
  readonly onFilter: (filter: OutboxFilter) => void;
}

/** The rows of the outbox, or what is in their place. */
export const OutboxBody = ({ account, filter, onFilter }: OutboxBodyProps) => {
  const view = useConsole((state) => state.outbox);
  if (view === undefined || view.accountId !== account.id || view.filter !== filter || view.phase === 'loading')
    return (
      <div role="status" aria-label="Reading the outbox" className="min-h-0 flex-1 overflow-hidden">
        <RowSkeletons count={8} />
      </div>
    );
  if (view.keys.length > 0) return <OutboxList key={filter} account={account} view={view} />;
  if (view.phase === 'failed')
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        <EmptyState
          alert
          icon={CircleAlert}
          title="The outbox could not be read"
          action={<Button onPress={() => void actions.reloadOutbox()}>Read again</Button>}
        >
          {view.error}
        </EmptyState>
      </div>
    );
  const { icon, title, text, other } = empties[filter];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        icon={icon}
        title={title}
        action={other === undefined ? undefined : <Button onPress={() => onFilter(other.filter)}>{other.words}</Button>}
      >
        {text}
      </EmptyState>
    </div>
  );
};
