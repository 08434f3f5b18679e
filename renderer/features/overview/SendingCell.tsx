import type { Account } from '../../../electron/contract/entities/account';
import type { Gate } from '../../../electron/contract/entities/send';
import type { SessionState } from '../../../electron/contract/entities/session';
import { isLimitedByWhatsApp, wordsOfWait } from '../../state/send-words';
import { actions, useConsole } from '../../state/use-console';
import { useGate } from '../../state/use-gates';
import { formatNumber, formatSince, formatTimeOfDay, formatUntil } from '../../ui/format-time';
import { Meter } from '../../ui/Meter';
import { plainName } from '../../ui/person-name';
import { useNow } from '../../ui/use-now';

/** What holds the queue, in a few words; undefined when nothing does. */
const holdWords = (
  gate: Gate,
  label: string,
  status: SessionState | undefined,
  nowMs: number,
): { readonly words: string; readonly ink: string } | undefined => {
  const { paused, stated } = gate;
  if (paused?.by === 'failures')
    return { words: `Stopped by failures, ${formatSince(paused.sinceMs, nowMs)}`, ink: 'text-bad-ink' };
  if (paused !== undefined)
    return { words: `Paused since ${formatSince(paused.sinceMs, nowMs)}`, ink: 'text-warn-ink' };
  if (gate.waiting > 0 && gate.wait !== undefined && gate.wait.reason !== 'next') {
    const moments = { until: (ms: number) => formatUntil(ms, nowMs), second: formatTimeOfDay };
    return { words: wordsOfWait(gate.wait, { label, status }, moments), ink: 'text-text-2' };
  }
  if (stated?.timelock !== undefined && isLimitedByWhatsApp(gate, nowMs))
    return { words: `No new chats until ${formatUntil(stated.timelock.endsAtMs, nowMs)}`, ink: 'text-warn-ink' };
  return undefined;
};

const countWords = ({ waiting, underway, attention }: Gate): string => {
  const waits = waiting + underway;
  const parts = [
    waits > 0 ? `${formatNumber(waits)} waiting` : '',
    attention > 0 ? `${formatNumber(attention)} to look at` : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Nothing waits' : parts.join(', ');
};

/** The meter of an account in short: what waits, what holds it, and WhatsApp’s quota of new chats. */
export const SendingCell = ({ account }: { readonly account: Account }) => {
  const gate = useGate(account.id);
  const status = useConsole((state) => state.sessions[account.id]?.status);
  const nowMs = useNow('halfMinute');
  if (gate === undefined) return '–';
  const hold = holdWords(gate, account.label, status, nowMs);
  const capping = gate.stated?.capping;
  const quota = capping !== undefined && capping.cycleEndsAtMs > nowMs ? capping : undefined;
  return (
    <div className="grid min-w-[150px] max-w-[230px] gap-[3px]">
      <button
        type="button"
        aria-label={`${countWords(gate)}. Show the outbox of ${plainName(account.label)}`}
        onClick={() => actions.showAccountPage(account.id, 'outbox')}
        className={`cursor-pointer justify-self-start rounded-[4px] text-start hover:underline ${
          gate.attention > 0 ? 'font-[560] text-warn-ink' : 'text-text'
        }`}
      >
        {countWords(gate)}
      </button>
      {hold !== undefined && <span className={`block text-[12px] ${hold.ink}`}>{hold.words}</span>}
      {quota !== undefined && (
        <span className="flex items-center gap-2 text-[12px] text-text-2">
          <span className="flex w-[54px]">
            <Meter kind="limit" share={quota.quota === 0 ? 1 : quota.used / quota.quota} />
          </span>
          <span title={`WhatsApp’s quota of new chats, resets at ${formatUntil(quota.cycleEndsAtMs, nowMs)}`}>
            {formatNumber(quota.used)} of {formatNumber(quota.quota)} new chats
          </span>
        </span>
      )}
    </div>
  );
};
