import type { Account } from '../../../electron/contract/entities/account';
import { selectNeedsRestart } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';

export interface SaveBarProps {
  readonly account: Account;
  /** Whether the form differs from what is saved. */
  readonly edited: boolean;
  readonly saving: boolean;
  readonly problem: string | undefined;
  readonly onDiscard: () => void;
}

/** The foot of the form: what is not saved yet, or what waits for the next start. */
export const SaveBar = ({ account, edited, saving, problem, onDiscard }: SaveBarProps) => {
  const needsRestart = useConsole(selectNeedsRestart(account.id));
  const words = (): string => {
    if (edited) return 'Not saved yet.';
    return needsRestart
      ? 'Saved. It takes effect at the next start.'
      : 'Changes take effect at the next start of the account, those of sending at once.';
  };
  return (
    <div className="shrink-0 border-t border-line bg-surface">
      <div className="mx-auto flex min-h-[58px] w-full max-w-[1180px] flex-wrap items-center gap-3 px-6 py-[10px]">
        {problem === undefined ? (
          <span role="status" className="min-w-0 flex-1 text-text-2">
            {words()}
          </span>
        ) : (
          <span role="alert" className="selectable min-w-0 flex-1 break-words font-[560] text-bad-ink">
            {problem}
          </span>
        )}
        {!edited && needsRestart && <Button onPress={() => void actions.restartAccount(account.id)}>Restart</Button>}
        {edited && <Button onPress={onDiscard}>Discard</Button>}
        <Button type="submit" look="primary" isDisabled={!edited} isPending={saving}>
          {saving ? 'Saving' : 'Save'}
        </Button>
      </div>
    </div>
  );
};
