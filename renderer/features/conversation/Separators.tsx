import { formatDay } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';

/** The line above a day's messages. */
export const DaySeparator = ({ dayMs }: { readonly dayMs: number }) => {
  const nowMs = useNow('halfMinute');
  return (
    <div className="flex justify-center pt-[14px] pb-[4px]">
      <span className="rounded-[11px] border border-line bg-surface px-[10px] py-[2px] text-[11.5px] font-[560] text-text-2">
        {formatDay(dayMs, nowMs)}
      </span>
    </div>
  );
};

/** The line above what came since the chat was last read. */
export const UnreadSeparator = ({ count }: { readonly count: number }) => (
  <div className="flex items-center gap-[10px] pt-[14px] pb-[2px] text-[12px] font-semibold text-accent-ink before:h-px before:flex-1 before:bg-accent/35 after:h-px after:flex-1 after:bg-accent/35">
    {count === 1 ? '1 new message' : `${count} new messages`}
  </div>
);
