/** What page and network say to each other about groups. */

export interface ParticipantRow {
  readonly id: string;
  readonly isAdmin: boolean;
  readonly isSuperAdmin: boolean;
}

export type RequestMethod = 'InviteLink' | 'NonAdminAdd' | 'LinkedGroupJoin';

/** Somebody who asks to be let in. */
export interface MembershipRequestRow {
  readonly id: string;
  readonly addedBy: string;
  readonly method: RequestMethod;
  readonly t: number;
}

export interface GroupRow {
  readonly id: string;
  readonly subject: string;
  readonly subjectOwner: string;
  readonly subjectTime: number;
  readonly owner: string;
  readonly creation: number;
  readonly participants: readonly ParticipantRow[];
  readonly description?: { readonly id: string; readonly text: string; readonly by: string; readonly t: number };
  /** Only admins may write. */
  readonly announce: boolean;
  /** Only admins may change subject, description and picture. */
  readonly restrict: boolean;
  readonly memberAddMode: 'admin_add' | 'all_member_add';
  readonly membershipApproval: boolean;
  readonly ephemeralSeconds: number;
  readonly parent?: string;
  /** Told to admins only. */
  readonly requests: readonly MembershipRequestRow[];
}

/** What became of one person that was to be added, removed, promoted, demoted, approved or rejected. */
export interface ParticipantResult {
  readonly id: string;
  readonly code: number;
  /** 403 only: the private invitation that can be sent instead. */
  readonly invitation?: { readonly code: string; readonly expiration: number };
  readonly isSuperAdmin?: boolean;
}

export interface NewGroupRow {
  readonly subject: string;
  readonly participants: readonly string[];
  readonly announce: boolean;
  readonly restrict: boolean;
  readonly adminsAdd: boolean;
  readonly membershipApproval: boolean;
  readonly ephemeralSeconds: number;
  readonly parent?: string;
}

export type GroupProperty = 'announcement' | 'restrict' | 'member_add_mode';
export type ParticipantAction = 'add' | 'remove' | 'promote' | 'demote' | 'approve' | 'reject';

interface GroupId {
  readonly id: string;
}
type Nothing = Record<string, never>;

export interface GroupRequests {
  readonly group: { readonly input: GroupId; readonly output: { readonly group: GroupRow } };
  readonly 'group-create': {
    readonly input: NewGroupRow;
    readonly output: { readonly id: string; readonly results: readonly ParticipantResult[] };
  };
  readonly 'group-participants': {
    readonly input: GroupId & { readonly action: ParticipantAction; readonly people: readonly string[] };
    readonly output: { readonly results: readonly ParticipantResult[] };
  };
  readonly 'group-subject': { readonly input: GroupId & { readonly subject: string }; readonly output: Nothing };
  readonly 'group-description': {
    readonly input: GroupId & { readonly text: string; readonly newId: string; readonly previousId?: string };
    readonly output: Nothing;
  };
  readonly 'group-property': {
    readonly input: GroupId & { readonly name: GroupProperty; readonly value: number };
    readonly output: Nothing;
  };
  readonly 'group-invite-code': {
    readonly input: GroupId & { readonly renew: boolean };
    readonly output: { readonly code: string };
  };
  readonly 'group-by-invite': {
    readonly input: { readonly code: string };
    readonly output: { readonly group: GroupRow };
  };
  readonly 'group-join': { readonly input: { readonly code: string }; readonly output: GroupId };
  readonly 'group-join-invited': {
    readonly input: GroupId & { readonly code: string; readonly from: string };
    readonly output: Nothing;
  };
  readonly 'group-leave': { readonly input: GroupId; readonly output: Nothing };
}
