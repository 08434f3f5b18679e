import type { AccountId } from '../../../electron/contract/ids';
import { useConsole } from '../../state/use-console';
import { formatClock, formatFull } from '../../ui/format-time';
import { StateDot } from '../../ui/StateDot';
import { wordsOfMoment } from './moment-words';

/** The states that the session went through while this window was open, newest first. */
export const WhatHappened = ({ accountId }: { readonly accountId: AccountId }) => {
  const history = useConsole((state) => state.sessionHistory[accountId]);
  return (
    <section className="surface-card p-[18px]">
      <h2 className="m-0 mb-[7px] text-[11.5px] font-[620] text-text-3">What happened</h2>
      {history === undefined || history.length === 0 ? (
        <p className="m-0 text-[12.8px] text-text-2">Nothing yet. Starts, codes and errors are noted here.</p>
      ) : (
        <ol className="m-0 grid max-h-[46vh] list-none overflow-y-auto p-0 text-[12.8px]">
          {history.toReversed().map(({ atMs, status }) => {
            const { title, detail, tone } = wordsOfMoment(status);
            return (
              <li
                key={`${atMs}${status.state}`}
                className="grid grid-cols-[max-content_14px_minmax(0,1fr)] gap-[9px] py-[6px]"
              >
                <time className="tabular min-w-[52px] text-text-3" title={formatFull(atMs)}>
                  {formatClock(atMs)}
                </time>
                <span className="grid h-[19px] place-items-center">
                  <StateDot tone={tone} />
                </span>
                <span className="min-w-0">
                  {title}
                  {detail !== undefined && (
                    <small className="selectable block break-words text-[11.5px] text-text-2">{detail}</small>
                  )}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
};
