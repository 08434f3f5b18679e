import { OperationError } from '../../../contract/errors';
import { untilSeen } from '../until-seen';
import type { ActionPage } from './page-actions';

/** Waits until the page shows a change that it was asked for; the library says the same whether or not anything happened. */
export const untilShown = async <Value>(
  page: ActionPage,
  what: string,
  look: () => Promise<Value | undefined>,
): Promise<Value> => {
  const value = await untilSeen(look, (seen) => seen !== undefined);
  if (value !== undefined) return value;
  throw new OperationError(
    'SESSION_TIMEOUT',
    `Account ${page.accountId} asked WhatsApp Web to ${what}, and it does not show that it was done. Look before you try again.`,
    { effect: 'unknown' },
  );
};
