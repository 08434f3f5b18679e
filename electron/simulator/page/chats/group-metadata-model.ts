import type { GroupRow } from '../../frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

export class ParticipantModel extends Model {
  declare readonly id: Wid;
  declare readonly isAdmin: boolean;
  declare readonly isSuperAdmin: boolean;
}

/** Who is in a group and what its rules are. */
export class GroupMetadataModel extends Model {
  declare readonly id: Wid;
  declare readonly subject: string;
  declare readonly announce: boolean;
  readonly participants = new Collection({ modelClass: ParticipantModel });
  readonly membershipApprovalRequests = new Collection({ modelClass: ParticipantModel });

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
  }

  override serialize(): Record<string, unknown> {
    return { ...super.serialize(), participants: this.participants.serialize() };
  }
}

export function groupAttributes(row: GroupRow): object {
  return {
    id: createWid(row.id),
    subject: row.subject,
    owner: createWid(row.owner),
    creation: row.creation,
    desc: undefined,
    announce: false,
    restrict: false,
    memberAddMode: 'all_member_add',
  };
}
