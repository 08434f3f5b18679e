import { element, setText } from './element';
import type { StateWords } from './state-words';

/** A state in a word, with its colour and shape. */
export const statePill = (): { readonly root: HTMLElement; update(words: StateWords): void } => {
  const word = element('span');
  const root = element('span', { class: 'pill' }, element('span', { class: 'dot', 'aria-hidden': 'true' }), word);
  return {
    root,
    update(words) {
      root.dataset['tone'] = words.tone;
      setText(word, words.word);
    },
  };
};
