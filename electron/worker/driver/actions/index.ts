import { type ErrorCode, OperationError } from '../../../contract/errors';
import type { WorkerRequestInput } from '../../../contract/frames';
import type { Operation } from '../../../contract/operation';
import { type PageOperations, pageOperations } from '../../../contract/operations/page-operations';
import { DeadlineError, within } from '../../deadline';
import { isPageGone, reasonOf } from '../page-access';
import { chatActions } from './chat-actions';
import { contactActions } from './contacts';
import { groupSettingActions } from './group-settings';
import { groupActions } from './groups';
import { labelActions } from './labels';
import { messageActions } from './message-actions';
import type { ActionFile, ActionPage, PageActions } from './page-actions';
import { presenceActions } from './presence';
import { profileActions } from './profile';
import { statusActions } from './statuses';

/** For the page to do one thing, in ms; with a file, which it uploads first. */
const actionLimitMs = 45_000;
const fileActionLimitMs = 110_000;

const actions: PageActions<PageOperations> = {
  ...contactActions,
  ...profileActions,
  ...presenceActions,
  ...groupActions,
  ...groupSettingActions,
  ...labelActions,
  ...chatActions,
  ...messageActions,
  ...statusActions,
};

type AnyAction = (page: ActionPage, input: unknown, file: ActionFile | undefined) => Promise<unknown>;

const actionOf = (operation: string): AnyAction | undefined =>
  // The input was checked by the operation's own schema before it came here.
  Object.hasOwn(actions, operation) ? (actions as unknown as Record<string, AnyAction>)[operation] : undefined;

const effectOf = (operation: string): Operation['effect'] | undefined =>
  (pageOperations as Readonly<Record<string, Operation>>)[operation]?.effect;

const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof DeadlineError) return 'SESSION_TIMEOUT';
  return isPageGone(error) ? 'SESSION_CRASHED' : 'PAGE_REFUSED';
};

/** Does a page operation by its name. Rejects with OperationErrors only. */
export const actOnPage = async (page: ActionPage, order: WorkerRequestInput<'act'>): Promise<unknown> => {
  const { operation, input, file } = order;
  const { accountId } = page;
  const action = actionOf(operation);
  if (action === undefined) {
    throw new OperationError('OPERATION_NOT_FOUND', `Account ${accountId} cannot do ${operation} in its page.`);
  }
  try {
    return await within(
      action(page, input, file),
      file === undefined ? actionLimitMs : fileActionLimitMs,
      `WhatsApp Web’s answer to ${operation}`,
    );
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const code = codeOf(error);
    // A page that says no has done nothing; one that says nothing may have.
    const effect = code === 'PAGE_REFUSED' || effectOf(operation) === 'read' ? 'none' : 'unknown';
    const text = `Account ${accountId} could not do ${operation}: ${reasonOf(error)}.`;
    throw new OperationError(code, text, { effect, cause: error });
  }
};
