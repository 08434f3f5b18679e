import { tileLetters } from './person-name';
import { tintStyle } from './tint';

/** A square mark: two letters on a tint. Decorative; the name is always beside it. */
export const Tile = ({ label, color }: { readonly label: string; readonly color: number }) => (
  <span
    aria-hidden="true"
    style={tintStyle(color)}
    className="tinted grid size-[34px] shrink-0 place-items-center rounded-[10px] bg-tint-weak text-[12px] font-[650] text-tint-ink"
  >
    {tileLetters(label)}
  </span>
);
