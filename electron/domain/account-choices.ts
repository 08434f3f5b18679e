import type { Account } from '../contract/entities/account';
import type { AccountId } from '../contract/ids';

/** Number of colours in the palette; an account's colour is an index into it. */
export const paletteSize = 10;

/** The first colour that no account has; when all are taken, the first of those that the fewest accounts have. */
export const nextFreeColor = (accounts: readonly Pick<Account, 'color'>[]): number => {
  const uses = Array.from({ length: paletteSize }, (_, color) => accounts.filter((one) => one.color === color).length);
  return uses.indexOf(Math.min(...uses));
};

/** The place after the last account of the rail. */
export const nextPosition = (accounts: readonly Pick<Account, 'position'>[]): number =>
  accounts.reduce((last, account) => Math.max(last, account.position), -1) + 1;

const comparable = (label: string): string => label.normalize('NFC').trim().toLowerCase();

/** The account that a person would confuse with the label: same text but for case, outer spaces and Unicode composition. */
export const findSameLabel = (accounts: readonly Account[], label: string, except?: AccountId): Account | undefined =>
  accounts.find((account) => account.id !== except && comparable(account.label) === comparable(label));
