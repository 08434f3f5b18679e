import type { ContactRow } from '../../frames';
import { Model } from '../core/model';
import type { Wid } from '../core/wid';

/** Somebody this account knows; groups have one of these as well. */
export class ContactModel extends Model {
  declare readonly id: Wid;
  declare readonly name: string | undefined;
  declare readonly pushname: string | undefined;
  declare readonly isBusiness: boolean;
  declare readonly isEnterprise: boolean;
  declare readonly isContactBlocked: boolean;

  get isGroup(): boolean {
    return this.id.isGroup();
  }

  /** The saved name, or the number as people write it: a name that only its owner chose is not shown as a title. */
  get formattedName(): string {
    return this.name ?? (this.id.isUser() ? formatNumber(this.id.user) : this.id._serialized);
  }
}

export function contactAttributes(id: Wid, row: Omit<ContactRow, 'id'>): object {
  return {
    id,
    name: row.name,
    shortName: row.name?.split(' ')[0],
    pushname: row.pushname,
    type: 'in',
    isBusiness: false,
    isEnterprise: false,
    isContactBlocked: false,
    labels: [],
    statusMute: false,
  };
}

/** How the digits behind the country code are grouped, by their number. */
const GROUPS: Readonly<Record<number, readonly number[]>> = {
  8: [4, 4],
  9: [2, 3, 4],
  10: [3, 3, 4],
  11: [2, 5, 4],
  12: [3, 4, 5],
};

/** "5511987654321" → "+55 11 98765 4321". */
export function formatNumber(digits: string): string {
  const code = countryCode(digits);
  const national = digits.slice(code.length);
  const parts = [code];
  let at = 0;
  for (const length of GROUPS[national.length] ?? [national.length]) {
    parts.push(national.slice(at, at + length));
    at += length;
  }
  return `+${parts.join(' ')}`;
}

const ONE_DIGIT = new Set(['1', '7']);
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** Every calling code has one, two or three digits; one and two are listed, the rest has three. */
export function countryCode(digits: string): string {
  if (ONE_DIGIT.has(digits.slice(0, 1))) return digits.slice(0, 1);
  return TWO_DIGITS.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}
