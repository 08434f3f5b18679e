import type { ChannelRole, ChannelRow } from '../../channel-frames';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import type { MsgKey } from '../core/msg-key';
import { createWid, type Wid } from '../core/wid';
import { MsgModel } from '../messages/msg-model';

/** What is known of a channel beside its posts. */
export class ChannelMetadataModel extends Model {
  declare readonly id: Wid;
  declare readonly creationTime: number;
  declare readonly membershipType: ChannelRole;
  declare readonly inviteCode: string;
}

/** A channel as WhatsApp Web keeps it beside the chats: the same members as far as callers look. */
export class ChannelModel extends Model {
  declare readonly id: Wid;
  declare t: number;
  declare readonly unreadCount: number;
  declare readonly name: string;
  declare readonly lastReceivedKey: MsgKey | undefined;
  readonly msgs = new Collection<MsgModel>({ modelClass: MsgModel });
  readonly mute = new Model({ expiration: 0 });
  readonly newsletterMetadata: ChannelMetadataModel;

  constructor(row: ChannelRow) {
    super({ id: createWid(row.id), archive: false, pin: 0, isLocked: false, labels: [], lastReceivedKey: undefined });
    this.newsletterMetadata = new ChannelMetadataModel({ id: this.id });
    this.apply(row);
  }

  get formattedTitle(): string {
    return this.name;
  }

  apply(row: ChannelRow): void {
    const muteExpiration = row.muted ? -1 : 0;
    this.mute.set('expiration', muteExpiration);
    this.newsletterMetadata.set({
      name: row.name,
      nameUpdateTime: row.nameTime,
      description: row.description,
      descriptionUpdateTime: row.descriptionTime,
      inviteCode: row.inviteCode,
      inviteLink: `https://whatsapp.com/channel/${row.inviteCode}`,
      creationTime: row.creation,
      membershipType: row.role,
      size: row.subscribersCount,
      verified: row.verified,
      reactionCodesSetting: row.reactionCodes,
      terminated: false,
    });
    this.set({
      name: row.name,
      description: row.description,
      isReadOnly: row.role !== 'owner' && row.role !== 'admin',
      muteExpiration,
      unreadCount: row.unreadCount,
      t: row.t,
    });
  }

  iAmAdmin(): boolean {
    return !(this.get('isReadOnly') as boolean);
  }

  override serialize(): Record<string, unknown> {
    // As for chats: how many there are is all that callers look at, and they throw it away.
    return { ...super.serialize(), msgs: { length: this.msgs.length } };
  }
}
