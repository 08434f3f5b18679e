/** A bar that says how much is left or done; the words stand beside it. `share` is 0 to 1. */
export const Meter = ({ share }: { readonly share: number }) => (
  <span aria-hidden="true" className="block h-[6px] min-w-0 flex-1 overflow-hidden rounded-[3px] bg-surface-2">
    <span
      className="block h-full origin-left rounded-[3px] bg-accent transition-transform duration-1000 ease-linear rtl:origin-right"
      style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }}
    />
  </span>
);
