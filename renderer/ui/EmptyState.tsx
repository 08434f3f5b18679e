import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** The one thing to do now. */
  readonly action?: ReactNode;
  /** Spoken at once: something went wrong. */
  readonly alert?: boolean;
}

/** Says what a place is for while nothing is in it, or what went wrong, and what to do. */
export const EmptyState = ({ icon, title, children, action, alert = false }: EmptyStateProps) => (
  <div
    data-empty
    role={alert ? 'alert' : undefined}
    className="mx-auto flex h-full max-w-[340px] flex-col items-center justify-center gap-[6px] px-6 py-8 text-center"
  >
    <span className="mb-2 grid size-11 place-items-center rounded-[13px] border border-line bg-surface text-text-3">
      <Icon icon={icon} size={20} />
    </span>
    <h2 className="m-0 text-[15px] font-[620] tracking-[-0.005em]">{title}</h2>
    {children !== undefined && <div className="break-words text-text-2">{children}</div>}
    {action !== undefined && <div className="mt-3">{action}</div>}
  </div>
);
