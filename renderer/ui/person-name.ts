const controls = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A name for accessible names and titles, where no markup can keep its direction to itself. */
export const plainName = (name: string): string => name.replace(controls, '').trim();

const firstGrapheme = (word: string): string => {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word);
  return first?.segment ?? '';
};

const isWord = (word: string): boolean => /^[\p{L}\p{N}]/u.test(word);

/** Up to two letters that stand for a person: of the first and the last word, one for scripts without capitals. */
export const initialsOf = (name: string): string => {
  const words = plainName(name).split(/\s+/).filter(isWord);
  const [first] = words;
  if (first === undefined) return '#';
  const letter = firstGrapheme(first);
  if (!/^\p{Lu}|^\p{Ll}/u.test(letter)) return /^\p{N}/u.test(letter) ? '#' : letter;
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  return `${letter}${/^\p{L}/u.test(last) ? last : ''}`.toLocaleUpperCase();
};

/** The two letters of an account's tile: the start of its label. */
export const tileLetters = (label: string): string => {
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(plainName(label))];
  return graphemes
    .map((part) => part.segment)
    .filter((part) => part.trim() !== '')
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase();
};

/** Quiet grounds for round pictures; white letters are legible on all of them. */
const grounds = [
  '#5f7299',
  '#8a6c4d',
  '#4d7868',
  '#6f5d99',
  '#985d5d',
  '#577594',
  '#477390',
  '#74743f',
  '#8d5f7e',
  '#5b7a5b',
  '#786857',
  '#5a6b7d',
];

/** Always the same ground for the same name or number. */
export const groundOf = (seed: string): string => {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return grounds[hash % grounds.length] ?? '#5f7299';
};
