import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectStatus } from '../../state/selectors';
import { wordsOfSession } from '../../state/session-words';
import { useConsole } from '../../state/use-console';
import { IconButton } from '../../ui/IconButton';
import { plainName } from '../../ui/person-name';
import { StatePill } from '../../ui/StatePill';
import { AccountMenu } from './AccountMenu';

/** Name, state and menu of an account, above its inbox. */
export const AccountHeading = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  const [menuOpen, setMenuOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  if (account === undefined) return undefined;
  const { word, tone } = wordsOfSession(status);
  return (
    <>
      <h1
        className="m-0 min-w-0 flex-1 truncate text-[17px] font-[680] tracking-[-0.01em]"
        title={plainName(account.label)}
      >
        <bdi>{account.label}</bdi>
      </h1>
      <StatePill tone={tone}>{word}</StatePill>
      <span ref={anchor}>
        <IconButton icon={Ellipsis} label={`Menu of ${plainName(account.label)}`} onPress={() => setMenuOpen(true)} />
      </span>
      {menuOpen && <AccountMenu accountId={accountId} triggerRef={anchor} onClose={() => setMenuOpen(false)} />}
    </>
  );
};
