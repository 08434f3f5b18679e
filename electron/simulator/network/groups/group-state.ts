import type { RequestMethod } from '../../group-frames';
import { codeText } from '../random';

export interface GroupDescription {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly t: number;
}

export interface MembershipRequest {
  readonly number: string;
  readonly addedBy: string;
  readonly method: RequestMethod;
  readonly t: number;
}

/** A private invitation to one person, for those who may not be added just like that. */
export interface GroupInvitation {
  readonly code: string;
  readonly to: string;
  readonly by: string;
  /** Seconds. */
  readonly expiration: number;
}

/** People are numbers, times are seconds as WhatsApp has them. */
export interface Group {
  readonly id: string;
  readonly subject: string;
  readonly subjectOwner: string;
  readonly subjectTime: number;
  /** Who made it. */
  readonly owner: string;
  readonly creation: number;
  readonly participants: readonly string[];
  readonly admins: readonly string[];
  readonly description?: GroupDescription;
  readonly announce: boolean;
  readonly restrict: boolean;
  readonly adminsAdd: boolean;
  readonly membershipApproval: boolean;
  readonly ephemeralSeconds: number;
  readonly parent?: string;
  readonly capacity: number;
  readonly inviteCode: string;
  readonly requests: readonly MembershipRequest[];
  readonly invitations: readonly GroupInvitation[];
  /** Who went by their own choice, and when: nobody may add them again for a while. */
  readonly left: Readonly<Record<string, number>>;
  /** Who was removed: the link does not let them in again. */
  readonly removed: readonly string[];
}

export const newInviteCode = (): string => codeText(22);

/** A group from what matters about it, everything else as WhatsApp starts it. */
export function newGroup(
  fields: Pick<Group, 'id' | 'subject' | 'owner' | 'creation' | 'participants'> & Partial<Group>,
): Group {
  return {
    subjectOwner: fields.owner,
    subjectTime: fields.creation,
    admins: [fields.owner],
    announce: false,
    restrict: false,
    adminsAdd: false,
    membershipApproval: false,
    ephemeralSeconds: 0,
    capacity: LARGEST_GROUP,
    inviteCode: newInviteCode(),
    requests: [],
    invitations: [],
    left: {},
    removed: [],
    ...fields,
  };
}

/** People that fit into a group, as on WhatsApp. */
export const LARGEST_GROUP = 1024;

export const isAdmin = (group: Group, number: string): boolean => group.admins.includes(number);
export const isMember = (group: Group, number: string): boolean => group.participants.includes(number);
