import type { Pushed } from '../../account-frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

/** Who is online or typing in a chat, as far as this page has been told. */
export class PresenceModel extends Model {
  declare readonly id: Wid;
  declare readonly isOnline: boolean;
  /** The last that was told; in groups with the id of who it is about. */
  declare readonly chatstate: { readonly type: Pushed; readonly id: Wid; readonly t: number } | undefined;
  declare readonly isSubscribed: boolean;

  /** WhatsApp Web asks for presence chat by chat; this network tells it anyway. */
  async subscribe(): Promise<void> {
    this.set('isSubscribed', true);
  }
}

export class PresenceCollection extends Collection<PresenceModel> {
  constructor() {
    super({
      modelClass: PresenceModel,
      // Whoever is looked for is there from then on, of whom nothing has been told.
      load: async (id) => {
        const presence = this.#of(createWid(id));
        await presence.subscribe();
        return presence;
      },
    });
  }

  told(chatId: string, id: string, state: Pushed): void {
    // Whoever types is online; whoever stops still is.
    this.#of(createWid(chatId)).set({
      isOnline: state !== 'unavailable',
      chatstate: { type: state, id: createWid(id), t: Math.floor(Date.now() / 1000) },
    });
  }

  #of(chat: Wid): PresenceModel {
    const known = this.get(chat);
    if (known !== undefined) return known;
    const presence = new PresenceModel({ id: chat, isOnline: false, isSubscribed: false });
    this.add(presence);
    return presence;
  }
}
