import { chatActionOperations } from './chat-actions';
import { contactOperations } from './contacts';
import { groupSettingOperations } from './group-settings';
import { groupOperations } from './groups';
import { labelOperations } from './labels';
import { messageActionOperations } from './message-actions';
import { presenceOperations } from './presence';
import { profileOperations } from './profile';
import { statusOperations } from './statuses';

/**
 * Everything that only the account's own page can do. Each takes an `accountId`, is asked of the page of a ready account and
 * answered by `worker/driver/actions`; a `mediaId` in its input names an uploaded file, which the page gets with it.
 */
export const pageOperations = {
  ...contactOperations,
  ...profileOperations,
  ...presenceOperations,
  ...groupOperations,
  ...groupSettingOperations,
  ...labelOperations,
  ...chatActionOperations,
  ...messageActionOperations,
  ...statusOperations,
} as const;

export type PageOperations = typeof pageOperations;
export type PageOperationName = keyof PageOperations;
