/** How many wait. The number is also in the accessible name of what it sits on. */
export const Badge = ({ count }: { readonly count: number }) => (
  <span
    aria-hidden="true"
    className="tabular inline-grid h-[18px] min-w-[18px] place-items-center rounded-[9px] bg-accent px-[5px] text-[11px] font-[650] leading-none text-on-accent"
  >
    {count > 999 ? '999+' : count}
  </span>
);
