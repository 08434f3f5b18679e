import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import { define, definePartly } from '../core/registry';
import type { Cmd } from '../session/modules';
import type { Session } from '../session/session';
import { defineMessageActions } from './actions';
import { defineMessageKinds } from './kinds';
import { findLink, findLinks } from './links';
import type { MsgModel } from './msg-model';
import { quotedOf } from './quoted';
import { addAndSend, type NewMessage, resend, sendRecord } from './send';

/** What a message says about its own end, in chats where messages disappear. */
function ephemeralFields(chat: ChatModel): object {
  const duration = chat.groupMetadata?.get('ephemeralDuration');
  return typeof duration === 'number' && duration > 0 ? { ephemeralDuration: duration } : {};
}

export function defineMessageModules(store: AccountStore, session: Session, cmd: Cmd): void {
  define('WAWebSendMsgChatAction', {
    addAndSendMsgToChat: (chat: ChatModel, message: NewMessage) => addAndSend(store, session, chat, message),
  });
  define('WAWebSendMsgRecordAction', { sendMsgRecord: (message: MsgModel) => sendRecord(session, message) });
  define('WAWebResendMsgAction', { resendMsg: (message: MsgModel) => resend(session, message) });
  define('WAWebGetEphemeralFieldsMsgActionsUtils', { getEphemeralFields: ephemeralFields });
  define('WAWebMsgReply', { canReplyMsg: (message: MsgModel) => message.canReply() });
  define('WAWebQuotedMsgModelUtils', { getQuotedMsgObj: (message: MsgModel) => quotedOf(store, message) });
  define('WALinkify', { findLink, findLinks });
  define('WAWebSyncGatingUtils', { isPlaceholderMessageResendEnabled: () => false });
  define('WAWebBackendJobsCommon', {});
  define('WAWebE2EProtoUtils', {});
  definePartly('WAWebAddonReactionTableMode', { reactionTableMode: { bulkUpsert: async () => undefined } });
  definePartly('WAWebAddonPollVoteTableMode', { pollVoteTableMode: { bulkUpsert: async () => undefined } });
  defineMessageActions(store, session, cmd);
  defineMessageKinds(store, session);
}
