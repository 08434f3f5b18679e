import type { DraftRow, QuotedRow, SendResult } from '../../frames';
import { DETAIL_NAMES } from '../../message-details';
import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import { MsgKey } from '../core/msg-key';
import { requireModule } from '../core/registry';
import { serializedOf, type Wid } from '../core/wid';
import type { Session } from '../session/session';
import { detailsOf, plainId } from './details';
import { MsgModel, type QuotedMessage } from './msg-model';

/** A message with this id is here already; its name is what callers look at. */
export class DuplicateMessageError extends Error {
  override readonly name = 'DuplicateMessageError';

  constructor(key: MsgKey) {
    super(`DuplicateMessageError: a message with the id ${key} exists already`);
  }
}

/** Attributes of a new message that are kept; the library passes its own options along as well. */
const KEPT: readonly string[] = [
  'id',
  'ack',
  'body',
  'from',
  'to',
  'author',
  'self',
  't',
  'isNewMsg',
  'type',
  'local',
  'mentionedJidList',
  'quotedMsg',
  'quotedStanzaID',
  'quotedParticipant',
  'quotedRemoteJid',
  ...DETAIL_NAMES,
];

export interface NewMessage {
  readonly id: MsgKey;
  readonly type: string;
  readonly body?: string | null;
  readonly t: number;
  readonly mentionedJidList?: readonly Wid[];
  readonly quotedMsg?: QuotedMessage;
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: Wid;
}

export type SendOutcome = { readonly messageSendResult: 'OK' | 'ERROR_UNKNOWN'; readonly t?: number };

/** In order: refused when known, stored and told to everybody, then handed to the network. */
export function addAndSend(
  store: AccountStore,
  session: Session,
  chat: ChatModel,
  message: NewMessage,
): readonly [Promise<MsgModel>, Promise<SendOutcome>] {
  // What is no key has no chat and no direction.
  if (!(message.id instanceof MsgKey)) throw new TypeError('A message needs a key for its id');
  if (store.messages.get(message.id) !== undefined) {
    const refused = Promise.reject(new DuplicateMessageError(message.id));
    // The second promise is awaited by few callers; a refusal nobody looks at must not surface as an unhandled one.
    refused.catch(() => undefined);
    return [refused, refused];
  }
  const model = new MsgModel(keptAttributes(message));
  store.addOwn(chat, model);
  const handover = session.outbox.send(draftOf(chat.id, message), message.t);
  const sent = followed(model, handover.sent);
  if (!session.moods.sendThrows) return [handover.kept.then(() => model), sent];
  const thrown = sent.then(() => {
    throw new Error('The message went out, and then the page failed');
  });
  thrown.catch(() => undefined);
  return [thrown, thrown];
}

/** Keeps a message up to date on its way out. */
export async function followed(model: MsgModel, sent: Promise<SendResult>): Promise<SendOutcome> {
  try {
    const { t, ack, asTold } = await sent;
    model.set('t', t);
    if (model.get('isUnsentMedia') === true) model.set('isUnsentMedia', false);
    model.updateAck(ack, asTold === true);
    return { messageSendResult: 'OK', t };
  } catch {
    model.updateAck(-1);
    return { messageSendResult: 'ERROR_UNKNOWN' };
  }
}

/** Hands a message that is here already to the network once more, under the id that it has; its media is uploaded. */
export async function sendRecord(session: Session, model: MsgModel): Promise<SendOutcome> {
  if (!model.id.fromMe) throw new Error('Only own messages can be sent');
  const draft = draftOf(model.id.remote, model as unknown as NewMessage);
  return followed(model, session.outbox.send(draft, model.t).sent);
}

/** For messages that have failed: begins again where they were. Others are on their way and are left alone. */
export async function resend(session: Session, model: MsgModel): Promise<SendOutcome | undefined> {
  if (model.ack >= 0) return undefined;
  model.updateAck(0, true);
  return sendRecord(session, model);
}

/** What a message that is written here looks like in the page. */
export function keptAttributes(message: NewMessage): object {
  const given = message as unknown as Readonly<Record<string, unknown>>;
  const kept = Object.fromEntries(KEPT.filter((name) => !isMissing(given[name])).map((name) => [name, given[name]]));
  const { participant } = message.id;
  return {
    star: false,
    broadcast: false,
    hasReaction: false,
    isForwarded: false,
    mentionedJidList: [],
    body: '',
    ...kept,
    ...(participant === undefined ? {} : { author: participant }),
    groupMentions: plainGroupMentions(given['groupMentions']),
    // The library says nothing about the type of a sticker's file, which is always the same.
    ...(message.type === 'sticker' && kept['mimetype'] === undefined ? { mimetype: 'image/webp' } : {}),
    ...(kept['directPath'] === undefined ? {} : { isUnsentMedia: true }),
  };
}

/** The message as the network gets it. */
export function draftOf(chatId: Wid, message: NewMessage): DraftRow {
  const quoted: QuotedRow | undefined =
    message.quotedMsg === undefined || message.quotedStanzaID === undefined
      ? undefined
      : quotedRow(chatId, message.quotedMsg, message.quotedStanzaID, message.quotedParticipant);
  const mentions = (message.mentionedJidList ?? []).map((wid) => wid._serialized);
  const details = detailsOf(keptAttributes(message) as Readonly<Record<string, unknown>>);
  return {
    id: message.id.id,
    chatId: chatId._serialized,
    type: message.type,
    body: message.body ?? '',
    ...(quoted === undefined ? {} : { quoted }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(details === undefined ? {} : { details }),
  };
}

/** Copies a message into another chat, as a new one that says that it was passed on. */
export async function forward(
  store: AccountStore,
  session: Session,
  chat: ChatModel,
  source: MsgModel,
): Promise<SendOutcome> {
  if (source.isEmpty) throw new Error(`A message of type ${source.type} cannot be forwarded`);
  // Looked up at every send, as the library does: whoever replaces it chooses the id.
  const { newId } = requireModule('WAWebMsgKey') as { newId(): Promise<string> };
  const participant = chat.id.isGroup() ? store.me : undefined;
  const key = new MsgKey({ from: store.me, to: chat.id, id: await newId(), participant, selfDir: 'out' });
  // One's own words are not marked as somebody else's.
  const isForwarded = source.isForwarded || !source.id.fromMe;
  const [added, sent] = addAndSend(store, session, chat, {
    ...contentOf(source),
    id: key,
    type: source.type,
    body: source.body ?? '',
    t: Math.floor(Date.now() / 1000),
    ...{ ack: 0, from: store.me, to: chat.id, self: 'out', local: true, isNewMsg: true, isForwarded },
    ...(isForwarded ? { forwardingScore: (source.forwardingScore ?? 0) + 1 } : {}),
  });
  await added;
  return sent;
}

const NOT_PASSED_ON = ['groupMentions', 'latestEditMsgKey', 'latestEditSenderTimestampMs'];

function contentOf(source: MsgModel): object {
  const all = source.serialize();
  const names = DETAIL_NAMES.filter((name) => all[name] !== undefined && !NOT_PASSED_ON.includes(name));
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function quotedRow(chatId: Wid, message: QuotedMessage, id: string, participant: Wid | undefined): QuotedRow {
  const details = detailsOf(message);
  return {
    id,
    fromMe: false,
    participant: serializedOf(participant) ?? chatId._serialized,
    type: message.type,
    body: message.body,
    ...(details === undefined ? {} : { details }),
  };
}

/** As the network sees it: what it is not told it cannot tell back, and a difference would look like an edit. */
function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function plainGroupMentions(mentions: unknown): readonly object[] {
  if (!Array.isArray(mentions)) return [];
  return (mentions as readonly { groupSubject: string; groupJid: Wid }[]).map(({ groupSubject, groupJid }) => ({
    groupSubject,
    groupJid: plainId(groupJid),
  }));
}
