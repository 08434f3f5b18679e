import { OperationError } from '../../../contract/errors';
import { type ChatId, groupIdSchema } from '../../../contract/ids';
import type { groupOperations } from '../../../contract/operations/groups';
import { firstText, isRaw, secondsToMs } from '../../raw-page';
import { isOn, peopleCount } from '../../translate-group';
import { evaluate } from '../page-access';
import { joinByInvite, readInvite } from '../page-groups';
import { untilSeen } from '../until-seen';
import { readGroupsOf } from './group-look';
import type { ActionPage, PageActions } from './page-actions';

/** For WhatsApp to answer about an invite code, in ms. */
const inviteLimitMs = 15_000;

/** Where an admin has to agree first, there may be a quick one, or a program of theirs, in ms. */
const quickApprovalMs = 1_000;

/** WhatsApp asks to be left alone for a while: that says nothing about the code. */
const tooMany = 429;

/** The code alone, of a code or of a link. */
const bareCode = (code: string): string => code.slice(code.lastIndexOf('/') + 1);

/** The group behind a code. Throws INVITE_NOT_VALID. */
const lookBehind = async (page: ActionPage, code: string) => {
  const { client, accountId } = page;
  const { answer, refused } = await evaluate(client, readInvite, [bareCode(code)], inviteLimitMs);
  if (refused !== undefined && refused.status !== tooMany) {
    const text = `Account ${accountId} finds no group behind this invite (code): it was revoked, or never given out. Ask an admin of the group for a new one.`;
    throw new OperationError('INVITE_NOT_VALID', text);
  }
  const info = isRaw(answer) ? answer : {};
  const groupId = groupIdSchema.safeParse(info['id']);
  if (!groupId.success) {
    const why = refused === undefined ? '' : `: ${refused.reason}`;
    throw new OperationError('PAGE_REFUSED', `Account ${accountId} got no answer about this invite (code)${why}.`);
  }
  return { info, groupId: groupId.data, needsApproval: isOn(info['membershipApprovalMode']) };
};

const isMember = async (page: ActionPage, groupId: ChatId): Promise<boolean> => {
  const [group] = await readGroupsOf(page, [groupId], { fresh: false, people: false });
  return group?.ownRole !== undefined;
};

const join = async (page: ActionPage, code: string) => {
  const { client, accountId } = page;
  const { groupId, info, needsApproval } = await lookBehind(page, code);
  if (await isMember(page, groupId)) return { groupId, status: 'already_member' as const };
  const name = firstText(info['subject']) ?? groupId;
  const { refused } = await evaluate(client, joinByInvite, [bareCode(code), needsApproval], inviteLimitMs);
  if (refused !== undefined) {
    const text = `WhatsApp does not let account ${accountId} into the group “${name}” by this invite (code): ${refused.reason || 'it gives no reason'}.`;
    throw new OperationError('PAGE_REFUSED', text);
  }
  const joined = await untilSeen(
    () => isMember(page, groupId),
    (isIn) => isIn,
    ...(needsApproval ? [quickApprovalMs] : []),
  );
  if (joined) return { groupId, status: 'joined' as const };
  if (needsApproval) return { groupId, status: 'awaiting_approval' as const };
  const text = `Account ${accountId} asked to join the group “${name}” (code), and is not in it yet. Look at the list of groups before asking again.`;
  throw new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
};

/** The part of the group actions about the way in by a code. */
export const groupInviteActions: Pick<PageActions<typeof groupOperations>, 'groups.join' | 'groups.getJoinInfo'> = {
  'groups.join': (page, { code }) => join(page, code),
  'groups.getJoinInfo': async (page, { code }) => {
    const { info, groupId, needsApproval } = await lookBehind(page, code);
    const description = firstText(info['desc']);
    const createdMs = secondsToMs(info['creation']);
    const participantCount = peopleCount(info['size']);
    return {
      groupId,
      name: firstText(info['subject']) ?? '',
      ...(description === undefined ? {} : { description }),
      ...(createdMs === undefined || createdMs === 0 ? {} : { createdMs }),
      ...(participantCount === undefined ? {} : { participantCount }),
      joiningNeedsApproval: needsApproval,
      isMember: await isMember(page, groupId),
    };
  },
};
