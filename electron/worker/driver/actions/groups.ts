import type { AddedParticipant, Group } from '../../../contract/entities/group';
import { OperationError } from '../../../contract/errors';
import { type ChatId, groupIdSchema } from '../../../contract/ids';
import type { groupOperations } from '../../../contract/operations/groups';
import type { ParsedInput } from '../../../contract/registry';
import { isRaw, widOf } from '../../raw-page';
import { reasonOf } from '../page-access';
import { findPicture } from '../picture';
import { untilSeen } from '../until-seen';
import { groupInviteActions } from './group-invites';
import { groupChatOf, groupError, lookAsMember, lookAtGroup, readGroupsOf } from './group-look';
import { additionOf, groupParticipantActions } from './group-participants';
import type { ActionPage, PageActions } from './page-actions';

type NewGroup = Omit<ParsedInput<'groups.create'>, 'accountId'>;

/** The groups that the account is in. */
const ownGroups = async (page: ActionPage): Promise<readonly Group[]> =>
  (await readGroupsOf(page, undefined, { fresh: false, people: false })).filter(({ ownRole }) => ownRole !== undefined);

const compareTexts = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

const without = (group: Group, excluded: ReadonlySet<string>): Group => {
  const { description, participants, ...rest } = group;
  return {
    ...rest,
    ...(description === undefined || excluded.has('description') ? {} : { description }),
    ...(participants === undefined || excluded.has('participants') ? {} : { participants }),
  };
};

const list = async (page: ActionPage, input: Omit<ParsedInput<'groups.list'>, 'accountId'>) => {
  const excluded = new Set(input.exclude?.split(','));
  const direction = input.sortOrder === 'asc' ? 1 : -1;
  const sorted = (await ownGroups(page)).toSorted(
    (one, other) =>
      direction * (compareTexts(one[input.sortBy], other[input.sortBy]) || compareTexts(one.id, other.id)),
  );
  const wanted = sorted.slice(input.offset, input.offset + input.limit);
  // Everybody in every group may be much: only for those that are answered.
  const full = excluded.has('participants')
    ? wanted
    : await readGroupsOf(
        page,
        wanted.map(({ id }) => id),
        { fresh: false, people: true },
      );
  return { groups: full.map((group) => without(group, excluded)), total: sorted.length };
};

/** The library tells each person's outcome under the id by which WhatsApp knows them, which may be written in another way. */
const outcomesOf = async (
  { client }: ActionPage,
  ids: readonly AddedParticipant['id'][],
  told: Readonly<Record<string, { readonly statusCode: number }>>,
): Promise<AddedParticipant[]> =>
  Promise.all(
    ids.map(async (id) => {
      const known = told[id] ?? told[(await client.getNumberId(id))?._serialized ?? ''];
      return { id, ...additionOf(known?.statusCode) };
    }),
  );

const describeNewGroup = async (
  page: ActionPage,
  groupId: ChatId,
  description: string,
): Promise<string | undefined> => {
  try {
    // The page hears of its new group a moment after it was made.
    await untilSeen(
      () => readGroupsOf(page, [groupId], { fresh: false, people: false }),
      (groups) => groups.length > 0,
    );
    const chat = await groupChatOf(page, groupId);
    return (await chat.setDescription(description)) ? undefined : 'WhatsApp refused the description.';
  } catch (error) {
    return `The description could not be set: ${reasonOf(error)}.`;
  }
};

const create = async (page: ActionPage, { name, participants, description }: NewGroup) => {
  const own = page.client.info?.wid?._serialized;
  const ids = [...new Set(participants)];
  const uncertain = (reason: string): OperationError => {
    const text = `Account ${page.accountId} asked for the group “${name}” (name), and WhatsApp Web did not confirm it: ${reason}. Look at the list of groups before asking again.`;
    return new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
  };
  const others = ids.filter((id) => id !== own);
  // An invitation would be a message that no outbox knows.
  const made = await page.client.createGroup(name, others, { autoSendInviteV4: false }).catch((error: unknown) => {
    throw uncertain(reasonOf(error));
  });
  if (typeof made === 'string') throw uncertain(made);
  const groupId = groupIdSchema.safeParse(widOf(made.gid));
  if (!groupId.success) throw uncertain('it did not tell the id of the group');
  const told = isRaw(made.participants) ? made.participants : {};
  const outcomes = await outcomesOf(page, others, told);
  const descriptionProblem =
    description === undefined || description === ''
      ? undefined
      : await describeNewGroup(page, groupId.data, description);
  return {
    groupId: groupId.data,
    participants: ids.map((id) => outcomes.find((one) => one.id === id) ?? { id, ...additionOf(409) }),
    ...(descriptionProblem === undefined ? {} : { descriptionProblem }),
  };
};

const leave = async (page: ActionPage, groupId: ChatId) => {
  const { name } = await lookAsMember(page, groupId);
  const chat = await groupChatOf(page, groupId);
  await chat.leave();
  const [group] = await untilSeen(
    () => readGroupsOf(page, [groupId], { fresh: true, people: false }),
    ([seen]) => seen?.ownRole === undefined,
  );
  if (group?.ownRole === undefined) return { groupId };
  const what = `asked to leave the group “${name}” and is still in it`;
  throw groupError('PAGE_REFUSED', page, groupId, what, 'unknown');
};

export const groupActions: PageActions<typeof groupOperations> = {
  ...groupParticipantActions,
  ...groupInviteActions,
  'groups.list': list,
  'groups.count': async (page) => ({ count: (await ownGroups(page)).length }),
  'groups.get': async (page, { groupId }) => ({ group: await lookAtGroup(page, groupId, true) }),
  'groups.create': create,
  'groups.leave': (page, { groupId }) => leave(page, groupId),
  'groups.listParticipants': async (page, { groupId, limit, offset }) => {
    const { participants = [] } = await lookAtGroup(page, groupId, true);
    return { participants: participants.slice(offset, offset + limit), total: participants.length };
  },
  'groups.getPicture': async (page, { groupId }) => {
    const { name } = await lookAtGroup(page, groupId);
    const picture = await findPicture(page, groupId, false);
    if (picture !== undefined) return { picture };
    throw groupError('PICTURE_NOT_FOUND', page, groupId, `finds no picture of the group “${name}”`);
  },
};
