import type { Account } from '../../../contract/entities/account';
import { element, setText } from './element';

const initials = (label: string): string => {
  const words = label.split(/[\s_-]+/).filter((word) => word !== '');
  const [first = '', second = ''] = words;
  const letters = words.length > 1 ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2);
  return letters.join('').toLocaleUpperCase();
};

/** The account's colour with its first letters; its name stands beside it. */
export const accountTile = (): { readonly root: HTMLElement; update(account: Account): void } => {
  const root = element('span', { class: 'tile', 'aria-hidden': 'true' });
  return {
    root,
    update({ label, color }) {
      setText(root, initials(label));
      root.dataset['tint'] = String(color);
    },
  };
};
