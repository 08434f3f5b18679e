import type { MeRow } from '../../frames';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

/** Who this page is linked as, and the reference that its QR code carries while it is not. */
export class ConnModel extends Model {
  declare readonly ref: string | undefined;
  declare readonly wid: Wid | undefined;
  declare readonly pushname: string | undefined;
  declare readonly platform: string | undefined;
  declare readonly lid: Wid | undefined;

  constructor() {
    super({ ref: undefined, wid: undefined, lid: undefined, pushname: undefined, platform: undefined });
  }

  /** Not an attribute: what the library is told about the connection has no such thing. */
  hasPicture = false;

  get isBusiness(): boolean {
    return this.platform === 'smba' || this.platform === 'smbi';
  }

  /** The name of a business is changed on its phone only. */
  canSetMyPushname(): boolean {
    return !this.isBusiness;
  }

  linkedAs(me: MeRow): void {
    // The reference stays: a change of it, even to nothing, is a new code for whoever watches.
    this.hasPicture = me.hasPicture === true;
    this.set({
      wid: createWid(me.id),
      lid: createWid(me.lid),
      pushname: me.pushname,
      platform: me.platform,
      ...(me.battery === undefined ? {} : { battery: me.battery, plugged: me.plugged }),
    });
  }
}
