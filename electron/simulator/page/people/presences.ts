import type { Pushed } from '../../account-frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

/** Who is online or typing in a chat, as far as this page has been told. */
export class PresenceModel extends Model {
  declare readonly id: Wid;
  declare readonly isOnline: boolean;
  /** The last that was told; in groups with the id of who it is about. */
  declare readonly chatstate: { readonly type: Pushed; readonly id: Wid; readonly t: number };

  /** WhatsApp Web asks for presence chat by chat; this network tells it anyway. */
  async subscribe(): Promise<void> {}
}

export class PresenceCollection extends Collection<PresenceModel> {
  constructor() {
    super({ modelClass: PresenceModel });
  }

  told(chatId: string, id: string, state: Pushed): void {
    const chat = createWid(chatId);
    const known = this.get(chat) ?? new PresenceModel({ id: chat, isOnline: false });
    this.add(known);
    // Whoever types is online; whoever stops still is.
    known.set({
      isOnline: state !== 'unavailable',
      chatstate: { type: state, id: createWid(id), t: Math.floor(Date.now() / 1000) },
    });
  }
}
