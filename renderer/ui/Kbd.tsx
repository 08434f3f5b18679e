import { cx } from './class-names';

/** A key or a chord. */
export const Kbd = ({ children, inverse = false }: { readonly children: string; readonly inverse?: boolean }) => (
  <kbd
    className={cx(
      'whitespace-nowrap rounded-[5px] border px-[5px] py-px font-sans text-[11px] font-medium',
      inverse ? 'border-surface/35 text-surface' : 'border-line-strong bg-surface text-text-3',
    )}
  >
    {children}
  </kbd>
);
