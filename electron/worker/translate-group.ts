import type { Group, GroupParticipant, GroupRole } from '../contract/entities/group';
import { chatIdSchema, groupIdSchema } from '../contract/ids';
import { fallbackChatName } from '../domain/chat-identity';
import { finiteNumberOf, firstText, isRaw, type Raw, secondsToMs, textOf, widOf } from './raw-page';
import { phoneOfWid } from './translate-wid';

/** WhatsApp Web says yes to a rule in several ways. */
export const isOn = (value: unknown): boolean => value === true || value === 1 || value === 'on';

/** More than any group can have; beyond it a number is nonsense. */
const maxPeople = 1_000_000;

/** How many people WhatsApp Web says there are. */
export const peopleCount = (value: unknown): number | undefined => {
  const count = finiteNumberOf(value);
  return count === undefined ? undefined : Math.min(Math.max(0, Math.trunc(count)), maxPeople);
};

const roleOf = ({ isAdmin, isSuperAdmin }: Raw): GroupRole =>
  isSuperAdmin === true ? 'owner' : isAdmin === true ? 'admin' : 'member';

const translateParticipant = (value: unknown): GroupParticipant | undefined => {
  if (!isRaw(value)) return undefined;
  // The number is what people know somebody by; the hidden id only stands in for it.
  const id = [widOf(value['phoneWid']), widOf(value['id'])]
    .map((wid) => chatIdSchema.safeParse(wid))
    .find(({ success }) => success)?.data;
  if (id === undefined) return undefined;
  const phone = phoneOfWid(id);
  const name = firstText(value['name'])?.trim();
  return {
    id,
    ...(phone === undefined ? {} : { phone }),
    ...(name === undefined ? {} : { name }),
    role: roleOf(value),
  };
};

/** A group as the page functions read it, as the contract has it; undefined for what is none. */
export const translateGroup = (value: unknown): Group | undefined => {
  if (!isRaw(value)) return undefined;
  const parsed = groupIdSchema.safeParse(widOf(value['id']));
  if (!parsed.success) return undefined;
  const { self, people } = value;
  const owner = [widOf(value['ownerPhoneWid']), widOf(value['owner'])]
    .map((wid) => chatIdSchema.safeParse(wid))
    .find(({ success }) => success)?.data;
  const createdMs = secondsToMs(value['creation']);
  const description = textOf(value['desc']);
  return {
    id: parsed.data,
    name: firstText(value['name']) ?? fallbackChatName(parsed.data),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(createdMs === undefined || createdMs === 0 ? {} : { createdMs }),
    ...(owner === undefined ? {} : { ownerId: owner }),
    participantCount: peopleCount(value['size']) ?? 0,
    ...(Array.isArray(people)
      ? { participants: people.map(translateParticipant).filter((one) => one !== undefined) }
      : {}),
    ...(isRaw(self) ? { ownRole: roleOf(self) } : {}),
    messagesAdminOnly: isOn(value['announce']),
    infoAdminOnly: isOn(value['restrict']),
    addingAdminOnly: value['memberAddMode'] === 'admin_add' || isOn(value['memberAddMode']),
    joiningNeedsApproval: isOn(value['membershipApprovalMode']),
  };
};
