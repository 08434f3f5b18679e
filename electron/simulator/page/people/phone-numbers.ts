/** Behind a country calling code (or one with an area code): how the digits are grouped by their number. */
interface Country {
  readonly groups: Readonly<Record<number, readonly number[]>>;
  /** How many groups stand alone before hyphens begin. */
  readonly hyphensAfter?: number;
}

/**
 * How numbers of some countries are written internationally. Everything else is grouped by length alone: a table of all
 * countries, with their area codes of different length, is far more than a practice page may weigh.
 */
const COUNTRIES: Readonly<Record<string, Country>> = {
  1: { groups: { 10: [3, 3, 4] }, hyphensAfter: 1 },
  7: { groups: { 10: [3, 3, 2, 2] }, hyphensAfter: 2 },
  33: { groups: { 9: [1, 2, 2, 2, 2] } },
  34: { groups: { 9: [3, 2, 2, 2] } },
  39: { groups: { 10: [3, 3, 4] } },
  44: { groups: { 10: [4, 6] } },
  4420: { groups: { 10: [2, 4, 4] } },
  49: { groups: { 10: [3, 7], 11: [4, 7] } },
  52: { groups: { 10: [3, 3, 4], 11: [1, 3, 3, 4] } },
  54: { groups: { 11: [1, 2, 4, 4] }, hyphensAfter: 3 },
  55: { groups: { 10: [2, 4, 4], 11: [2, 5, 4] }, hyphensAfter: 2 },
  62: { groups: { 10: [3, 3, 4], 11: [3, 4, 4] }, hyphensAfter: 1 },
  91: { groups: { 10: [5, 5] } },
  971: { groups: { 9: [2, 3, 4] } },
};

const BY_LENGTH: Country['groups'] = { 8: [4, 4], 9: [2, 3, 4], 10: [3, 3, 4], 11: [2, 5, 4], 12: [3, 4, 5] };

/** "5511987654321" → "+55 11 98765-4321". */
export function formatNumber(digits: string): string {
  const code = countryCode(digits);
  const national = digits.slice(code.length);
  // Some area codes are written in their own way.
  const country = COUNTRIES[digits.slice(0, code.length + 2)] ?? COUNTRIES[code];
  const groups = country?.groups[national.length] ?? BY_LENGTH[national.length] ?? [national.length];
  let at = 0;
  const parts = groups.map((length) => {
    at += length;
    return national.slice(at - length, at);
  });
  const alone = country?.hyphensAfter ?? parts.length;
  const joined = parts.slice(alone - 1).join('-');
  return `+${[code, ...parts.slice(0, alone - 1), joined].join(' ')}`;
}

const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** Every calling code has one, two or three digits; one and two are listed, the rest has three. */
export function countryCode(digits: string): string {
  if (digits.startsWith('1') || digits.startsWith('7')) return digits.slice(0, 1);
  return TWO_DIGITS.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}
