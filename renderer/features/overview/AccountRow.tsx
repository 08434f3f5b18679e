import { Button as AriaButton } from 'react-aria-components';
import type { Cost } from '../../../electron/contract/entities/observation';
import type { AccountId } from '../../../electron/contract/ids';
import { wordsOfFailure } from '../../state/failure-words';
import { selectAccount, selectSession } from '../../state/selectors';
import { isRunning, lookWords, wordsOfSession } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatMemory, formatPercent } from '../../ui/format-amount';
import { formatPhone } from '../../ui/format-phone';
import { formatFull, formatSince } from '../../ui/format-time';
import { plainName } from '../../ui/person-name';
import { StatePill } from '../../ui/StatePill';
import { Tile } from '../../ui/Tile';
import { useNow } from '../../ui/use-now';
import { SendingCell } from './SendingCell';

export interface AccountRowProps {
  readonly accountId: AccountId;
  /** Absent where nothing of the account runs. */
  readonly cost: Cost | undefined;
  /** Whether anything has been measured yet. */
  readonly measured: boolean;
}

/** One account in the table: who, how it does since when, what it costs. */
export const AccountRow = ({ accountId, cost, measured }: AccountRowProps) => {
  const account = useConsole(selectAccount(accountId));
  const session = useConsole(selectSession(accountId));
  const nowMs = useNow('halfMinute');
  if (account === undefined) return undefined;
  const status = session?.status;
  const { word, tone } = wordsOfSession(status);
  const running = isRunning(status);
  const name = plainName(account.label);
  const cell = 'tabular border-b border-line px-3 py-[9px] group-last:border-0';
  const note = (): string | undefined => {
    if (status?.state === 'failed') return wordsOfFailure(status.error, name).title;
    if (status?.state === 'asleep') return `${lookWords(status)}, next at ${formatSince(status.nextLookAtMs, nowMs)}`;
    return status?.state === 'backoff' ? `next try at ${formatSince(status.retryAtMs, nowMs)}` : undefined;
  };
  const noteText = note();
  return (
    <tr className="group">
      <td className={`${cell} max-w-[300px] max-[1179px]:max-w-[200px]`}>
        <span className="flex items-center gap-3">
          <Tile label={account.label} color={account.color} />
          <span className="min-w-0">
            <AriaButton
              aria-label={`Open ${name}`}
              onPress={() => actions.showAccountPage(accountId, 'link')}
              className="block max-w-full truncate text-start font-[600] hover:text-accent-ink hover:underline"
            >
              <bdi>{account.label}</bdi>
            </AriaButton>
            <bdi className="selectable block truncate text-[12.5px] text-text-2">
              {account.identity === undefined ? 'Not linked yet' : formatPhone(account.identity.phone)}
            </bdi>
          </span>
        </span>
      </td>
      <td className={cell}>
        <StatePill tone={tone}>{word}</StatePill>
        {noteText !== undefined && <span className="mt-[3px] block text-[12px] text-text-2">{noteText}</span>}
      </td>
      <td className={`${cell} whitespace-nowrap text-text-2 max-[1179px]:hidden`}>
        {status === undefined || status.sinceMs === 0 ? (
          '–'
        ) : (
          <time title={formatFull(status.sinceMs)}>{formatSince(status.sinceMs, nowMs)}</time>
        )}
      </td>
      <td className={cell}>
        <SendingCell account={account} />
      </td>
      <td className={`${cell} whitespace-nowrap text-end`}>{measured ? formatMemory(cost?.memoryMb ?? 0) : '–'}</td>
      <td className={`${cell} whitespace-nowrap text-end`}>{measured ? formatPercent(cost?.cpuPercent ?? 0) : '–'}</td>
      <td className={`${cell} text-end`}>
        <Button
          small
          aria-label={`${running ? 'Stop' : 'Start'} ${name}`}
          isDisabled={status?.state === 'stopping'}
          onPress={() => void (running ? actions.stopAccount(accountId) : actions.startAccount(accountId))}
        >
          {running ? 'Stop' : 'Start'}
        </Button>
      </td>
    </tr>
  );
};
