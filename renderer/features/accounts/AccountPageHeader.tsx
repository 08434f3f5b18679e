import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectStatus } from '../../state/selectors';
import { isRunning, wordsOfSession } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { plainName } from '../../ui/person-name';
import { StatePill } from '../../ui/StatePill';
import { Tile } from '../../ui/Tile';
import { AccountMenu } from './AccountMenu';

/** The head of an account's own page. */
export const AccountPageHeader = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  const [menuOpen, setMenuOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  if (account === undefined) return undefined;
  const { word, tone } = wordsOfSession(status);
  const running = isRunning(status);
  return (
    <header className="flex h-[58px] shrink-0 items-center gap-3 border-b border-line bg-surface px-5">
      <Tile label={account.label} color={account.color} />
      <span className="min-w-0 truncate text-[16px] font-[660]" title={plainName(account.label)}>
        <bdi>{account.label}</bdi>
      </span>
      <StatePill tone={tone}>{word}</StatePill>
      <span className="flex-1" />
      {account.identity !== undefined && <Button onPress={() => actions.choosePage('chats')}>Show chats</Button>}
      <Button
        isDisabled={status?.state === 'stopping'}
        onPress={() => void (running ? actions.stopAccount(accountId) : actions.startAccount(accountId))}
      >
        {running ? 'Stop' : 'Start'}
      </Button>
      <span ref={anchor}>
        <IconButton icon={Ellipsis} label={`Menu of ${plainName(account.label)}`} onPress={() => setMenuOpen(true)} />
      </span>
      {menuOpen && <AccountMenu accountId={accountId} triggerRef={anchor} onClose={() => setMenuOpen(false)} />}
    </header>
  );
};
