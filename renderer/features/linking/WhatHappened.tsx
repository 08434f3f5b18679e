import type { AccountId } from '../../../electron/contract/ids';
import { useTimeline } from '../../state/use-timeline';
import { formatDuration } from '../../ui/format-amount';
import { formatFull, formatRowTime } from '../../ui/format-time';
import { keyed } from '../../ui/keyed';
import { SideCard } from '../../ui/SideCard';
import { StateDot } from '../../ui/StateDot';
import { useNow } from '../../ui/use-now';

/** The Log page has the rest. */
const shown = 8;

const tones = {
  state: 'off',
  phase: 'ok',
  restart: 'busy',
  link: 'busy',
  connection: 'busy',
  window: 'off',
  settings: 'off',
  canary: 'bad',
  sleep: 'off',
  webhook: 'bad',
} as const;

/** The last things that happened to the session, newest first. */
export const WhatHappened = ({ accountId }: { readonly accountId: AccountId }) => {
  const { entries, problem } = useTimeline(accountId);
  const nowMs = useNow('halfMinute');
  const latest = keyed(entries ?? [], ({ atMs, kind }) => `${atMs}${kind}`).slice(0, shown);
  return (
    <SideCard title="What happened">
      {problem !== undefined && <p className="m-0 text-[12.8px] text-text-2">{problem}</p>}
      {entries?.length === 0 && (
        <p className="m-0 text-[12.8px] text-text-2">Nothing yet. Starts, codes and errors are noted here.</p>
      )}
      {entries !== undefined && entries.length > 0 && (
        <ol className="m-0 grid list-none p-0 text-[12.8px]">
          {latest.map(({ key, item: { atMs, kind, words, durationMs } }) => (
            <li key={key} className="grid grid-cols-[max-content_14px_minmax(0,1fr)] gap-[9px] py-[5px]">
              <time className="tabular min-w-[42px] text-text-3" title={formatFull(atMs)}>
                {formatRowTime(atMs, nowMs)}
              </time>
              <span className="grid h-[19px] place-items-center">
                <StateDot tone={tones[kind]} />
              </span>
              <span className="selectable min-w-0 break-words">
                {words}
                {durationMs !== undefined && (
                  <small className="block text-[11.5px] text-text-2">in {formatDuration(durationMs)}</small>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </SideCard>
  );
};
