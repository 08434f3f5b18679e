import {
  AppWindow,
  CircleDot,
  Hourglass,
  type LucideIcon,
  Moon,
  RotateCw,
  Settings2,
  Smartphone,
  TriangleAlert,
  Webhook,
  Wifi,
} from 'lucide-react';
import type { TimelineEntry } from '../../../electron/contract/entities/observation';
import type { AccountId } from '../../../electron/contract/ids';
import { useTimeline } from '../../state/use-timeline';
import { formatDuration } from '../../ui/format-amount';
import { formatDay, formatFull, formatTimeOfDay } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { keyed } from '../../ui/keyed';
import { Skeleton } from '../../ui/Skeleton';
import { useNow } from '../../ui/use-now';
import { byDay } from './by-day';

const kinds: Readonly<Record<TimelineEntry['kind'], { readonly icon: LucideIcon; readonly color: string }>> = {
  state: { icon: CircleDot, color: 'text-text-3' },
  phase: { icon: Hourglass, color: 'text-ok-ink' },
  restart: { icon: RotateCw, color: 'text-warn-ink' },
  link: { icon: Smartphone, color: 'text-accent-ink' },
  connection: { icon: Wifi, color: 'text-warn-ink' },
  window: { icon: AppWindow, color: 'text-text-3' },
  settings: { icon: Settings2, color: 'text-text-3' },
  canary: { icon: TriangleAlert, color: 'text-bad-ink' },
  sleep: { icon: Moon, color: 'text-text-3' },
  webhook: { icon: Webhook, color: 'text-bad-ink' },
};

const Entry = ({ entry }: { readonly entry: TimelineEntry }) => {
  const { icon, color } = kinds[entry.kind];
  return (
    <li className="col-span-4 grid grid-cols-subgrid items-start border-t border-line py-[7px] first:border-0">
      <time
        className="tabular whitespace-nowrap text-[12.5px] leading-[1.55] text-text-3"
        title={formatFull(entry.atMs)}
      >
        {formatTimeOfDay(entry.atMs)}
      </time>
      <span className={`grid h-[20px] place-items-center ${color}`}>
        <Icon icon={icon} size={16} />
      </span>
      <span className="selectable min-w-0 break-words">{entry.words}</span>
      <span className="tabular whitespace-nowrap text-end text-[12.5px] leading-[1.55] text-text-2">
        {entry.durationMs !== undefined && <bdi>{formatDuration(entry.durationMs)}</bdi>}
      </span>
    </li>
  );
};

/** The last two hundred things that happened, newest first, day by day. */
export const Timeline = ({ accountId }: { readonly accountId: AccountId }) => {
  const { entries, problem } = useTimeline(accountId);
  const nowMs = useNow('halfMinute');
  if (entries === undefined && problem === undefined)
    return (
      <div role="status" aria-label="Reading what happened" className="grid gap-[10px]">
        {Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
          <Skeleton key={index} className="h-[26px]" />
        ))}
      </div>
    );
  return (
    <>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mb-3 break-words text-bad-ink">
          {problem} It is read again in a few seconds.
        </p>
      )}
      {entries?.length === 0 && (
        <p className="m-0 py-6 text-center text-text-2">
          Nothing yet. Starts with their phases, restarts with their causes, codes and connections are noted here.
        </p>
      )}
      {byDay(entries ?? []).map(({ dayMs, entries: ofDay }) => (
        <section key={dayMs} aria-label={formatDay(dayMs, nowMs)}>
          <h3 className="m-0 mt-4 mb-1 text-[12px] font-[620] text-text-2">{formatDay(dayMs, nowMs)}</h3>
          <ol className="m-0 grid list-none grid-cols-[max-content_18px_minmax(0,1fr)_max-content] gap-x-[10px] p-0">
            {keyed(ofDay, ({ atMs, kind }) => `${atMs}${kind}`).map(({ key, item }) => (
              <Entry key={key} entry={item} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
};
