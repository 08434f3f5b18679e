import type { PageChat, PageMessage, PageModel, PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** What the page says of its connection; undefined where it has lost the words for it, which the canary tells. */
export const readSocketState = (): string | undefined => {
  try {
    return (globalThis as unknown as PageWorld).require('WAWebSocketModel').Socket.state;
  } catch {
    return undefined;
  }
};

/**
 * Chats by id, or all of them, and names of people, in one visit. A chat that the page does not have in memory is left out:
 * asking WhatsApp for it is somebody else's decision.
 */
export const readChats = (
  chatIds: readonly string[] | undefined,
  peopleIds: readonly string[],
): { readonly chats: readonly unknown[]; readonly names: Readonly<Record<string, string>> } => {
  const world = globalThis as unknown as PageWorld;
  const { Chat, Contact } = world.require('WAWebCollections');
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const contactName = (contact: PageModel | undefined): unknown =>
    contact?.['name'] || contact?.['verifiedName'] || contact?.['pushname'];
  const plain = (chat: PageChat): unknown => ({
    id: attempt(() => chat.id._serialized ?? chat.id.toString()),
    name: attempt(() => chat['formattedTitle'] || chat['name']),
    pushName: attempt(() => contactName(Contact.get(chat.id))),
    phoneWid: attempt(() => {
      const wid = world.require('WAWebLidMigrationUtils').toPn(chat.id);
      return wid?._serialized ?? wid?.toString();
    }),
    unreadCount: chat['unreadCount'],
    t: chat['t'],
    lastMessageId: attempt(() => (chat['lastReceivedKey'] as { readonly id?: unknown } | undefined)?.id),
    archived: chat['archive'] === true,
    pinned: Boolean(chat['pin']),
    muteExpiration: attempt(() => (chat['mute'] as { readonly expiration?: unknown } | undefined)?.expiration),
  });
  const found =
    chatIds === undefined
      ? Chat.getModelsArray()
      : chatIds.map((id) => attempt(() => Chat.get(id))).filter((chat) => chat !== undefined);
  const names: Record<string, string> = {};
  for (const id of peopleIds) {
    const name = attempt(() => contactName(Contact.get(id)));
    if (typeof name === 'string' && name !== '') names[id] = name;
  }
  return { chats: found.map(plain), names };
};

/** The newest messages of a chat, oldest first, loading earlier ones until there are enough or no more. Undefined: no such chat. */
export const readMessages = async (chatId: string, limit: number): Promise<readonly unknown[] | undefined> => {
  const world = globalThis as unknown as PageWorld;
  const { Chat, Contact } = world.require('WAWebCollections');
  const chat = Chat.get(chatId);
  if (chat === undefined || chat.msgs === undefined) return undefined;
  const written = (message: PageMessage): boolean => message.isNotification !== true;
  const known = new Set<string>();
  let ordered: readonly PageMessage[] = [];
  /** Puts those that are new before the others; answers with how many they were. */
  const take = (messages: readonly PageMessage[]): number => {
    const added = messages.filter((message) => {
      const key = `${message.id.fromMe}_${message.id.id}`;
      if (!written(message) || known.has(key)) return false;
      known.add(key);
      return true;
    });
    ordered = [...added, ...ordered];
    return added.length;
  };
  take(chat.msgs.getModelsArray());
  while (ordered.length < limit) {
    const earlier = await world.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat });
    if (!earlier || earlier.length === 0) break;
    // Some builds return what was loaded, some only put it into the chat.
    if (take(earlier) + take(chat.msgs.getModelsArray()) === 0) break;
  }
  const authorName = (message: PageMessage): unknown => {
    try {
      const contact = message['author'] ? Contact.get(message['author']) : undefined;
      return contact?.['name'] || contact?.['verifiedName'] || contact?.['pushname'];
    } catch {
      return undefined;
    }
  };
  const plainWid = (wid: unknown): string | undefined =>
    typeof wid === 'string'
      ? wid
      : ((wid as PageWid | undefined)?._serialized ?? (wid as PageWid | undefined)?.toString());
  // The body of media is its preview picture: kilobytes that nobody reads.
  const pictured = ['image', 'video', 'sticker', 'document', 'audio', 'ptt', 'location'];
  // The order of arrival decides within one second: the sort is stable.
  const newest = [...ordered].sort((a, b) => (a.t ?? 0) - (b.t ?? 0)).slice(-limit);
  return newest.map((message) => ({
    id: {
      fromMe: message.id.fromMe,
      remote: plainWid(message.id.remote),
      id: message.id.id,
      participant: plainWid((message.id as { participant?: unknown }).participant),
    },
    type: message['type'],
    body: pictured.includes(String(message['type'])) ? undefined : message['body'],
    caption: message['caption'],
    pollName: message['pollName'],
    loc: message['loc'],
    vcardFormattedName: message['vcardFormattedName'],
    author: plainWid(message['author']),
    authorName: authorName(message),
    notifyName: message['notifyName'],
    latestEditSenderTimestampMs: message['latestEditSenderTimestampMs'],
    t: message.t,
    ack: message['ack'],
  }));
};
