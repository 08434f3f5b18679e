import { cx } from './class-names';

export type DotTone = 'ok' | 'busy' | 'off' | 'bad';

const fills: Record<DotTone, string> = {
  ok: 'bg-ok',
  busy: 'border-[2.5px] border-warn bg-surface',
  off: 'border-2 border-text-3 bg-surface',
  bad: 'bg-bad text-[9px] font-bold leading-none text-[light-dark(#fff,#26090c)]',
};

/** A state by colour and by shape: full, thick ring, thin ring, disc with a mark. The word stands beside it or in a name. */
export const StateDot = ({ tone, size = 9 }: { readonly tone: DotTone; readonly size?: number }) => (
  <span
    aria-hidden="true"
    style={{ width: size, height: size }}
    className={cx('keep-color grid shrink-0 place-items-center rounded-full', fills[tone])}
  >
    {tone === 'bad' && size > 8 ? '!' : undefined}
  </span>
);
