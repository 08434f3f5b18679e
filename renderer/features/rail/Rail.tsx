import { Activity, Inbox, Monitor, Moon, Plus, Settings, Sun } from 'lucide-react';
import type { ComponentType, RefObject } from 'react';
import { Button as AriaButton, Toolbar } from 'react-aria-components';
import type { AccountId } from '../../../electron/contract/ids';
import { selectUnreadMessages } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Badge } from '../../ui/Badge';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { Tooltip } from '../../ui/Tooltip';
import { RailTile } from './RailTile';

/** The menu of an account, opened at a tile. */
export interface AccountMenuProps {
  readonly accountId: AccountId;
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

const themes = {
  system: { icon: Monitor, label: 'Theme: as the system. Switch to light', next: 'light' },
  light: { icon: Sun, label: 'Theme: light. Switch to dark', next: 'dark' },
  dark: { icon: Moon, label: 'Theme: dark. Switch to the system’s', next: 'system' },
} as const;

const AllInboxes = () => {
  const chosen = useConsole((state) => state.scope === 'all' && state.consolePage === undefined);
  const unread = useConsole(selectUnreadMessages('all'));
  return (
    <Tooltip text="All inboxes" keys="Ctrl `" placement="end">
      <AriaButton
        aria-label={unread > 0 ? `All inboxes, ${unread} unread` : 'All inboxes'}
        {...(chosen ? { 'aria-current': 'true' as const } : {})}
        onPress={() => actions.chooseScope('all')}
        className={`relative grid size-11 shrink-0 place-items-center rounded-[13px] border-[1.5px] text-accent-ink transition-colors duration-[120ms] ${
          chosen
            ? 'border-accent bg-[color-mix(in_srgb,var(--accent)_20%,var(--surface))]'
            : 'border-transparent bg-[color-mix(in_srgb,var(--accent)_14%,var(--surface))] hover:bg-[color-mix(in_srgb,var(--accent)_20%,var(--surface))]'
        }`}
      >
        <Icon icon={Inbox} />
        {unread > 0 && (
          <span className="absolute -end-[7px] -top-[6px] rounded-[9px] shadow-[0_0_0_2.5px_var(--bg)]">
            <Badge count={unread} />
          </span>
        )}
      </AriaButton>
    </Tooltip>
  );
};

/** The accounts at the window's edge: all inboxes first, then one tile per account. */
export const Rail = ({ accountMenu }: { readonly accountMenu: ComponentType<AccountMenuProps> }) => {
  const order = useConsole((state) => state.accountOrder);
  const isLive = useConsole((state) => state.link.phase === 'live');
  const page = useConsole((state) => state.consolePage);
  const theme = themes[useConsole((state) => state.settings.theme)];
  const frame = 'flex min-h-0 border-e border-line bg-bg';
  // Nothing here works before the console has answered.
  if (!isLive) return <nav aria-label="Accounts" className={frame} />;
  return (
    <nav aria-label="Accounts" data-region="rail" className={frame}>
      <Toolbar
        orientation="vertical"
        aria-label="Accounts"
        className="flex min-h-0 w-[67px] flex-col items-center gap-[6px] pb-3"
      >
        <div className="flex min-h-0 w-full flex-col items-center gap-[10px] overflow-y-auto pt-3 pb-1 [scrollbar-width:none]">
          {order.length > 0 && (
            <>
              <AllInboxes />
              <span className="h-px w-[26px] shrink-0 bg-line" />
              {order.map((id, index) => (
                <RailTile key={id} accountId={id} index={index} accountMenu={accountMenu} />
              ))}
            </>
          )}
          <IconButton
            large
            icon={Plus}
            label="Add account"
            keys="Ctrl N"
            placement="end"
            onPress={() => actions.openDialog({ kind: 'addAccount', network: 'whatsapp' })}
          />
        </div>
        <span className="flex-1" />
        <IconButton
          large
          icon={Activity}
          label="Console"
          placement="end"
          current={page === 'overview'}
          onPress={() => actions.showConsolePage('overview')}
        />
        <IconButton
          large
          icon={theme.icon}
          label={theme.label}
          placement="end"
          onPress={() => void actions.changeSettings({ theme: theme.next })}
        />
        <IconButton
          large
          icon={Settings}
          label="Settings"
          keys="Ctrl ,"
          placement="end"
          current={page === 'settings'}
          onPress={() => actions.showConsolePage('settings')}
        />
      </Toolbar>
    </nav>
  );
};
