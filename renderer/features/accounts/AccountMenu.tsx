import {
  AppWindow,
  CirclePause,
  CirclePlay,
  LogOut,
  type LucideIcon,
  Moon,
  Palette,
  Pencil,
  Play,
  RotateCw,
  Send,
  Settings2,
  Square,
  Trash2,
} from 'lucide-react';
import type { RefObject } from 'react';
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectSession } from '../../state/selectors';
import { hasBrowser, isRunning } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { Icon } from '../../ui/Icon';

export interface AccountMenuProps {
  readonly accountId: AccountId;
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly words: string;
  readonly onAction: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

const Item = ({ icon, words, onAction, danger = false, disabled = false }: ItemProps) => (
  <MenuItem
    onAction={onAction}
    isDisabled={disabled}
    textValue={words}
    className={`flex h-8 cursor-default items-center gap-[9px] rounded-[8px] px-[9px] focus:bg-hover disabled:opacity-45 ${
      danger ? 'text-bad-ink' : 'text-text'
    }`}
  >
    <Icon icon={icon} size={16} className={danger ? '' : 'text-text-2'} />
    {words}
  </MenuItem>
);

const Line = () => <Separator className="my-[5px] h-px border-0 bg-line" />;

/** What can be done with an account. */
export const AccountMenu = ({ accountId, triggerRef, onClose }: AccountMenuProps) => {
  const account = useConsole(selectAccount(accountId));
  const session = useConsole(selectSession(accountId));
  const paused = useConsole((state) => state.gates[accountId]?.paused !== undefined);
  if (account === undefined) return undefined;
  const status = session?.status;
  const running = isRunning(status);
  const shown = session?.windowShown === true;
  return (
    <Popover
      isOpen
      aria-label={`Account ${account.label}`}
      triggerRef={triggerRef}
      placement="end top"
      offset={8}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="appear min-w-[210px] overflow-y-auto rounded-[12px] border border-line bg-raised p-[5px] shadow-float"
    >
      <Menu aria-label={`Account ${account.label}`} autoFocus="first" onClose={onClose} className="outline-none">
        <Item
          icon={Pencil}
          words="Rename"
          onAction={() => actions.openDialog({ kind: 'editAccount', accountId, focus: 'label' })}
        />
        <Item
          icon={Palette}
          words="Change colour"
          onAction={() => actions.openDialog({ kind: 'editAccount', accountId, focus: 'color' })}
        />
        <Item
          icon={Settings2}
          words="Settings of this account"
          onAction={() => actions.showAccountPage(accountId, 'settings')}
        />
        <Line />
        <Item icon={Send} words="Show the outbox" onAction={() => actions.showAccountPage(accountId, 'outbox')} />
        {paused ? (
          <Item icon={CirclePlay} words="Go on sending" onAction={() => void actions.resumeSending(accountId)} />
        ) : (
          <Item icon={CirclePause} words="Pause sending" onAction={() => void actions.pauseSending(accountId)} />
        )}
        <Line />
        {running ? (
          <Item icon={Square} words="Stop" onAction={() => void actions.stopAccount(accountId)} />
        ) : (
          <Item
            icon={Play}
            words="Start"
            disabled={status?.state === 'stopping'}
            onAction={() => void actions.startAccount(accountId)}
          />
        )}
        <Item
          icon={RotateCw}
          words="Restart"
          disabled={!running}
          onAction={() => void actions.restartAccount(accountId)}
        />
        <Item
          icon={Moon}
          words="Let it sleep"
          disabled={status?.state !== 'ready'}
          onAction={() => void actions.sleepAccount(accountId)}
        />
        <Item
          icon={AppWindow}
          words={shown ? 'Hide the WhatsApp window' : 'Show the WhatsApp window'}
          disabled={!hasBrowser(status)}
          onAction={() => void actions.showAccountWindow(accountId, !shown)}
        />
        <Line />
        <Item
          danger
          icon={LogOut}
          words="Log out"
          disabled={account.identity === undefined}
          onAction={() => actions.openDialog({ kind: 'logOutAccount', accountId })}
        />
        <Item
          danger
          icon={Trash2}
          words="Remove"
          onAction={() => actions.openDialog({ kind: 'removeAccount', accountId })}
        />
      </Menu>
    </Popover>
  );
};
