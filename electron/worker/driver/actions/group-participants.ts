import type { AddedParticipant, ChangedParticipant, ChangedParticipantStatus } from '../../../contract/entities/group';
import { OperationError } from '../../../contract/errors';
import type { groupOperations } from '../../../contract/operations/groups';
import type { ParsedInput } from '../../../contract/registry';
import { finiteNumberOf } from '../../raw-page';
import { evaluate, isPageGone, reasonOf } from '../page-access';
import { findPeople, type PlaceInGroup } from '../page-groups';
import { untilSeen } from '../until-seen';
import { groupChatOf, groupError, lookAsAdmin, lookAtGroup } from './group-look';
import type { ActionPage, PageActions } from './page-actions';

/** For looking for people, of whom some may have to be asked of WhatsApp, in ms. */
const findLimitMs = 30_000;

type People = Omit<ParsedInput<'groups.addParticipants'>, 'accountId'>;
type PersonId = People['participants'][number];
type Places = ReadonlyMap<PersonId, PlaceInGroup>;
type Change = 'remove' | 'promote' | 'demote';

/** WhatsApp's status of one person who was to be added, as a word and a sentence. */
const additions: Readonly<Record<number, Omit<AddedParticipant, 'id'>>> = {
  200: { status: 'added' },
  202: { status: 'awaiting_approval', message: 'An admin of the group has to agree first.' },
  403: {
    status: 'invitation_needed',
    message: 'Lets nobody add them to groups just like that; send them the invite link of the group.',
  },
  404: { status: 'not_on_whatsapp', message: 'There is nobody on WhatsApp with this number.' },
  408: { status: 'left_recently', message: 'Has left the group a short time ago; WhatsApp lets nobody add them yet.' },
  409: { status: 'already_member', message: 'Is in the group already.' },
  417: {
    status: 'invitation_needed',
    message: 'Cannot be added to a group of a community; send them the invite link of the group.',
  },
  419: { status: 'group_full', message: 'The group is full.' },
};

/** What a status of WhatsApp means for one person. */
export const additionOf = (code: number | undefined): Omit<AddedParticipant, 'id'> =>
  additions[code ?? 0] ?? {
    status: 'refused',
    message: code === undefined ? 'WhatsApp did not say why.' : `WhatsApp refused it with its status ${code}.`,
  };

/** Where people are in a group. With `ask`, who is not found is asked of WhatsApp. */
const placesIn = async ({ client }: ActionPage, groupId: string, ids: readonly PersonId[], ask: boolean) => {
  const places = await evaluate(client, findPeople, [groupId, ids, ask], findLimitMs);
  const found = ids.flatMap((id, index) => {
    const place = places[index];
    return place === undefined ? [] : [[id, place] as const];
  });
  return new Map(found) satisfies Places;
};

const addParticipants = async (page: ActionPage, { groupId, participants }: People) => {
  await lookAsAdmin(page, groupId, 'add people');
  const ids = [...new Set(participants)];
  // Of people who are in it the library asks all the same, and WhatsApp's answer differs between builds.
  const places = await placesIn(page, groupId, ids, false);
  const outside = ids.filter((id) => places.get(id)?.isMember !== true);
  const outcomes: Additions = outside.length === 0 ? new Map() : await addOutsiders(page, groupId, outside);
  return { groupId, participants: ids.map((id) => ({ id, ...(outcomes.get(id) ?? additionOf(409)) })) };
};

type Additions = ReadonlyMap<PersonId, Omit<AddedParticipant, 'id'>>;

const addOutsiders = async (
  page: ActionPage,
  groupId: People['groupId'],
  ids: readonly PersonId[],
): Promise<Additions> => {
  const chat = await groupChatOf(page, groupId);
  try {
    // An invitation would be a message that no outbox knows.
    const results = await chat.addParticipants([...ids], { autoSendInviteV4: false });
    if (typeof results === 'string') {
      throw groupError('PAGE_REFUSED', page, groupId, `could not add people (participants): ${results}`);
    }
    // The library's own typing of its answer is one level too deep.
    const told = results as Readonly<Record<string, { readonly code?: unknown }>>;
    return new Map(ids.map((id) => [id, additionOf(finiteNumberOf(told[id]?.code))]));
  } catch (error) {
    if (error instanceof OperationError || isPageGone(error)) throw error;
    // People are added one after the other: some may be in it by now.
    return additionsSeen(page, groupId, ids, reasonOf(error));
  }
};

const additionsSeen = async (
  page: ActionPage,
  groupId: People['groupId'],
  ids: readonly PersonId[],
  reason: string,
): Promise<Additions> => {
  await lookAtGroup(page, groupId);
  const places = await placesIn(page, groupId, ids, false);
  const failed = { status: 'refused', message: `WhatsApp Web gave up before or at this person: ${reason}.` } as const;
  return new Map(ids.map((id) => [id, places.get(id)?.isMember === true ? additionOf(200) : failed]));
};

const wishes: Readonly<Record<Change, string>> = {
  remove: 'remove people',
  promote: 'make others admins',
  demote: 'take the admin role from others',
};
const doneWords: Readonly<Record<Change, ChangedParticipantStatus>> = {
  remove: 'removed',
  promote: 'promoted',
  demote: 'demoted',
};

/** Why there is nothing to be done for one person, or nothing that can be done. */
const leftAlone = (kind: Change, place: PlaceInGroup | undefined): Omit<ChangedParticipant, 'id'> | undefined => {
  if (place?.isMember !== true) return { status: 'not_a_member', message: 'Is not in the group.' };
  if (kind === 'promote') {
    return place.isAdmin ? { status: 'already_admin', message: 'Is an admin of the group already.' } : undefined;
  }
  if (kind === 'remove' && place.isSelf) {
    return { status: 'refused', message: 'Is this account itself; leave the group instead.' };
  }
  if (place.isOwner) return { status: 'refused', message: 'Has made the group, and nobody can remove or demote them.' };
  return kind === 'demote' && !place.isAdmin
    ? { status: 'no_admin', message: 'Is not an admin of the group.' }
    : undefined;
};

const isDone = (kind: Change, place: PlaceInGroup | undefined): boolean =>
  kind === 'remove' ? place?.isMember === false : place?.isMember === true && place.isAdmin === (kind === 'promote');

/** The library calls these changes done whatever has become of them, so the group itself is asked before and after. */
const changer =
  (kind: Change) =>
  async (page: ActionPage, { groupId, participants }: People) => {
    await lookAsAdmin(page, groupId, wishes[kind]);
    const ids = [...new Set(participants)];
    const before: Places = await placesIn(page, groupId, ids, true);
    const wanted = ids.filter((id) => leftAlone(kind, before.get(id)) === undefined);
    const after = wanted.length === 0 ? before : await changeAll(page, groupId, kind, wanted);
    return {
      groupId,
      participants: ids.map((id): ChangedParticipant => {
        const reason = leftAlone(kind, before.get(id));
        if (reason !== undefined) return { id, ...reason };
        if (isDone(kind, after.get(id))) return { id, status: doneWords[kind] };
        return { id, status: 'refused', message: 'WhatsApp left it as it was.' };
      }),
    };
  };

const changeAll = async (
  page: ActionPage,
  groupId: People['groupId'],
  kind: Change,
  ids: readonly PersonId[],
): Promise<Places> => {
  const chat = await groupChatOf(page, groupId);
  await chat[`${kind}Participants`]([...ids]);
  const look = (): Promise<Places> => placesIn(page, groupId, ids, false);
  const areDone = (places: Places): boolean => ids.every((id) => isDone(kind, places.get(id)));
  const seen = await untilSeen(look, areDone);
  if (areDone(seen)) return seen;
  // The page may have missed what was told of it.
  await lookAtGroup(page, groupId);
  return look();
};

/** The part of the group actions about who is in a group. */
export const groupParticipantActions: Pick<
  PageActions<typeof groupOperations>,
  'groups.addParticipants' | 'groups.removeParticipants' | 'groups.promoteParticipants' | 'groups.demoteParticipants'
> = {
  'groups.addParticipants': addParticipants,
  'groups.removeParticipants': changer('remove'),
  'groups.promoteParticipants': changer('promote'),
  'groups.demoteParticipants': changer('demote'),
};
