import type { ErrorCode } from '../errors';
import { accountIdSchema, groupIdSchema } from '../ids';

/** Where the groups of an account are. */
export const groupsPath = '/sessions/:accountId/groups';

/** What every operation about one group takes. */
export const groupInput = { accountId: accountIdSchema, groupId: groupIdSchema };

/** What can keep the page of an account from doing anything at all. */
export const pageErrors: readonly ErrorCode[] = [
  'ACCOUNT_NOT_FOUND',
  'SESSION_NOT_READY',
  'SESSION_TIMEOUT',
  'SESSION_CRASHED',
  'PAGE_REFUSED',
];

/** The same for what is about one group. */
export const groupErrors: readonly ErrorCode[] = [...pageErrors, 'GROUP_NOT_FOUND'];
