export interface MeterProps {
  /** 0 to 1. */
  readonly share: number;
  /** `limit`: what is used up of something; it warns as the end comes near. */
  readonly kind?: 'progress' | 'limit';
}

const fillOf = (share: number, kind: 'progress' | 'limit'): string => {
  if (kind === 'progress') return 'bg-accent';
  if (share >= 1) return 'bg-bad';
  return share >= 0.8 ? 'bg-warn' : 'bg-ok';
};

/** A bar that says how much is left or done; the words stand beside it. */
export const Meter = ({ share, kind = 'progress' }: MeterProps) => (
  <span aria-hidden="true" className="block h-[6px] min-w-0 flex-1 overflow-hidden rounded-[3px] bg-surface-2">
    <span
      className={`keep-color block h-full origin-left rounded-[3px] transition-transform duration-1000 ease-linear rtl:origin-right ${fillOf(share, kind)}`}
      style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }}
    />
  </span>
);
