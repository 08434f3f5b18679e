import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import type { MsgKey } from '../core/msg-key';
import { define, requireModule } from '../core/registry';
import type { Wid } from '../core/wid';
import type { MsgModel } from '../messages/msg-model';
import type { Cmd } from '../session/modules';
import type { Session } from '../session/session';
import { defineCallModules } from './calls';
import { defineSettings } from './settings';

/** The request of a device for older messages of one chat. */
const HISTORY_ON_DEMAND = 3;

/** What is done with whole chats, with statuses, calls and settings, and the commands of the interface. */
export function defineAccountModules(store: AccountStore, cmd: Cmd, session: Session): void {
  const { wire } = session;
  const idOf = (chat: ChatModel) => chat.id._serialized;
  // Kept over a lost connection: WhatsApp Web does these at once and tells the others when it can.
  const lasting = { lasting: true };
  Object.assign(cmd, {
    archiveChat: async (chat: ChatModel, archived: boolean) => {
      await wire.request('chatSet', { chatId: idOf(chat), archived }, lasting);
    },
    pinChat: async (chat: ChatModel, pinned: boolean) => {
      await wire.request('chatSet', { chatId: idOf(chat), pinned }, lasting);
    },
    markChatUnread: async (chat: ChatModel, unread: boolean) => {
      const chatId = idOf(chat);
      if (unread) await wire.request('chatSet', { chatId, unread }, lasting);
      else await wire.request('seen', { chatId });
    },
  });
  define('WAWebChatClearBridge', {
    sendClear: async (chat: ChatModel) => {
      await wire.request('chatEmpty', { chatId: idOf(chat), gone: false }, lasting);
    },
  });
  define('WAWebDeleteChatAction', {
    sendDelete: async (chat: ChatModel) => {
      await wire.request('chatEmpty', { chatId: idOf(chat), gone: true }, lasting);
    },
  });
  define('WAWebSendNonMessageDataRequest', {
    sendPeerDataOperationRequest: async (kind: number, { chatId }: { readonly chatId: Wid }) => {
      if (kind !== HISTORY_ON_DEMAND) throw new Error(`The practice phone does not know the request ${kind}`);
      await wire.request('moreHistory', { chatId: chatId._serialized });
    },
  });
  defineStatusModules(store);
  defineCallModules(store.calls, session);
  defineSettings();
  defineInterface(cmd);
}

/** A status is a message to the list of everybody; sending and taking back go the way of all messages. */
function defineStatusModules(store: AccountStore): void {
  const send = async (attributes: object) => {
    const chat = store.statusChat();
    const { addAndSendMsgToChat } = requireModule('WAWebSendMsgChatAction') as {
      addAndSendMsgToChat(chat: ChatModel, message: object): readonly [Promise<unknown>, Promise<unknown>];
    };
    const [stored, sent] = addAndSendMsgToChat(chat, attributes);
    await stored;
    await sent;
  };
  define('WAWebSendStatusMsgAction', {
    // The library throws its own message away here: WhatsApp Web makes another one, with an id of its own.
    sendStatusTextMsgAction: async (status: {
      readonly color: number;
      readonly font: number;
      readonly text: string;
    }) => {
      const Key = requireModule('WAWebMsgKey') as typeof MsgKey;
      const { me } = store;
      const to = store.statusChat().id;
      const id = new Key({ from: me, to, participant: me, id: await Key.newId(), selfDir: 'out' });
      const look = { backgroundColor: status.color, font: status.font };
      const t = Math.floor(Date.now() / 1000);
      const author = { from: me, to, author: me, self: 'out' };
      await send({ id, type: 'chat', body: status.text, ack: 0, t, isNewMsg: true, local: true, ...author, ...look });
    },
    sendStatusMediaMsgAction: async (message: MsgModel, update: (data: object) => void) => {
      update(message);
      await send(message);
    },
  });
  define('WAWebRevokeStatusAction', {
    sendStatusRevokeMsgAction: async (_status: unknown, message: MsgModel) => {
      const { Cmd: cmd } = requireModule('WAWebCmd') as {
        Cmd: { sendRevokeMsgs(chat: ChatModel, what: object, options: object): Promise<unknown> };
      };
      await cmd.sendRevokeMsgs(store.statusChat(), { list: [message], type: 'message' }, { clearMedia: true });
    },
  });
  define('WAWebStatusGatingUtils', { canCheckStatusRankingPosterGating: () => false });
}

/** Commands of the interface; the view does what they say. */
function defineInterface(cmd: Cmd): void {
  Object.assign(cmd, {
    openChatBottom: async ({ chat }: { readonly chat: ChatModel }) => {
      cmd.trigger('view', { chat });
      return true;
    },
    openChatAt: async ({
      chat,
      msgContext,
    }: {
      readonly chat: ChatModel;
      readonly msgContext: { readonly key: MsgKey };
    }) => {
      cmd.trigger('view', { chat, at: msgContext.key });
      return true;
    },
    openDrawerMid: async (chat: ChatModel) => cmd.trigger('view', { chat, drawer: 'chat' }),
    chatSearch: async (chat: ChatModel) => cmd.trigger('view', { chat, drawer: 'search' }),
    msgInfoDrawer: async (message: MsgModel) => cmd.trigger('view', { message, drawer: 'message' }),
  });
  define('WAWebChatMessageSearch', {
    getSearchContext: async (chat: ChatModel, key: MsgKey) => ({ chat, key }),
  });
  define('WAWebDrawerManager', {
    DrawerManager: { closeDrawerRight: async () => cmd.trigger('view', { drawer: undefined }) },
  });
}
