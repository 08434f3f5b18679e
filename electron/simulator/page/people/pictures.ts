import type { AccountStore } from '../chats/account-store';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { define } from '../core/registry';
import { createWid, serializedOf, type Wid } from '../core/wid';
import type { Session } from '../session/session';

/** The picture of a person or a group, and what this account may do with it. */
class ProfilePicThumbModel extends Model {
  declare readonly id: Wid;
  declare readonly img: string | undefined;
  readonly #store: AccountStore;

  constructor(store: AccountStore, id: Wid, img: string | undefined) {
    super({ id, img });
    this.#store = store;
  }

  canSet(): boolean {
    if (this.id.equals(this.#store.me)) return true;
    const group = this.#store.groups.get(this.id);
    return group?.get('restrict') === true ? this.#store.chats.get(this.id)?.iAmAdmin() === true : group !== undefined;
  }

  canDelete(): boolean {
    return this.canSet() && (!this.id.equals(this.#store.me) || this.#store.hasPicture);
  }
}

/** WhatsApp Web has one for everything that it has shown; here they are made when asked for. */
class ProfilePicThumbCollection extends Collection<ProfilePicThumbModel, [AccountStore, Wid, string | undefined]> {
  readonly #store: AccountStore;
  readonly #request: (id: string) => Promise<string | undefined>;

  constructor(store: AccountStore, request: (id: string) => Promise<string | undefined>) {
    super({ modelClass: ProfilePicThumbModel });
    this.#store = store;
    this.#request = request;
  }

  /** Only what carries a decision, without the picture itself: that is what `find` asks for. */
  override get(id: unknown): ProfilePicThumbModel | undefined {
    const text = serializedOf(id);
    if (text === undefined) return undefined;
    const wid = createWid(text);
    const decides = wid.equals(this.#store.me) || this.#store.groups.get(wid) !== undefined;
    return decides ? new ProfilePicThumbModel(this.#store, wid, undefined) : undefined;
  }

  override async find(id: unknown): Promise<ProfilePicThumbModel> {
    const wid = createWid(serializedOf(id));
    return new ProfilePicThumbModel(this.#store, wid, await this.#request(wid._serialized));
  }
}

export function definePictures(store: AccountStore, { wire }: Session): ProfilePicThumbCollection {
  const request = async (id: string) => {
    const { picture } = await wire.request('picture', { id });
    return picture;
  };
  define('WAWebContactProfilePicThumbBridge', {
    requestProfilePicFromServer: async ({ id }: { readonly id: Wid }) => {
      const picture = await request(id._serialized);
      return picture === undefined ? undefined : { id, eurl: picture.url, previewEurl: picture.url, tag: picture.tag };
    },
    sendSetPicture: async (id: Wid, _thumbnail: string, picture: string) => {
      await wire.request('pictureSet', { id: id._serialized, picture });
      return { status: 200 };
    },
    requestDeletePicture: async (id: Wid) => {
      await wire.request('pictureSet', { id: id._serialized });
      return { status: 200 };
    },
  });
  const img = async (id: string) => {
    try {
      return (await request(id))?.url;
    } catch {
      // Hidden or not there: both look like no picture.
      return undefined;
    }
  };
  return new ProfilePicThumbCollection(store, img);
}
