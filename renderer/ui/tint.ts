import type { CSSProperties } from 'react';

/** Words for the tints in their order, because colour alone says nothing to many. */
export const tintNames = [
  'Blue',
  'Orange',
  'Teal',
  'Purple',
  'Pink',
  'Olive',
  'Sky',
  'Brown',
  'Indigo',
  'Magenta',
] as const;

type TintStyle = CSSProperties & { readonly '--c': string };

const styles: readonly TintStyle[] = tintNames.map((_, index) => ({ '--c': `var(--tint-${index})` }));

/** The style that gives an element with class `tinted` one of the tints, for both themes. */
export const tintStyle = (index: number): TintStyle => styles[index % styles.length] ?? { '--c': 'var(--accent)' };
