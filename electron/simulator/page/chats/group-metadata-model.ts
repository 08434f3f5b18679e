import type { GroupRow } from '../../group-frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

export class ParticipantModel extends Model {
  declare readonly id: Wid;
  declare readonly isAdmin: boolean;
  declare readonly isSuperAdmin: boolean;
}

/** Somebody who asks to be let in; known to admins only. */
export class MembershipRequestModel extends Model {
  declare readonly id: Wid;
}

/** Who is in a group and what its rules are. */
export class GroupMetadataModel extends Model {
  declare readonly id: Wid;
  declare readonly subject: string;
  declare readonly announce: boolean;
  declare readonly descId: string | undefined;
  readonly participants = new Collection({ modelClass: ParticipantModel });
  readonly membershipApprovalRequests = new Collection({ modelClass: MembershipRequestModel });

  get isLidAddressingMode(): boolean {
    return false;
  }

  apply(row: GroupRow): void {
    this.set(groupAttributes(row));
    this.participants.reset();
    this.participants.add(
      row.participants.map((one) => new ParticipantModel({ ...one, id: createWid(one.id) })),
      { silent: true },
    );
    this.membershipApprovalRequests.reset();
    this.membershipApprovalRequests.add(
      row.requests.map(
        ({ id, addedBy, method, t }) =>
          new MembershipRequestModel({
            id: createWid(id),
            addedBy: createWid(addedBy),
            parentGroupId: row.parent === undefined ? null : createWid(row.parent),
            requestMethod: method,
            t,
          }),
      ),
      { silent: true },
    );
  }

  override serialize(): Record<string, unknown> {
    return { ...super.serialize(), participants: this.participants.serialize() };
  }
}

export function groupAttributes(row: GroupRow): object {
  const { description } = row;
  return {
    id: createWid(row.id),
    subject: row.subject,
    subjectOwner: createWid(row.subjectOwner),
    subjectTime: row.subjectTime,
    owner: createWid(row.owner),
    creation: row.creation,
    size: row.participants.length,
    desc: description?.text,
    descId: description?.id,
    descOwner: description === undefined ? undefined : createWid(description.by),
    descTime: description?.t,
    announce: row.announce,
    restrict: row.restrict,
    memberAddMode: row.memberAddMode,
    membershipApprovalMode: row.membershipApproval,
    ephemeralDuration: row.ephemeralSeconds,
    parentGroup: row.parent === undefined ? undefined : createWid(row.parent),
    isParentGroup: false,
  };
}
