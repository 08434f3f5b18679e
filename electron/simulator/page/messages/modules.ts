import type { DraftRow, QuotedRow } from '../../frames';
import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import { MsgKey } from '../core/msg-key';
import { define, definePartly } from '../core/registry';
import { serializedOf, type Wid } from '../core/wid';
import type { Session } from '../session/session';
import { findLink, findLinks } from './links';
import { MsgModel } from './msg-model';

/** A message with this id is here already; its name is what callers look at. */
export class DuplicateMessageError extends Error {
  override readonly name = 'DuplicateMessageError';

  constructor(key: MsgKey) {
    super(`DuplicateMessageError: a message with the id ${key} exists already`);
  }
}

/** Attributes of a new text message that are kept; the library passes its own options along as well. */
const KEPT = [
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
  'groupMentions',
  'quotedMsg',
  'quotedStanzaID',
  'quotedParticipant',
  'quotedRemoteJid',
  'isForwarded',
] as const;

interface NewMessage {
  readonly id: MsgKey;
  readonly type: string;
  readonly body?: string;
  readonly t: number;
  readonly mentionedJidList?: readonly Wid[];
  readonly quotedMsg?: { readonly type: string; readonly body: string };
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: Wid;
}

type SendOutcome = { readonly messageSendResult: 'OK' | 'ERROR_UNKNOWN'; readonly t?: number };

export function defineMessageModules(store: AccountStore, session: Session): void {
  define('WAWebSendMsgChatAction', {
    addAndSendMsgToChat: (chat: ChatModel, message: NewMessage) => addAndSend(store, session, chat, message),
  });
  define('WAWebGetEphemeralFieldsMsgActionsUtils', { getEphemeralFields: () => ({}) });
  define('WAWebMsgReply', { canReplyMsg: (message: MsgModel) => message.canReply() });
  define('WAWebQuotedMsgModelUtils', { getQuotedMsgObj: (message: MsgModel) => quotedOf(store, message) });
  define('WALinkify', { findLink, findLinks });
  // A practice network fetches nothing from the open internet, so links have no preview.
  define('WAWebLinkPreviewChatAction', { getLinkPreview: async () => null });
  define('WAWebSyncGatingUtils', { isPlaceholderMessageResendEnabled: () => false });
  define('WAWebBackendJobsCommon', {});
  define('WAWebE2EProtoUtils', {});
  definePartly('WAWebAddonReactionTableMode', { reactionTableMode: { bulkUpsert: async () => undefined } });
  definePartly('WAWebAddonPollVoteTableMode', { pollVoteTableMode: { bulkUpsert: async () => undefined } });
}

/** In order: refused when known, stored and told to everybody, then handed to the network. */
function addAndSend(
  store: AccountStore,
  session: Session,
  chat: ChatModel,
  message: NewMessage,
): readonly [Promise<MsgModel>, Promise<SendOutcome>] {
  const refusal = refuse(store, message);
  if (refusal !== undefined) {
    const refused = Promise.reject(refusal);
    // The second promise is awaited by few callers; a refusal nobody looks at must not surface as an unhandled one.
    refused.catch(() => undefined);
    return [refused, refused];
  }
  const attributes = message as unknown as Record<string, unknown>;
  const kept = KEPT.filter((name) => attributes[name] !== undefined).map((name) => [name, attributes[name]]);
  const model = new MsgModel(Object.fromEntries(kept));
  store.addOwn(chat, model);
  const sent = session.wire.request('send', draftOf(chat, message), { lasting: true }).then(
    (result): SendOutcome => {
      model.set('t', result.t);
      model.updateAck(result.ack);
      return { messageSendResult: 'OK', t: result.t };
    },
    (): SendOutcome => {
      model.updateAck(-1);
      return { messageSendResult: 'ERROR_UNKNOWN' };
    },
  );
  return [Promise.resolve(model), sent];
}

function refuse(store: AccountStore, message: NewMessage): Error | undefined {
  if (store.messages.get(message.id) !== undefined) return new DuplicateMessageError(message.id);
  if (message.type === 'chat') return undefined;
  return new Error(
    `WAWebSendMsgChatAction.addAndSendMsgToChat of type ${message.type} is not offered by the practice network yet`,
  );
}

function draftOf(chat: ChatModel, message: NewMessage): DraftRow {
  const quoted: QuotedRow | undefined =
    message.quotedMsg === undefined || message.quotedStanzaID === undefined
      ? undefined
      : {
          id: message.quotedStanzaID,
          fromMe: false,
          participant: serializedOf(message.quotedParticipant) ?? chat.id._serialized,
          type: message.quotedMsg.type,
          body: message.quotedMsg.body,
        };
  const mentions = (message.mentionedJidList ?? []).map((wid) => wid._serialized);
  return {
    id: message.id.id,
    chatId: chat.id._serialized,
    type: 'chat',
    body: message.body ?? '',
    ...(quoted === undefined ? {} : { quoted }),
    ...(mentions.length === 0 ? {} : { mentions }),
  };
}

/** The message that was answered: itself when it is here, else what the answer remembers of it. */
function quotedOf(store: AccountStore, message: MsgModel): MsgModel {
  const id = message.quotedStanzaID ?? '';
  const participant = message.quotedParticipant;
  const remote = message.id.remote;
  const fromMe = participant?.equals(store.me) === true;
  const key = new MsgKey({ fromMe, remote, id, participant: remote.isGroup() ? participant : undefined });
  const known = store.messages.get(key);
  if (known !== undefined) return known;
  const from = participant ?? remote;
  return new MsgModel({
    id: key,
    type: message.quotedMsg?.type ?? 'chat',
    body: message.quotedMsg?.body ?? '',
    from,
    to: fromMe ? remote : store.me,
    ack: fromMe ? 1 : 0,
    isNewMsg: false,
  });
}
