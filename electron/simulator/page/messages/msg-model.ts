import type { MessageRow, QuotedRow } from '../../frames';
import { Model } from '../core/model';
import type { MsgKey } from '../core/msg-key';
import { Wid } from '../core/wid';

const NOTIFICATIONS = new Set(['gp2', 'e2e_notification', 'notification', 'notification_template']);

export interface QuotedContext {
  readonly quotedMsg?: { readonly type: string; readonly body: string };
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: Wid;
  readonly quotedRemoteJid?: Wid;
}

/** One message, the same instance in the list of all messages and in its chat. */
export class MsgModel extends Model {
  declare readonly id: MsgKey;
  declare readonly type: string;
  declare readonly body: string | undefined;
  declare t: number;
  declare readonly ack: number;
  declare readonly from: Wid;
  declare readonly to: Wid;
  declare readonly author: Wid | undefined;
  declare readonly isNewMsg: boolean;
  declare readonly quotedMsg: QuotedContext['quotedMsg'];
  declare readonly quotedStanzaID: string | undefined;
  declare readonly quotedParticipant: Wid | undefined;

  get isNotification(): boolean {
    return NOTIFICATIONS.has(this.type);
  }

  get isStatusV3(): boolean {
    return this.id.remote.isStatus();
  }

  /** Acks only go up; −1 (refused) is the exception. */
  updateAck(ack: number, force = false): void {
    if (force || ack < 0 || ack > this.ack) this.set('ack', ack);
  }

  canReply(): boolean {
    return !this.isNotification && this.ack >= 0;
  }

  /** What a message that answers this one carries along. */
  msgContextInfo(_chat: unknown): QuotedContext {
    return {
      quotedMsg: { type: this.type, body: this.body ?? '' },
      quotedStanzaID: this.id.id,
      quotedParticipant: this.author ?? this.from,
      quotedRemoteJid: this.id.remote,
    };
  }
}

export interface RowContext {
  readonly me: Wid;
  readonly isNewMsg: boolean;
}

/** Turns what the network tells into the attributes that WhatsApp Web gives a message. */
export function attributesOf(row: MessageRow, key: MsgKey, { me, isNewMsg }: RowContext): object {
  const chat = key.remote;
  const author = key.participant ?? (row.author === undefined ? undefined : new Wid(...split(row.author)));
  return {
    id: key,
    type: row.type,
    body: row.body,
    t: row.t,
    ack: row.ack,
    from: row.fromMe ? me : chat,
    to: row.fromMe ? chat : me,
    ...(author === undefined ? {} : { author }),
    self: row.fromMe ? 'out' : 'in',
    isNewMsg,
    viewed: false,
    star: false,
    broadcast: false,
    isForwarded: false,
    hasReaction: false,
    mentionedJidList: (row.mentions ?? []).map((id) => new Wid(...split(id))),
    groupMentions: [],
    ...(row.subtype === undefined ? {} : { subtype: row.subtype, recipients: row.recipients ?? [] }),
    ...(row.quoted === undefined ? {} : quotedAttributes(row.quoted, chat)),
  };
}

function quotedAttributes(quoted: QuotedRow, chat: Wid): QuotedContext {
  return {
    quotedMsg: { type: quoted.type, body: quoted.body },
    quotedStanzaID: quoted.id,
    quotedParticipant: new Wid(...split(quoted.participant)),
    quotedRemoteJid: chat,
  };
}

function split(id: string): [user: string, server: string] {
  const [user = '', server = ''] = id.split('@');
  return [user, server];
}
