import type { Account } from '../contract/entities/account';

/** The id as the program that made the session wrote it: ours are lower case. */
export const sessionIdOf = ({ id, label }: Pick<Account, 'id' | 'label'>): string =>
  label.toLowerCase() === id ? label : id;
