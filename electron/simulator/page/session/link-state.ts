import { Model } from '../core/model';

/** What this page shows while it is not linked, beside the QR code. */
export class LinkState extends Model {
  /** The pairing code, and the number it was asked for. */
  declare readonly code: string | undefined;
  declare readonly phone: string | undefined;
  /** WhatsApp waits for a passkey before it links. */
  declare readonly passkey: boolean;

  constructor() {
    super({ code: undefined, phone: undefined, passkey: false });
  }

  clear(): void {
    this.set({ code: undefined, phone: undefined, passkey: false });
  }
}
