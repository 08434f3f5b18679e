import type { ReactNode } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { AccountId } from '../../../electron/contract/ids';
import { wordsOfFailure } from '../../state/failure-words';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatSince, secondsLeft } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';

export interface RestingProps {
  readonly account: Account;
  readonly status: SessionState | undefined;
}

const ShowHolder = ({ accountId }: { readonly accountId: AccountId }) => {
  const label = useConsole((state) => selectAccount(accountId)(state)?.label);
  if (label === undefined) return undefined;
  return (
    <Button onPress={() => actions.chooseScope(accountId)}>
      <span className="max-w-[260px] truncate">
        Show <bdi>{label}</bdi>
      </span>
    </Button>
  );
};

/** Why no code can be shown, and the button that changes it. */
export const Resting = ({ account, status }: RestingProps) => {
  const nowMs = useNow(status?.state === 'backoff' ? 'second' : 'halfMinute');
  const start = (words: string, primary = true) => (
    <Button look={primary ? 'primary' : 'ghost'} onPress={() => void actions.startAccount(account.id)}>
      {words}
    </Button>
  );
  const block = (title: string, text: ReactNode, action: ReactNode) => (
    <div
      role={status?.state === 'failed' ? 'alert' : 'status'}
      className="mt-[22px] flex flex-col items-start gap-2 rounded-[12px] bg-surface-2 p-5"
    >
      <b className="max-w-full break-words font-[620]">{title}</b>
      {text !== undefined && <span className="selectable max-w-full break-words text-text-2">{text}</span>}
      {action !== undefined && <span className="mt-2 flex flex-wrap gap-2">{action}</span>}
    </div>
  );
  switch (status?.state) {
    case 'failed': {
      const { title, wayOut, button, holder } = wordsOfFailure(status.error, account.label);
      return block(
        title,
        <>
          {status.error.message} <span className="tabular">Since {formatSince(status.sinceMs, nowMs)}.</span>
        </>,
        wayOut === 'start' ? (
          <>
            {start(button)}
            {holder !== undefined && holder !== account.id && <ShowHolder accountId={holder} />}
          </>
        ) : (
          <>
            <Button look="primary" onPress={() => actions.choosePage('settings')}>
              {button}
            </Button>
            {start('Start it again', false)}
          </>
        ),
      );
    }
    case 'backoff':
      return block(`Next try in ${secondsLeft(status.retryAtMs, nowMs)} s`, status.error.message, start('Try now'));
    case 'stopping':
      return block(`${account.label} is stopping`, undefined, undefined);
    case 'reconnecting':
      return block('The connection is lost', `Reconnecting since ${formatSince(status.sinceMs, nowMs)}.`, undefined);
    default:
      return block(
        `${account.label} is stopped`,
        'Starting it opens its browser and shows a code for the phone.',
        start('Start and show the code'),
      );
  }
};
