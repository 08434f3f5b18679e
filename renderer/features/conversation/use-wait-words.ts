import type { Send } from '../../../electron/contract/entities/send';
import { selectAccount, selectStatus } from '../../state/selectors';
import { wordsOfWait } from '../../state/send-words';
import { useConsole } from '../../state/use-console';
import { formatTimeOfDay, formatUntil } from '../../ui/format-time';

/** Why a queued message waits, in one phrase; undefined for any other. */
export const useWaitWords = (send: Send | undefined, nowMs: number): string | undefined => {
  const label = useConsole((state) => (send === undefined ? '' : (selectAccount(send.accountId)(state)?.label ?? '')));
  const status = useConsole((state) => (send?.state === 'queued' ? selectStatus(send.accountId)(state) : undefined));
  if (send?.state !== 'queued') return undefined;
  const moments = { until: (ms: number) => formatUntil(ms, nowMs), second: formatTimeOfDay };
  return wordsOfWait(send.wait, { label, status }, moments);
};
