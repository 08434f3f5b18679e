import { Collection } from '../core/collection';
import { Model } from '../core/model';
import type { MsgKey } from '../core/msg-key';
import type { Wid } from '../core/wid';
import { MsgModel } from '../messages/msg-model';
import type { ContactModel } from './contact-model';
import type { GroupMetadataModel } from './group-metadata-model';

/** How long a chat is silent; nothing here is muted until muting is offered. */
export class MuteModel extends Model {
  declare readonly expiration: number;

  constructor() {
    super({ expiration: 0 });
  }

  mute(): never {
    throw new Error('Chat.mute.mute is not offered by the practice network yet');
  }

  unmute(): never {
    throw new Error('Chat.mute.unmute is not offered by the practice network yet');
  }
}

export interface ChatParts {
  readonly contact: ContactModel;
  readonly groupMetadata: GroupMetadataModel | undefined;
  readonly me: () => Wid | undefined;
}

export class ChatModel extends Model {
  declare readonly id: Wid;
  declare t: number;
  declare readonly unreadCount: number;
  declare readonly pin: number;
  declare readonly labels: readonly string[];
  declare readonly lastReceivedKey: MsgKey | undefined;
  readonly msgs = new Collection<MsgModel>({ modelClass: MsgModel });
  readonly mute = new MuteModel();
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
    return { ...super.serialize(), name: this.name, msgs: { length: this.msgs.length } };
  }
}
