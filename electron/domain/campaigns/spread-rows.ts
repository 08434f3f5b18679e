import type { AccountId } from '../../contract/ids';

/** What decides which account writes a row. */
export interface SpreadRow {
  /** The account that the caller has named. */
  readonly given: AccountId | undefined;
  /** The account that has a chat with the person. */
  readonly acquainted: AccountId | undefined;
}

/**
 * The account of each row: the one that was named, else the one that knows the person, else the one that has the fewest rows so
 * far, in the order of the campaign's accounts.
 */
export const spreadRows = (rows: readonly SpreadRow[], accountIds: readonly AccountId[]): readonly AccountId[] => {
  const load = new Map<AccountId, number>(accountIds.map((id) => [id, 0]));
  const take = (accountId: AccountId): AccountId => {
    load.set(accountId, (load.get(accountId) ?? 0) + 1);
    return accountId;
  };
  const settled = rows.map(({ given, acquainted }) => {
    const accountId = given ?? acquainted;
    return accountId === undefined ? undefined : take(accountId);
  });
  const idlest = (): AccountId => {
    const [first, ...others] = [...load];
    if (first === undefined) throw new Error('a campaign has no account');
    return others.reduce((least, one) => (one[1] < least[1] ? one : least), first)[0];
  };
  return settled.map((accountId) => accountId ?? take(idlest()));
};
