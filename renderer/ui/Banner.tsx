import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import { IconButton } from './IconButton';

export interface BannerProps {
  readonly tone: 'warn' | 'bad';
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly onClose?: () => void;
}

const tones = {
  warn: 'border-[color-mix(in_srgb,var(--warn)_35%,var(--line))] bg-[color-mix(in_srgb,var(--warn)_9%,var(--surface))]',
  bad: 'border-[color-mix(in_srgb,var(--bad)_35%,var(--line))] bg-[color-mix(in_srgb,var(--bad)_8%,var(--surface))]',
} as const;

/** What is wrong at the moment, since when, and the way out. */
export const Banner = ({ tone, children, action, onClose }: BannerProps) => (
  <div
    role={tone === 'bad' ? 'alert' : 'status'}
    className={`flex min-h-11 flex-wrap items-center gap-x-[10px] gap-y-1 border-b px-4 py-[6px] ${tones[tone]}`}
  >
    <Icon
      icon={tone === 'bad' ? CircleAlert : TriangleAlert}
      className={tone === 'bad' ? 'text-bad-ink' : 'text-warn-ink'}
    />
    <p className="selectable m-0 min-w-[220px] flex-1 break-words">{children}</p>
    <span className="ms-auto flex items-center gap-2">
      {action}
      {onClose !== undefined && <IconButton icon={X} label="Hide this" onPress={onClose} />}
    </span>
  </div>
);
