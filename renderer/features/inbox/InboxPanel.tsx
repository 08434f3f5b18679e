import { CircleAlert, Inbox, MessageCircleOff, Users } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { ChatFilter } from '../../state/chat-views';
import type { ChatKey } from '../../state/keys';
import { selectUnreadChats, selectView } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { formatNumber } from '../../ui/format-time';
import { ChatList } from './ChatList';
import { RowSkeletons } from './RowSkeletons';

const filters: readonly { readonly id: ChatFilter; readonly label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'unread', label: 'Unread' },
  { id: 'groups', label: 'Groups' },
];

const Chips = () => {
  const filter = useConsole((state) => state.filter);
  const unread = useConsole((state) => selectUnreadChats(state.scope)(state));
  return (
    <ToggleButtonGroup
      aria-label="Show"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[filter]}
      onSelectionChange={(chosen) => {
        const next = filters.find(({ id }) => chosen.has(id));
        if (next !== undefined) actions.chooseFilter(next.id);
      }}
      className="flex gap-[6px] px-[14px] pt-[2px] pb-[10px]"
    >
      {filters.map(({ id, label }) => (
        <ToggleButton
          key={id}
          id={id}
          className="tabular inline-flex h-[26px] items-center gap-[5px] rounded-full border border-line px-[10px] text-[12.5px] font-[520] text-text-2 transition-colors duration-[120ms] hover:bg-hover selected:border-transparent selected:bg-accent-weak selected:text-accent-ink"
        >
          {label}
          {id === 'unread' && unread > 0 && <span>{formatNumber(unread)}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
};

const EmptyList = ({ filter }: { readonly filter: ChatFilter }) => {
  const showAll = <Button onPress={() => actions.chooseFilter('all')}>Show all chats</Button>;
  if (filter === 'unread')
    return (
      <EmptyState icon={Inbox} title="Nothing waits for you" action={showAll}>
        New messages appear here until somebody opens them.
      </EmptyState>
    );
  if (filter === 'groups')
    return (
      <EmptyState icon={Users} title="No groups" action={showAll}>
        Groups that an account belongs to appear here.
      </EmptyState>
    );
  return (
    <EmptyState icon={MessageCircleOff} title="No chats yet">
      As soon as a customer writes, the chat appears here.
    </EmptyState>
  );
};

export interface InboxPanelProps {
  /** Whose inbox it is, where nothing above says so. */
  readonly heading: ReactNode | undefined;
  readonly onOpen: (key: ChatKey) => void;
  /** The edge that changes its width. */
  readonly edge: ReactNode;
}

/** The list of chats of one account or all. */
export const InboxPanel = ({ heading, onOpen, edge }: InboxPanelProps) => {
  const scope = useConsole((state) => state.scope);
  const filter = useConsole((state) => state.filter);
  const view = useConsole(selectView);
  useEffect(() => actions.showChats(scope, filter), [scope, filter]);

  const body = () => {
    if (view === undefined || (view.phase === 'loading' && view.keys.length === 0))
      return (
        <div role="status" aria-label="Reading chats" className="min-h-0 flex-1 overflow-hidden">
          <RowSkeletons count={14} />
        </div>
      );
    if (view.keys.length > 0) return <ChatList key={`${scope}:${filter}`} view={view} onOpen={onOpen} />;
    if (view.phase === 'failed')
      return (
        <EmptyState
          alert
          icon={CircleAlert}
          title="The chats could not be read"
          action={<Button onPress={() => void actions.reloadChats(scope, filter)}>Read again</Button>}
        >
          {view.error}
        </EmptyState>
      );
    return <EmptyList filter={filter} />;
  };

  return (
    <section
      aria-label="Inbox"
      data-region="list"
      className="relative flex h-full min-h-0 min-w-0 flex-col border-e border-line bg-surface"
    >
      {heading !== undefined && (
        <header className="flex h-[58px] shrink-0 items-center gap-2 ps-4 pe-[14px]">{heading}</header>
      )}
      {heading === undefined && <span className="h-[13px] shrink-0" />}
      <Chips />
      {body()}
      {edge}
    </section>
  );
};
