import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import type { AccountPage } from '../../state/console-state';
import { selectAccount, selectAccountPage, selectStatus } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { IconButton } from '../../ui/IconButton';
import { plainName } from '../../ui/person-name';
import { StatePill } from '../../ui/StatePill';
import { Tabs } from '../../ui/Tabs';
import { Tile } from '../../ui/Tile';
import { useNow } from '../../ui/use-now';
import { AccountMenu } from './AccountMenu';
import { pillOf } from './pill-words';

const tabs: readonly { readonly id: AccountPage; readonly title: string }[] = [
  { id: 'link', title: 'Link' },
  { id: 'chats', title: 'Chats' },
  { id: 'outbox', title: 'Outbox' },
  { id: 'log', title: 'Log' },
  { id: 'settings', title: 'Settings' },
];

export interface AccountPageHeaderProps {
  readonly accountId: AccountId;
  /** Id of the element that shows the chosen page. */
  readonly controls: string;
}

/** The head of an account's pages: whose they are, how it does, and the pages. */
export const AccountPageHeader = ({ accountId, controls }: AccountPageHeaderProps) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  const page = useConsole(selectAccountPage);
  const nowMs = useNow('halfMinute');
  const [menuOpen, setMenuOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  if (account === undefined) return undefined;
  const { words, tone } = pillOf(status, nowMs);
  // The linking page has its own title.
  const Name = page === 'link' ? 'span' : 'h1';
  return (
    <header
      data-region="head"
      className="flex min-h-[58px] shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface py-[9px] ps-5 pe-[14px]"
    >
      <Tile label={account.label} color={account.color} />
      <Name className="m-0 min-w-0 truncate text-[16px] font-[660] tracking-[-0.01em]" title={plainName(account.label)}>
        <bdi>{account.label}</bdi>
      </Name>
      <StatePill tone={tone}>{words}</StatePill>
      <div className="ms-auto flex items-center gap-2">
        <Tabs
          label={`Pages of ${plainName(account.label)}`}
          tabs={tabs}
          value={page}
          onChange={actions.choosePage}
          controls={controls}
        />
        <span ref={anchor}>
          <IconButton icon={Ellipsis} label={`Menu of ${plainName(account.label)}`} onPress={() => setMenuOpen(true)} />
        </span>
      </div>
      {menuOpen && <AccountMenu accountId={accountId} triggerRef={anchor} onClose={() => setMenuOpen(false)} />}
    </header>
  );
};
