import { type LucideIcon, Palette, Pencil, Play, Square, Trash2 } from 'lucide-react';
import type { RefObject } from 'react';
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectStatus } from '../../state/selectors';
import { isRunning } from '../../state/session-words';
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

/** What can be done with an account. */
export const AccountMenu = ({ accountId, triggerRef, onClose }: AccountMenuProps) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  if (account === undefined) return undefined;
  const running = isRunning(status);
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      placement="end top"
      offset={8}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="appear min-w-[190px] rounded-[12px] border border-line bg-raised p-[5px] shadow-float"
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
        <Separator className="my-[5px] h-px border-0 bg-line" />
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
        <Separator className="my-[5px] h-px border-0 bg-line" />
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
