import { type ComponentType, type KeyboardEvent, memo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectStatus, selectUnreadMessages } from '../../state/selectors';
import { lookWords, wordsOfSession } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { Badge } from '../../ui/Badge';
import { plainName, tileLetters } from '../../ui/person-name';
import { StateDot } from '../../ui/StateDot';
import { Tooltip } from '../../ui/Tooltip';
import { tintStyle } from '../../ui/tint';
import type { AccountMenuProps } from './Rail';

export interface RailTileProps {
  readonly accountId: AccountId;
  readonly index: number;
  readonly accountMenu: ComponentType<AccountMenuProps>;
}

/** One account in the rail: letters, colour, state, what waits. Right click, or the menu key, opens its menu. */
export const RailTile = memo(({ accountId, index, accountMenu: AccountMenu }: RailTileProps) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  const unread = useConsole(selectUnreadMessages(accountId));
  const chosen = useConsole((state) => state.scope === accountId && state.consolePage === undefined);
  const [menuOpen, setMenuOpen] = useState(false);
  const tile = useRef<HTMLButtonElement>(null);
  if (account === undefined) return undefined;

  const { word, tone } = wordsOfSession(status);
  const look = lookWords(status);
  const words = look === undefined ? word : `${word}, ${look}`;
  const name = plainName(account.label);
  const openByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
    event.preventDefault();
    setMenuOpen(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the menu gestures of the button inside
    <div
      style={tintStyle(account.color)}
      className="tinted relative shrink-0"
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuOpen(true);
      }}
      onKeyDown={openByKey}
    >
      <Tooltip
        text={
          <>
            <b className="font-[620]">{account.label}</b> · {words}
            {account.network === 'practice' && ' · practice'}
          </>
        }
        keys={index < 9 ? `Ctrl ${index + 1}` : undefined}
        placement="end"
      >
        <AriaButton
          ref={tile}
          aria-label={`${name}, ${words.toLowerCase()}${unread > 0 ? `, ${unread} unread` : ''}`}
          {...(chosen ? { 'aria-current': 'true' as const } : {})}
          aria-haspopup="menu"
          onPress={() => actions.chooseScope(accountId)}
          className={`grid size-11 place-items-center rounded-[13px] border-[1.5px] text-[13px] font-[650] text-tint-ink transition-colors duration-[120ms] ${
            chosen ? 'border-tint bg-tint-strong' : 'border-transparent bg-tint-weak hover:bg-tint-strong'
          }`}
        >
          {tileLetters(account.label)}
        </AriaButton>
      </Tooltip>
      {unread > 0 && (
        <span className="pointer-events-none absolute -end-[7px] -top-[6px] grid rounded-[9px] shadow-[0_0_0_2.5px_var(--bg)]">
          <Badge count={unread} />
        </span>
      )}
      <span className="pointer-events-none absolute -bottom-[2px] -end-[2px] grid rounded-full bg-bg p-[2.5px]">
        <StateDot tone={tone} size={tone === 'bad' ? 11 : 9} />
      </span>
      {menuOpen && <AccountMenu accountId={accountId} triggerRef={tile} onClose={() => setMenuOpen(false)} />}
    </div>
  );
});
RailTile.displayName = 'RailTile';
