import type { PageChat, PageMessage, PageMessageKey, PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** One message that is about to be handed to the page. */
export interface SendOrder {
  readonly chatId: string;
  readonly messageId: string;
  /** Whether a chat that the page does not know yet may be opened. */
  readonly open: boolean;
  /** WhatsApp's names of what it may become; empty: whatever the page makes of it. */
  readonly types: readonly string[];
  readonly quotedMessageId?: string;
}

/** What the page says to it. Only with `go` has anything been prepared. */
export type SendOutlook =
  | {
      readonly go: true;
      /** Nobody of this account has been in this chat before. */
      readonly isNew: boolean;
      /** The key of the message that this one answers. */
      readonly quoted?: string;
    }
  | {
      readonly go: false;
      readonly why: 'unknown_chat' | 'no_chat' | 'not_member' | 'admins_only' | 'timelock' | 'capping' | 'quote_gone';
      /** The page's own words. */
      readonly reason?: string;
    };

/**
 * Makes sure that the page has the chat, asks what speaks against the message, and sees to it that the message gets its id.
 *
 * The id travels with the message itself, as the library's `extra.id`, and becomes a key where all messages of chats pass.
 * So it can be the id of this message only, however long its upload takes and whatever else the page makes meanwhile; and
 * a message that does not come past here (a page that has just been loaded anew) has no key and goes nowhere.
 */
export const prepareSend = async (order: SendOrder): Promise<SendOutlook> => {
  const world = globalThis as unknown as PageWorld;
  const { Chat, Msg } = world.require('WAWebCollections');
  const textOf = (id: PageWid | PageMessageKey | string | undefined): string =>
    typeof id === 'string' ? id : (id?._serialized ?? String(id));
  const wid = world.require('WAWebWidFactory').createWid(order.chatId);
  const known = Chat.get(wid);
  let chat: PageChat | undefined = known;
  if (chat === undefined) {
    if (!order.open) return { go: false, why: 'unknown_chat' };
    try {
      chat = (await world.require('WAWebFindChatAction').findOrCreateLatestChat(wid))?.chat ?? undefined;
    } catch (error) {
      return { go: false, why: 'no_chat', reason: error instanceof Error ? error.message : String(error) };
    }
    if (chat === undefined) return { go: false, why: 'no_chat' };
  }

  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
  const mine = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())]
    .filter((one) => one !== undefined && one !== null)
    .map(textOf);
  const isGroup = order.chatId.endsWith('@g.us');
  const members = isGroup ? (attempt(() => chat?.groupMetadata?.participants?.getModelsArray()) ?? []) : [];
  if (isGroup && members.length > 0 && mine.length > 0) {
    const own = members.find((member) => mine.includes(textOf(member.id)));
    if (own === undefined) return { go: false, why: 'not_member' };
    if (chat.groupMetadata?.announce === true && own.isAdmin !== true && own.isSuperAdmin !== true) {
      return { go: false, why: 'admins_only' };
    }
  }
  // Of a group that it is not in the page may make an empty chat.
  if (isGroup && known === undefined && members.length === 0) return { go: false, why: 'not_member' };

  // WhatsApp's own limits: what they forbid would be made here and be refused there. Builds without these modules state none.
  const who = { chat, contact: attempt(() => chat?.contact) };
  const timelock = attempt(() => world.require('WAWebReachoutTimelockUtils'));
  if (
    (await attempt(() => timelock?.isUserReachoutTimelocked?.())) === true &&
    (await attempt(() => timelock?.canSendMsgWhileTimelocked?.(who))) === false
  ) {
    return { go: false, why: 'timelock' };
  }
  const capping = attempt(() => world.require('WAWebIndividualNewChatMessageCappingLimitUtils'));
  if ((await attempt(() => capping?.canSendMsgWhileCapped?.(who))) === false) return { go: false, why: 'capping' };

  let quoted: string | undefined;
  if (order.quotedMessageId !== undefined) {
    const { quotedMessageId } = order;
    const isIt = (message: PageMessage): boolean => message.id.id === quotedMessageId;
    const chatText = textOf(chat.id);
    const here = (message: PageMessage): boolean =>
      isIt(message) && [chatText, order.chatId].includes(textOf(message.id.remote));
    let found = attempt(() => chat?.msgs?.getModelsArray().find(isIt)) ?? Msg.getModelsArray().find(here);
    if (found === undefined && typeof Msg.getMessagesById === 'function') {
      // In groups a key ends with its writer.
      const writers = isGroup ? [...mine, ...members.map((member) => textOf(member.id))] : [undefined];
      const ends = writers.map((writer) => `${chatText}_${quotedMessageId}${writer === undefined ? '' : `_${writer}`}`);
      const keys = ends.flatMap((end) => [`true_${end}`, `false_${end}`]);
      found = (await Msg.getMessagesById(keys))?.messages?.find(isIt);
    }
    if (found === undefined) return { go: false, why: 'quote_gone' };
    quoted = textOf(found.id);
  }

  const actions = world.require('WAWebSendMsgChatAction');
  if (world.switchboardHook !== actions.addAndSendMsgToChat) {
    const original = actions.addAndSendMsgToChat;
    const hook: typeof original = (chatOfMessage, message, ...more) => {
      const chosen = message.id;
      // What is sent by hand or by the page itself has a key.
      if (typeof chosen !== 'string') return original.call(actions, chatOfMessage, message, ...more);
      const send = world.switchboardSend;
      // Whoever waited for this send has been told that it is lost: it must not leave later.
      if (send === undefined || send.id !== chosen || send.givenUp || send.consumed) {
        throw new Error('This send was given up');
      }
      if (send.types.length > 0 && !send.types.includes(String(message['type']))) {
        send.refused = 'type';
        throw new Error(`It would have become ${String(message['type'])}`);
      }
      if (send.quotes && message['quotedStanzaID'] === undefined && message['quotedMsg'] === undefined) {
        send.refused = 'quote';
        throw new Error('The message cannot be answered');
      }
      const from = message.from;
      const shared = chatOfMessage.id as { isGroup?(): boolean };
      const participant =
        typeof shared.isGroup === 'function' && shared.isGroup()
          ? world.require('WAWebWidFactory').asUserWidOrThrow(from)
          : undefined;
      const Key = world.require('WAWebMsgKey');
      message.id = new Key({ from, to: chatOfMessage.id, id: chosen, participant, selfDir: 'out' });
      send.consumed = true;
      return original.call(actions, chatOfMessage, message, ...more);
    };
    actions.addAndSendMsgToChat = hook;
    world.switchboardHook = hook;
  }
  world.switchboardSend = {
    id: order.messageId,
    types: order.types,
    quotes: quoted !== undefined,
    consumed: false,
    givenUp: false,
  };
  return { go: true, isNew: known === undefined, ...(quoted === undefined ? {} : { quoted }) };
};

/** How a send that came back with an error stands. */
export interface SendEnd {
  /** The message got its id: the page may have it. */
  readonly consumed: boolean;
  /** Why it was not let through. */
  readonly refused?: 'type' | 'quote';
  /** The page's own word for its connection. */
  readonly state?: string;
}

/** Ends a send. With `late` it has not come back: if it has not made its message yet, it never will. */
export const endSend = (late: boolean): SendEnd => {
  const world = globalThis as unknown as PageWorld;
  const send = world.switchboardSend;
  // A page that was loaded anew knows nothing of it, and nothing of it can leave any more.
  const consumed = send?.consumed === true;
  if (send !== undefined && late) send.givenUp = true;
  else delete world.switchboardSend;
  let state: string | undefined;
  try {
    state = world.require('WAWebSocketModel').Socket.state;
  } catch {
    state = undefined;
  }
  return {
    consumed,
    ...(send?.refused === undefined ? {} : { refused: send.refused }),
    ...(state === undefined ? {} : { state }),
  };
};
