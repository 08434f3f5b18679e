import type { MessageRow, QuotedRow } from '../../frames';
import { DETAIL_NAMES } from '../../message-details';
import { Model } from '../core/model';
import type { MsgKey } from '../core/msg-key';
import { Wid } from '../core/wid';
import { type MediaDownloads, MediaState } from '../media/media-state';
import { attributesOfDetails, detailsOf } from './details';

const NOTIFICATIONS = new Set(['gp2', 'e2e_notification', 'notification', 'notification_template']);
/** Neither can be answered, starred or forwarded. */
const EMPTY = new Set(['revoked', 'ciphertext']);

/** What an answer carries along of the message it answers: its type, its body and its details. */
export type QuotedMessage = { readonly type: string; readonly body: string } & Readonly<Record<string, unknown>>;

export interface QuotedContext {
  readonly quotedMsg?: QuotedMessage;
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: Wid;
  readonly quotedRemoteJid?: Wid;
}

/** One message, the same instance in the list of all messages and in its chat. */
export class MsgModel extends Model {
  /** Where media comes from; to be set before the first message has any. */
  static downloads: MediaDownloads | undefined;
  declare readonly id: MsgKey;
  declare readonly type: string;
  declare readonly body: string | undefined;
  declare readonly caption: string | undefined;
  declare t: number;
  declare readonly ack: number;
  declare readonly from: Wid;
  declare readonly to: Wid;
  declare readonly author: Wid | undefined;
  declare readonly isNewMsg: boolean;
  declare readonly directPath: string | undefined;
  declare readonly isForwarded: boolean;
  declare readonly forwardingScore: number | undefined;
  declare readonly quotedMsg: QuotedMessage | undefined;
  declare readonly quotedStanzaID: string | undefined;
  declare readonly quotedParticipant: Wid | undefined;
  #media: MediaState | undefined;

  get isNotification(): boolean {
    return NOTIFICATIONS.has(this.type);
  }

  /** Nothing to answer, to star or to forward. */
  get isEmpty(): boolean {
    return this.isNotification || EMPTY.has(this.type);
  }

  get isStatusV3(): boolean {
    return this.id.remote.isStatus();
  }

  get isEphemeral(): boolean {
    return this.get('ephemeralDuration') !== undefined;
  }

  get mediaData(): MediaState | undefined {
    if (this.directPath === undefined) return undefined;
    this.#media ??= new MediaState();
    return this.#media;
  }

  /** Its presence says that links are looked for in the caption. */
  get mediaObject(): MediaState | undefined {
    return this.mediaData;
  }

  /** Brings the media here; how that went is told by `mediaData.mediaStage`. */
  async downloadMedia(_options?: unknown): Promise<void> {
    const { directPath, mediaData } = this;
    if (directPath !== undefined) await mediaData?.resolve(() => MsgModel.downloads?.prefetch(directPath));
  }

  avParams(): Record<string, unknown> {
    const { type, mimetype, width, height, duration, size } = this.serialize();
    return { type, mimetype, width, height, duration, size };
  }

  /** Acks only go up; −1 (refused) is the exception. */
  updateAck(ack: number, force = false): void {
    if (force || ack < 0 || ack > this.ack) this.set('ack', ack);
  }

  canReply(): boolean {
    return !this.isEmpty && this.ack >= 0;
  }

  /** What a message that answers this one carries along. */
  msgContextInfo(_chat: unknown): QuotedContext {
    return {
      quotedMsg: { ...attributesOfDetails(detailsOf(this.serialize())), type: this.type, body: this.body ?? '' },
      quotedStanzaID: this.id.id,
      quotedParticipant: this.author ?? this.from,
      quotedRemoteJid: this.id.remote,
    };
  }

  /** Takes over what is part of the history: of what became of a message while nobody looked, only its ack is told. */
  refresh(row: MessageRow, context: RowContext): void {
    this.fill(this.#differences(row, context));
    this.updateAck(row.ack);
  }

  /** Takes over what the network says about this message now; only what differs is told. */
  update(row: MessageRow, context: RowContext): void {
    const patch = this.#differences(row, context);
    if (this.type === 'ciphertext' && row.type !== 'ciphertext') {
      const { type, ...content } = patch;
      // Decrypting is no edit: the content is there without a word before the type says that it is.
      this.fill(content);
      this.set('type', type);
    } else if (row.type === 'revoked' && this.type !== 'revoked') {
      // A change of its own first: with it, listeners still see what the message was.
      this.set('revokeTimestamp', patch['revokeTimestamp']);
      this.set(patch);
    } else {
      this.set(patch);
    }
    this.updateAck(row.ack);
  }

  #differences(row: MessageRow, context: RowContext): Record<string, unknown> {
    const next = attributesOf(row, this.id, context) as Readonly<Record<string, unknown>>;
    const names = ['type', 'body', 'star', 'hasReaction', 'mentionedJidList', 'quotedMsg', ...DETAIL_NAMES];
    const differing = [...names, 'protocolMessageKey'].filter((name) => !alike(this.get(name), next[name]));
    return Object.fromEntries(differing.map((name) => [name, next[name]]));
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
    star: row.star === true,
    broadcast: false,
    isForwarded: false,
    hasReaction: row.hasReaction === true,
    mentionedJidList: (row.mentions ?? []).map((id) => new Wid(...split(id))),
    groupMentions: [],
    ...attributesOfDetails(row.details),
    ...changedNumber(row),
    ...(row.type === 'revoked' ? { protocolMessageKey: key } : {}),
    ...(row.subtype === undefined ? {} : { subtype: row.subtype, recipients: row.recipients ?? [] }),
    ...(row.quoted === undefined ? {} : quotedAttributes(row.quoted, chat)),
  };
}

/** The notice of a new number is addressed to it. */
function changedNumber({ details }: MessageRow): object {
  const [newId] = details?.templateParams ?? [];
  return newId === undefined ? {} : { to: new Wid(...split(newId)) };
}

function quotedAttributes(quoted: QuotedRow, chat: Wid): QuotedContext {
  return {
    quotedMsg: { ...attributesOfDetails(quoted.details), type: quoted.type, body: quoted.body },
    quotedStanzaID: quoted.id,
    quotedParticipant: new Wid(...split(quoted.participant)),
    quotedRemoteJid: chat,
  };
}

function alike(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function split(id: string): [user: string, server: string] {
  const [user = '', server = ''] = id.split('@');
  return [user, server];
}
