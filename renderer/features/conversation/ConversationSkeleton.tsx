import { Skeleton } from '../../ui/Skeleton';

const bubbles = [
  ['self-start', 'w-[44%] h-9'],
  ['self-end', 'w-[52%] h-[54px]'],
  ['self-start', 'w-[30%] h-9'],
  ['self-start', 'w-[48%] h-[54px]'],
  ['self-end', 'w-[36%] h-9'],
] as const;

/** Bubbles that are on their way. */
export const ConversationSkeleton = () => (
  <div
    role="status"
    aria-label="Reading messages"
    className="late flex min-h-0 flex-1 flex-col justify-end gap-[10px] overflow-hidden px-[max(16px,6%)] pb-[14px]"
  >
    {bubbles.map(([side, size]) => (
      <span key={`${side}${size}`} className={`flex flex-col ${side} ${size}`}>
        <Skeleton className="h-full w-full rounded-[12px] bg-surface!" />
      </span>
    ))}
  </div>
);
