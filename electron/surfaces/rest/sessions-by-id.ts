import { type Caller, mayTouch } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import { sessionIdOf } from '../../application/session-ids';
import type { Account } from '../../contract/entities/account';
import { fromOperationError, restError } from './rest-error';

/** The account behind a session id, in whatever case that is written. Throws SESSION_NOT_FOUND, or 403 for a key of other sessions. */
export type SessionById = (caller: Caller, sessionId: string) => Promise<Account>;

export const createSessionById =
  (dispatch: Dispatch): SessionById =>
  async (caller, sessionId) => {
    const wanted = sessionId.toLowerCase();
    // Whether a session exists is nobody's business but those who may see it: the list is asked as the console itself.
    const listed = await dispatch({ kind: 'api', name: caller.name, scopes: ['read'] }, 'accounts.list', {});
    if (!listed.ok) throw fromOperationError(listed.error);
    const account = listed.data.accounts.find(({ id }) => id === wanted);
    if (account === undefined) {
      const words = `There is no session ${sessionId}; GET /api/v1/sessions lists those there are.`;
      throw restError(404, 'SESSION_NOT_FOUND', words);
    }
    if (!mayTouch(caller, account.id)) {
      throw restError(403, 'FORBIDDEN', `This API key may not use session ${sessionIdOf(account)}.`);
    }
    return account;
  };
