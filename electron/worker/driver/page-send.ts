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

/** What the page says to it. Only with `go` may the message be made. */
export type SendOutlook =
  | {
      readonly go: true;
      /** Nobody of this account has been in this chat before. */
      readonly isNew: boolean;
      /** The key of the message that this one answers. */
      readonly quoted?: string;
      /** Whether the page may be asked what is behind a link: it gives up in time. */
      readonly preview: boolean;
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
 *
 * A later message to a chat that the page has can bring its order along, as `extra.order`: then the same is asked on its way,
 * without a visit of its own.
 */
export const prepareSend = async (first: SendOrder): Promise<SendOutlook> => {
  const world = globalThis as unknown as PageWorld & { setTimeout(task: () => void, delayMs: number): void };
  const { Chat, Msg } = world.require('WAWebCollections');
  const textOf = (id: PageWid | PageMessageKey | string | undefined): string =>
    typeof id === 'string' ? id : (id?._serialized ?? String(id));
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };

  const links = attempt(() => world.require('WAWebLinkPreviewChatAction'));

  const outlookOf = async (order: SendOrder): Promise<SendOutlook> => {
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
        const ends = writers.map(
          (writer) => `${chatText}_${quotedMessageId}${writer === undefined ? '' : `_${writer}`}`,
        );
        const keys = ends.flatMap((end) => [`true_${end}`, `false_${end}`]);
        found = (await Msg.getMessagesById(keys))?.messages?.find(isIt);
      }
      if (found === undefined) return { go: false, why: 'quote_gone' };
      quoted = textOf(found.id);
    }
    if (world.switchboardSend?.id === order.messageId && world.switchboardSend.givenUp) {
      throw new Error('This send was given up');
    }
    world.switchboardSend = {
      id: order.messageId,
      types: order.types,
      quotes: quoted !== undefined,
      consumed: false,
      givenUp: false,
    };
    const preview = links !== undefined && links.getLinkPreview === world.switchboardPreview;
    return { go: true, isNew: known === undefined, preview, ...(quoted === undefined ? {} : { quoted }) };
  };

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

  // What is behind a link is looked up before the message is made: a site that hangs or fails must cost the preview and not
  // the message. In ms.
  const lookUpLimitMs = 4_000;
  const lookUp = links?.getLinkPreview;
  if (typeof lookUp === 'function' && lookUp !== world.switchboardPreview) {
    const patient: typeof lookUp = (...link) =>
      Promise.race([
        new Promise((resolve) => resolve(lookUp.call(links, ...link))).catch(() => undefined),
        new Promise<undefined>((resolve) => world.setTimeout(() => resolve(undefined), lookUpLimitMs)),
      ]);
    attempt(() => {
      if (links !== undefined) links.getLinkPreview = patient;
      world.switchboardPreview = patient;
    });
  }

  // The library puts its functions into the page anew when it takes the page over anew.
  const library: PageWorld['WWebJS'] | undefined = world.WWebJS;
  if (library !== undefined && world.switchboardDesk !== library.sendMessage) {
    const original = library.sendMessage;
    const desk: typeof original = async (chat, content, options) => {
      const { order, ...extraOptions } = options?.extraOptions ?? {};
      if (order === undefined) return original.call(library, chat, content, options);
      const outlook = await outlookOf(order);
      if (!outlook.go) {
        world.switchboardSend = {
          id: order.messageId,
          types: [],
          quotes: false,
          consumed: false,
          givenUp: true,
          outlook,
        };
        throw new Error(`It must not be sent: ${outlook.why}`);
      }
      return original.call(library, chat, content, { ...options, extraOptions });
    };
    library.sendMessage = desk;
    world.switchboardDesk = desk;
  }
  return outlookOf(first);
};

/** How a send that came back with an error stands. */
export interface SendEnd {
  /** The message got its id: the page may have it. */
  readonly consumed: boolean;
  /** Why it was not let through. */
  readonly refused?: 'type' | 'quote';
  /** What spoke against a message that brought its order along. */
  readonly outlook?: Extract<SendOutlook, { readonly go: false }>;
  /** Whether the page can take orders along; not after it was loaded or taken over anew. */
  readonly takesOrders: boolean;
  /** The page's own word for its connection. */
  readonly state?: string;
}

/** Ends a send. With `late` it has not come back: if it has not made its message yet, it never will. */
export const endSend = (messageId: string, late: boolean): SendEnd => {
  const world = globalThis as unknown as PageWorld;
  const send = world.switchboardSend?.id === messageId ? world.switchboardSend : undefined;
  // A page that was loaded anew knows nothing of it, and nothing of it can leave any more.
  const consumed = send?.consumed === true;
  // What has its id is with the page, and may be asked for again under the same id.
  if (send !== undefined && late) send.givenUp = !send.consumed;
  else if (late) {
    world.switchboardSend = { id: messageId, types: [], quotes: false, consumed: false, givenUp: true };
  } else delete world.switchboardSend;
  let state: string | undefined;
  try {
    state = world.require('WAWebSocketModel').Socket.state;
  } catch {
    state = undefined;
  }
  return {
    consumed,
    takesOrders: world.switchboardDesk !== undefined && world.switchboardDesk === world.WWebJS?.sendMessage,
    ...(send?.outlook === undefined ? {} : { outlook: send.outlook }),
    ...(send?.refused === undefined ? {} : { refused: send.refused }),
    ...(state === undefined ? {} : { state }),
  };
};
