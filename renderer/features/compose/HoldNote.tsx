import type { Account } from '../../../electron/contract/entities/account';
import { selectStatus } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/use-now';
import { type Hold, holdOf } from './hold';

/** What holds messages of this account at the moment; undefined when they leave at once. */
export const useHold = (account: Account | undefined): Hold | undefined => {
  const status = useConsole((state) => (account === undefined ? undefined : selectStatus(account.id)(state)));
  const paused = useConsole((state) => (account === undefined ? undefined : state.gates[account.id]?.paused));
  const nowMs = useNow(status?.state === 'backoff' ? 'second' : 'halfMinute');
  if (account === undefined) return undefined;
  return holdOf({ label: account.label, linkedBefore: account.identity !== undefined, status, paused }, nowMs);
};

export interface HoldNoteProps {
  readonly account: Account;
  readonly hold: Hold;
  /** For what the note describes. */
  readonly id: string;
}

/** Says that a message will wait, and what ends the wait. */
export const HoldNote = ({ account, hold: { sentence, action }, id }: HoldNoteProps) => {
  const end = (): void => {
    switch (action?.does) {
      case 'showCode':
        actions.showAccountPage(account.id, 'link');
        break;
      case 'showSettings':
        actions.showAccountPage(account.id, 'settings');
        break;
      case 'showWindow':
        void actions.showAccountWindow(account.id, true);
        break;
      case 'resume':
        void actions.resumeSending(account.id);
        break;
      default:
        void actions.startAccount(account.id);
    }
  };
  return (
    <div
      id={id}
      role="status"
      className="flex items-center gap-3 border-b border-line bg-surface-2 px-3 py-[6px] text-[12.5px] text-text-2"
    >
      <span className="min-w-0 flex-1 break-words">{sentence}</span>
      {action !== undefined && (
        <Button small onPress={end}>
          {action.label}
        </Button>
      )}
    </div>
  );
};
