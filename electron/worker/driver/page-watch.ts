import type { PageChat, PageMessage, PageMessageKey, PageWid, PageWorld } from './page-world';

/** What the page has done that the library does not tell of. */
export type PageNews =
  | { readonly kind: 'chat'; readonly chatId: string }
  | { readonly kind: 'emptied'; readonly chatId: string; readonly removed: boolean }
  | { readonly kind: 'message_removed'; readonly key: string };

/** The name under which the page finds the worker's ear. */
export const newsFunction = 'switchboardHeard';

/**
 * Runs inside the page: its source text is sent there. Tells of chats that are emptied, deleted, pinned or silenced, and of old
 * messages that are deleted, here or on the phone.
 *
 * A page also drops what it only does not need in memory, or all of it when it logs out. So nothing is told before the page was
 * asked, a moment later and with its connection up, whether it is really gone.
 */
export const watchPage = (newsFunctionName: string): void => {
  type Listener = (model: never, value?: unknown) => void;
  interface Watched {
    on(names: string, listener: Listener): void;
  }
  const world = globalThis as unknown as PageWorld & {
    switchboardWatching?: boolean;
    setTimeout(task: () => void, delayMs: number): void;
  };
  if (world.switchboardWatching === true) return;
  world.switchboardWatching = true;
  const settleMs = 300;
  const { Chat, Msg } = world.require('WAWebCollections');
  const textOf = (id: PageWid | PageMessageKey | undefined): string => id?._serialized ?? String(id);
  const tell = (news: PageNews): void => {
    const ear = (world as unknown as Record<string, ((news: PageNews) => unknown) | undefined>)[newsFunctionName];
    void ear?.(news);
  };
  const isConnected = (): boolean => {
    try {
      return world.require('WAWebSocketModel').Socket.state === 'CONNECTED';
    } catch {
      return false;
    }
  };
  /** After a moment, and only with the connection up; whatever goes wrong means that nothing is known. */
  const later = (check: () => Promise<void>): void =>
    world.setTimeout(() => {
      if (isConnected()) check().catch(() => undefined);
    }, settleMs);
  const isEmpty = (chat: PageChat): boolean =>
    !chat['lastReceivedKey'] && (chat.msgs?.getModelsArray() ?? []).length === 0;

  (Chat as unknown as Watched).on('change:pin change:mute change:muteExpiration', (chat: PageChat) =>
    tell({ kind: 'chat', chatId: textOf(chat.id) }),
  );

  (Chat as unknown as Watched).on('remove', (chat: PageChat) => {
    const chatId = textOf(chat.id);
    later(async () => {
      const now = Chat.get(chatId);
      // Whoever asks for it makes it anew, without a message.
      if (now === undefined || isEmpty(now)) tell({ kind: 'emptied', chatId, removed: true });
    });
  });

  (Chat as unknown as Watched).on('change:lastReceivedKey', (chat: PageChat, key: unknown) => {
    if (key) return;
    const chatId = textOf(chat.id);
    later(async () => {
      if (Chat.get(chatId) !== chat || !isEmpty(chat)) return;
      // The newest may be gone and older ones not loaded.
      const earlier = await world.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat });
      if ((earlier ?? []).length === 0 && isEmpty(chat)) tell({ kind: 'emptied', chatId, removed: false });
    });
  });

  const gone = new Set<string>();
  (Msg as unknown as Watched).on('remove', (message: PageMessage) => {
    // Of new ones the library tells.
    if (message['isNewMsg'] === true) return;
    gone.add(textOf(message.id));
    if (gone.size > 1) return;
    let keys: readonly string[] = [];
    // Taken also where nothing can be asked: the next ones begin anew.
    world.setTimeout(() => {
      keys = [...gone];
      gone.clear();
    }, settleMs);
    later(async () => {
      const found = await Msg.getMessagesById?.(keys);
      // A page that cannot be asked has not said that they are gone.
      if (found === undefined || found === null) return;
      const there = new Set((found.messages ?? []).filter(Boolean).map((one) => textOf(one.id)));
      for (const key of keys) if (!there.has(key)) tell({ kind: 'message_removed', key });
    });
  });
};
