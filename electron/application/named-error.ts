import type { OperationError, OperationErrorShape } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { withLabels } from '../domain/account-names';

/** The error in words for people: parts below know ids, people know labels. */
export const namedError = (
  error: OperationError,
  labelOf: (accountId: AccountId) => string | undefined,
): OperationErrorShape => {
  const shape = error.toShape();
  const { accountId, problem, ...data } = error.data ?? {};
  if (typeof accountId !== 'string' || typeof problem !== 'string') {
    return { ...shape, message: withLabels(shape.message, (id) => labelOf(id as AccountId)) };
  }
  const label = labelOf(accountId as AccountId) ?? `account ${accountId}`;
  return { ...shape, message: `${label}: ${problem}`, data: { ...data, accountId } };
};
