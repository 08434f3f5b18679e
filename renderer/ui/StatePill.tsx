import { cx } from './class-names';
import { type DotTone, StateDot } from './StateDot';

const tones: Record<DotTone, string> = {
  ok: 'text-ok-ink bg-[color-mix(in_srgb,var(--ok)_11%,var(--surface))]',
  busy: 'text-warn-ink bg-[color-mix(in_srgb,var(--warn)_12%,var(--surface))]',
  off: 'text-text-2 bg-surface-2',
  bad: 'text-bad-ink bg-[color-mix(in_srgb,var(--bad)_11%,var(--surface))]',
};

/** A state in a word, with its dot. */
export const StatePill = ({ tone, children }: { readonly tone: DotTone; readonly children: string }) => (
  <span
    className={cx(
      'tabular inline-flex h-6 shrink-0 items-center gap-[7px] whitespace-nowrap rounded-full px-[10px] text-[12.5px] font-[560]',
      tones[tone],
    )}
  >
    <StateDot tone={tone} />
    {children}
  </span>
);
