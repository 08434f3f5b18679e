import type { GroupChat } from 'whatsapp-web.js';
import type { Group } from '../../../contract/entities/group';
import { type ErrorCode, OperationError } from '../../../contract/errors';
import type { ChatId } from '../../../contract/ids';
import { translateGroup } from '../../translate-group';
import { evaluate } from '../page-access';
import { type GroupReading, readGroups } from '../page-groups';
import type { ActionPage } from './page-actions';

/** For the page to tell about all its groups, in ms. */
const readingLimitMs = 20_000;

/** Groups as the page has them, those that were left included. */
export const readGroupsOf = async (
  { client }: ActionPage,
  groupIds: readonly ChatId[] | undefined,
  reading: GroupReading,
): Promise<readonly Group[]> => {
  const raw = await evaluate(client, readGroups, [groupIds, reading], readingLimitMs);
  return raw.map(translateGroup).filter((group) => group !== undefined);
};

/** An error about one group: the sentence begins with the account and ends with the field. */
export const groupError = (
  code: ErrorCode,
  { accountId }: ActionPage,
  groupId: ChatId,
  what: string,
  effect: 'none' | 'unknown' = 'none',
): OperationError => new OperationError(code, `Account ${accountId} ${what} (groupId ${groupId}).`, { effect });

/** One group as WhatsApp has it now. Throws GROUP_NOT_FOUND. */
export const lookAtGroup = async (page: ActionPage, groupId: ChatId, people = false): Promise<Group> => {
  const [group] = await readGroupsOf(page, [groupId], { fresh: true, people });
  if (group === undefined) throw groupError('GROUP_NOT_FOUND', page, groupId, 'has no such group');
  return group;
};

/** The same of a group that the account is in. Throws GROUP_NOT_FOUND. */
export const lookAsMember = async (page: ActionPage, groupId: ChatId): Promise<Group> => {
  const group = await lookAtGroup(page, groupId);
  if (group.ownRole === undefined) {
    throw groupError('GROUP_NOT_FOUND', page, groupId, `is no longer in the group “${group.name}”`);
  }
  return group;
};

/** The same of a group that the account is an admin of; `wish` says in the error what only admins do. */
export const lookAsAdmin = async (page: ActionPage, groupId: ChatId, wish: string): Promise<Group> => {
  const group = await lookAsMember(page, groupId);
  if (group.ownRole === 'member') {
    const what = `is not an admin of the group “${group.name}”, and only admins ${wish}`;
    throw groupError('NOT_GROUP_ADMIN', page, groupId, what);
  }
  return group;
};

/** The same of a group whose name, description and picture the account may change. */
export const lookAsEditor = async (page: ActionPage, groupId: ChatId, wish: string): Promise<Group> => {
  const group = await lookAsMember(page, groupId);
  return group.infoAdminOnly ? lookAsAdmin(page, groupId, `${wish} there`) : group;
};

/** The group in the hands of the library. */
export const groupChatOf = async (page: ActionPage, groupId: ChatId): Promise<GroupChat> => {
  const chat = await page.client.getChatById(groupId);
  if (!chat.isGroup) throw groupError('GROUP_NOT_FOUND', page, groupId, 'has no such group');
  return chat as GroupChat;
};
