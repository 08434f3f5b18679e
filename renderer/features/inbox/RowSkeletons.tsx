import { Skeleton } from '../../ui/Skeleton';

const widths = ['w-[46%]', 'w-[58%]', 'w-[38%]', 'w-[52%]'] as const;

/** Rows that are on their way, in their final size. */
export const RowSkeletons = ({ count }: { readonly count: number }) => (
  <div aria-hidden="true" className="late">
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
      <div key={index} className="flex h-[58px] items-center gap-[11px] ps-4 pe-[14px]">
        <Skeleton className="size-10 rounded-full" />
        <div className="flex flex-1 flex-col gap-[7px]">
          <Skeleton className={`h-[11px] ${widths[index % widths.length]}`} />
          <Skeleton className="h-[10px] w-[82%]" />
        </div>
      </div>
    ))}
  </div>
);
