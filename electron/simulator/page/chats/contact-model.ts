import type { ContactRow } from '../../frames';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';
import { formatNumber } from '../people/phone-numbers';

/** How sure WhatsApp is of a business's name. */
const VERIFIED_HIGH = 2;

/** Somebody this account knows; groups have one of these as well. */
export class ContactModel extends Model {
  declare readonly id: Wid;
  declare readonly name: string | undefined;
  declare readonly pushname: string | undefined;
  declare readonly isBusiness: boolean;
  declare readonly isEnterprise: boolean;
  declare readonly isContactBlocked: boolean;
  /** The number of somebody who is met by hidden id, where it is known. */
  declare readonly phoneNumber: Wid | undefined;

  get isGroup(): boolean {
    return this.id.isGroup();
  }

  /** The saved name, or the number as people write it: a name that only its owner chose is not shown as a title. */
  get formattedName(): string {
    if (this.name !== undefined) return this.name;
    const number = this.id.isLid() ? this.phoneNumber : this.id;
    // Without a number there is nothing else to show; the sign says that nobody has vouched for the name.
    if (number === undefined) return `~${this.pushname ?? ''}`;
    return number.isUser() ? formatNumber(number.user) : number._serialized;
  }
}

export function contactAttributes(id: Wid, row: Omit<ContactRow, 'id'>): object {
  return {
    id,
    name: row.name,
    shortName: row.name?.split(' ')[0],
    pushname: row.pushname,
    type: 'in',
    phoneNumber: id.isLid() && row.otherId !== undefined ? createWid(row.otherId) : undefined,
    isBusiness: row.kind !== undefined,
    isEnterprise: row.kind === 'enterprise',
    verifiedName: row.kind === 'enterprise' ? row.pushname : undefined,
    verifiedLevel: row.kind === 'enterprise' ? VERIFIED_HIGH : undefined,
    isContactBlocked: row.blocked === true,
    labels: [],
    statusMute: false,
  };
}
