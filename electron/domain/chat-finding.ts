/** Marks over and under letters, vowel points, joiners and invisible signs: nobody types them when looking for a name. */
const unseen =
  /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0e|\ufe0f/g;

/** Letters that do not come apart into a letter and its mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const allAscii = /^[\0-\x7f]*$/;

/** A text as it is compared: without case, accents and signs that cannot be seen. Keeps line ends, so that a list can be folded at once. */
export const foldName = (text: string): string =>
  allAscii.test(text)
    ? text.toLowerCase()
    : text
        .toLowerCase()
        .normalize('NFKD')
        .replace(unseen, '')
        .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter] ?? letter);

/** How well something fits, the best first. */
export const findingRanks = { whole: 0, beginning: 1, wordBeginning: 2, part: 3 } as const;
export type FindingRank = (typeof findingRanks)[keyof typeof findingRanks];

/** A part of a number, and whether it can only be its beginning. */
interface NumberPart {
  readonly digits: string;
  readonly international: boolean;
}

/** What a person typed to find a chat. */
export interface ChatFinding {
  /** Folded, with single blanks. */
  readonly phrase: string;
  readonly words: readonly string[];
  /** When it can be (a part of) a phone number. */
  readonly number: NumberPart | undefined;
}

/** Fewer digits are in every number. */
const fewestDigits = 3;

/** A number as people write it: `+55 11 4002-0022`, `0055…`, `(011) 4002.0022`, `+44 (0)20 …`. */
const readNumber = (typed: string): NumberPart | undefined => {
  if (!/^[+\d\s().\-/]+$/.test(typed)) return undefined;
  const digits = typed.replace('(0)', '').replaceAll(/\D/g, '');
  const international = typed.startsWith('+') || digits.startsWith('00');
  // A zero in front is dialled within a country and is no part of the number.
  const bare = digits.replace(/^0+/, '');
  return bare.length < fewestDigits ? undefined : { digits: bare, international };
};

/** Undefined when there is nothing to look for. */
export const readFinding = (query: string): ChatFinding | undefined => {
  const typed = query.normalize('NFKC').trim();
  const words = foldName(typed)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? undefined : { phrase: words.join(' '), words, number: readNumber(typed) };
};

const isLetterOrDigit = /[\p{L}\p{N}]/u;

/** Where a text that holds `part` holds it best. */
const rankWithin = (name: string, part: string): FindingRank | undefined => {
  let at = name.indexOf(part);
  if (at < 0) return undefined;
  if (at === 0) return name.length === part.length ? findingRanks.whole : findingRanks.beginning;
  for (; at > 0; at = name.indexOf(part, at + 1)) {
    if (!isLetterOrDigit.test(name[at - 1] ?? '')) return findingRanks.wordBeginning;
  }
  return findingRanks.part;
};

/** Words in any order are never the name itself or its beginning. */
const rankOfWords = (name: string, words: readonly string[]): FindingRank | undefined => {
  let worst: FindingRank = findingRanks.wordBeginning;
  for (const word of words) {
    const rank = rankWithin(name, word);
    if (rank === undefined) return undefined;
    if (rank > worst) worst = rank;
  }
  return worst;
};

/** How well a name, folded by `foldName`, fits; undefined when it does not. */
export const rankOfName = ({ phrase, words }: ChatFinding, foldedName: string): FindingRank | undefined =>
  rankWithin(foldedName, phrase) ?? (words.length > 1 ? rankOfWords(foldedName, words) : undefined);

/** How well a phone number fits, digits only. */
export const rankOfNumber = ({ number }: ChatFinding, digits: string): FindingRank | undefined => {
  if (number === undefined) return undefined;
  const at = digits.indexOf(number.digits);
  if (at < 0 || (at > 0 && number.international)) return undefined;
  if (at > 0) return findingRanks.part;
  return digits.length === number.digits.length ? findingRanks.whole : findingRanks.beginning;
};
