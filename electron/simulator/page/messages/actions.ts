import type { MessageRef } from '../../message-frames';
import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import { define } from '../core/registry';
import { createWid, type Wid } from '../core/wid';
import type { Cmd } from '../session/modules';
import type { Session } from '../session/session';
import { detailsOf } from './details';
import { reactionGroups } from './message-events';
import type { MsgModel } from './msg-model';
import { forward } from './send';

const EDIT_WITHIN_S = 15 * 60;
const REVOKE_WITHIN_S = 60 * 3600;

interface Marked {
  readonly list: readonly MsgModel[];
}

interface EditOptions {
  readonly mentionedJidList?: readonly Wid[];
  readonly data?: object;
}

/** What can be done with a message that is there. The network tells what came of it before it answers. */
export function defineMessageActions(store: AccountStore, session: Session, cmd: Cmd): void {
  const { wire } = session;
  const each = async (messages: readonly MsgModel[], act: (ref: MessageRef) => Promise<unknown>) => {
    for (const message of messages) await act(refOf(message));
  };
  const commands = {
    sendRevokeMsgs: (_chat: ChatModel, { list }: Marked) => each(list, (ref) => wire.request('revoke', ref)),
    sendDeleteMsgs: (_chat: ChatModel, { list }: Marked) => each(list, (ref) => wire.request('delete-for-me', ref)),
    sendStarMsgs: (_chat: ChatModel, list: readonly MsgModel[]) =>
      each(list, (ref) => wire.request('star', { ...ref, star: true })),
    sendUnstarMsgs: (_chat: ChatModel, list: readonly MsgModel[]) =>
      each(list, (ref) => wire.request('star', { ...ref, star: false })),
  };
  for (const [name, value] of Object.entries(commands)) {
    Object.defineProperty(cmd, name, { configurable: true, value });
  }

  define('WAWebMsgActionCapability', {
    canSenderRevokeMsg: (message: MsgModel) =>
      message.id.fromMe && !message.isEmpty && ageOf(message) < REVOKE_WITHIN_S,
    canAdminRevokeMsg: (message: MsgModel) =>
      !message.id.fromMe &&
      !message.isEmpty &&
      message.id.remote.isGroup() &&
      store.chats.get(message.id.remote)?.iAmAdmin() === true,
    canStarMsg: (message: MsgModel) => !message.isEmpty,
    canEditText: (message: MsgModel) => message.type === 'chat' && isEditable(message),
    canEditCaption: (message: MsgModel) =>
      message.directPath !== undefined && message.caption !== undefined && isEditable(message),
  });
  define('WAWebSendMessageEditAction', {
    sendMessageEdit: async (message: MsgModel, text: string, options: EditOptions = {}) => {
      const mentions = (options.mentionedJidList ?? []).map((wid) => wid._serialized);
      const details = detailsOf({ ...options, ...options.data });
      await wire.request('edit', {
        ...refOf(message),
        text,
        ...(mentions.length === 0 ? {} : { mentions }),
        ...(details === undefined ? {} : { details }),
      });
    },
  });
  define('WAWebChatForwardMessage', {
    forwardMessages: async ({ chat, msgs }: { readonly chat: ChatModel; readonly msgs: readonly MsgModel[] }) => {
      for (const message of msgs) await forward(store, session, chat, message);
    },
  });
  define('WAWebSendReactionMsgAction', {
    sendReactionToMsg: async (message: MsgModel, text: string) => {
      await wire.request('react', { ...refOf(message), text });
    },
  });
  define('WAWebApiMessageInfoStore', {
    queryMsgInfo: async ({ remote, id }: MsgModel['id']) => {
      const info = await wire.request('message-info', { chatId: remote._serialized, id });
      const people = (list: readonly { readonly id: string; readonly t: number }[]) =>
        list.map((entry) => ({ ...entry, id: createWid(entry.id) }));
      return { ...info, delivery: people(info.delivery), read: people(info.read), played: people(info.played) };
    },
  });
  definePins(store, session);
}

/** The collection of reactions; it asks the network each time, so nothing is kept for messages that nobody looks at. */
export function reactionsOf(
  store: AccountStore,
  session: Session,
): { readonly find: (id: string) => Promise<object | null> } {
  return {
    find: async (id: string) => {
      const { messages } = await store.messages.getMessagesById([id]);
      const [message] = messages;
      if (message === undefined) return null;
      const { reactions } = await session.wire.request('reactions', refOf(message));
      const groups = reactionGroups(store, message, reactions);
      return { reactions: { length: groups.length, serialize: () => groups } };
    },
  };
}

function definePins(store: AccountStore, session: Session): void {
  const { wire } = session;
  // The library replaces this function for the length of one call.
  const constants = define('WAWebPinMsgConstants', { getPinExpiryDuration: () => 7 * 86_400 });
  define('WAWebSendPinMessageAction', {
    sendPinInChatMsg: async (message: MsgModel, action: number) => {
      const forS = action === 1 ? constants.getPinExpiryDuration() : 0;
      try {
        await wire.request('pin', { ...refOf(message), forS });
        return { messageSendResult: 'OK' };
      } catch {
        return { messageSendResult: 'ERROR_UNKNOWN' };
      }
    },
  });
  define('WAWebPinInChatSchema', {
    getTable: () => ({
      equals: async (_columns: readonly string[], chatId: string) => {
        const { messages } = await wire.request('pins', { chatId });
        return messages.map((row) => ({ chatId, pinType: 1, parentMsgKey: store.keyOf(row).toString() }));
      },
    }),
  });
}

export function refOf(message: MsgModel): MessageRef {
  return { chatId: message.id.remote._serialized, id: message.id.id };
}

function isEditable(message: MsgModel): boolean {
  return message.id.fromMe && !message.isForwarded && ageOf(message) < EDIT_WITHIN_S;
}

/** Seconds. */
function ageOf(message: MsgModel): number {
  return Date.now() / 1000 - message.t;
}
