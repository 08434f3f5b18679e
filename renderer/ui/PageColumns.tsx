import type { ReactNode } from 'react';

export interface PageColumnsProps {
  readonly children: ReactNode;
  /** Beside the page where there is room, below it where there is not. */
  readonly aside?: ReactNode;
  readonly asideLabel?: string;
}

/** A page that scrolls: one wide column, and a narrow one for what is worth knowing beside it. */
export const PageColumns = ({ children, aside, asideLabel }: PageColumnsProps) => (
  <div className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]">
    <div className="mx-auto grid w-full max-w-[1180px] gap-5 p-6 min-[1060px]:grid-cols-[minmax(0,1fr)_340px]">
      <div className="grid min-w-0 content-start gap-5">{children}</div>
      {aside !== undefined && (
        <aside
          aria-label={asideLabel}
          className="grid min-w-0 content-start items-start gap-4 min-[720px]:max-[1059px]:grid-cols-2"
        >
          {aside}
        </aside>
      )}
    </div>
  </div>
);
