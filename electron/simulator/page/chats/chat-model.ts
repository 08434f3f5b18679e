import type { ChatRow } from '../../frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import type { MsgKey } from '../core/msg-key';
import type { Wid } from '../core/wid';
import { MsgModel } from '../messages/msg-model';
import type { ContactModel } from './contact-model';
import type { GroupMetadataModel } from './group-metadata-model';

/** How long a chat is silent. */
export class MuteModel {
  readonly #chat: ChatModel;
  readonly #mute: ChatParts['mute'];

  constructor(chat: ChatModel, mute: ChatParts['mute']) {
    this.#chat = chat;
    this.#mute = mute;
  }

  /** Seconds; 0 not, −1 for ever. */
  get expiration(): number {
    const at = this.#chat.muteExpiration;
    return at > 0 && at * 1000 <= Date.now() ? 0 : at;
  }

  async mute({ expiration }: { readonly expiration: number }): Promise<void> {
    await this.#mute(expiration);
  }

  async unmute(): Promise<void> {
    await this.#mute(0);
  }
}

export interface ChatParts {
  readonly contact: ContactModel;
  readonly groupMetadata: GroupMetadataModel | undefined;
  readonly me: () => Wid | undefined;
  /** Told to the network; the chat changes with the answer. */
  readonly mute: (expiration: number) => Promise<void>;
}

export class ChatModel extends Model {
  declare readonly id: Wid;
  declare t: number;
  declare readonly unreadCount: number;
  declare readonly pin: number;
  declare readonly labels: readonly string[];
  declare readonly archive: boolean;
  declare readonly muteExpiration: number;
  declare readonly lastReceivedKey: MsgKey | undefined;
  readonly msgs = new Collection<MsgModel>({ modelClass: MsgModel });
  readonly mute: MuteModel;
  readonly contact: ContactModel;
  readonly groupMetadata: GroupMetadataModel | undefined;
  readonly #me: () => Wid | undefined;

  constructor(attributes: object, parts: ChatParts) {
    super({
      t: 0,
      unreadCount: 0,
      archive: false,
      pin: 0,
      isLocked: false,
      muteExpiration: 0,
      isReadOnly: false,
      labels: [],
      lastReceivedKey: undefined,
      ...attributes,
    });
    this.contact = parts.contact;
    this.groupMetadata = parts.groupMetadata;
    this.#me = parts.me;
    this.mute = new MuteModel(this, parts.mute);
  }

  get formattedTitle(): string {
    return this.groupMetadata?.subject ?? this.contact.formattedName;
  }

  get name(): string {
    return this.formattedTitle;
  }

  iAmAdmin(): boolean {
    const me = this.#me();
    return me !== undefined && this.groupMetadata?.participants.get(me)?.isAdmin === true;
  }

  override serialize(): Record<string, unknown> {
    // The copy carries only the number of messages: the library asks for nothing else and deletes it at once.
    return {
      ...super.serialize(),
      name: this.name,
      muteExpiration: this.mute.expiration,
      msgs: { length: this.msgs.length },
    };
  }
}

/** WhatsApp Web's own numbers for how far a chat's history was handed over. */
const MORE_ON_PHONE = 0;
const NO_MORE_ON_PHONE = 1;

/** A chat's attributes, from what the network tells about it. */
export function chatPatch(row: ChatRow): object {
  return {
    t: row.t,
    unreadCount: row.unreadCount,
    archive: row.archived ?? false,
    pin: row.pin ?? 0,
    muteExpiration: row.muteExpiration ?? 0,
    labels: row.labels ?? [],
    endOfHistoryTransferType: row.moreOnPhone === true ? MORE_ON_PHONE : NO_MORE_ON_PHONE,
  };
}
