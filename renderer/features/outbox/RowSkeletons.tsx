import { Skeleton } from '../../ui/Skeleton';

/** Rows that are being read, in their final size. */
export const RowSkeletons = ({ count }: { readonly count: number }) => (
  <>
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
      <div key={index} className="late flex items-center gap-3 border-b border-line px-5 py-[13px]">
        <Skeleton className="size-9 shrink-0 rounded-full" />
        <span className="grid min-w-0 flex-1 gap-2">
          <Skeleton className="h-[13px] w-[32%]" />
          <Skeleton className="h-[13px] w-[68%]" />
        </span>
        <Skeleton className="h-[13px] w-[74px]" />
      </div>
    ))}
  </>
);
