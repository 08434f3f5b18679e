import type { Chat } from '../../electron/contract/entities/chat';
import type { AccountId } from '../../electron/contract/ids';
import { type ChatKey, keyOfChat } from './keys';

/** Whose chats a list shows. */
export type Scope = AccountId | 'all';
export type ChatFilter = 'all' | 'unread' | 'groups';
export type ViewKey = `${string}:${ChatFilter}`;

/** One list of chats as far as it has been read. */
export interface ChatView {
  readonly scope: Scope;
  readonly filter: ChatFilter;
  /** Latest activity first. */
  readonly keys: readonly ChatKey[];
  /** Where the next page starts; undefined when everything has been read. */
  readonly nextCursor: string | undefined;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly loadingMore: boolean;
  readonly error: string | undefined;
}

/** Ids hold no colon before the last one, and the filter holds none. */
export const viewKey = (scope: Scope, filter: ChatFilter): ViewKey => `${scope}:${filter}`;

export const newChatView = (scope: Scope, filter: ChatFilter): ChatView => ({
  scope,
  filter,
  keys: [],
  nextCursor: undefined,
  phase: 'loading',
  loadingMore: false,
  error: undefined,
});

type Chats = Readonly<Record<ChatKey, Chat>>;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Latest activity first; the ids only keep equal times in one order. */
export const compareChats = (a: Chat, b: Chat): number =>
  b.lastActivityMs - a.lastActivityMs || compareText(a.accountId, b.accountId) || compareText(a.id, b.id);

/** Whether a chat belongs in a list. The open chat stays in "unread" while it is being read. */
export const belongsIn = (view: ChatView, chat: Chat, openChat: ChatKey | undefined): boolean => {
  if (view.scope !== 'all' && view.scope !== chat.accountId) return false;
  if (view.filter === 'groups') return chat.kind === 'group';
  if (view.filter === 'unread') return chat.unreadCount > 0 || keyOfChat(chat) === openChat;
  return true;
};

const placeOf = (keys: readonly ChatKey[], chats: Chats, chat: Chat): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = chats[keys[middle] as ChatKey];
    if (other !== undefined && compareChats(other, chat) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The view after some chats changed. `chats` already holds the new values. The same object comes back when neither
 * membership nor order changed, so that nobody renders for nothing.
 */
export const rearrange = (
  view: ChatView,
  chats: Chats,
  changed: readonly Chat[],
  openChat: ChatKey | undefined,
): ChatView => {
  const moved = changed.filter((chat) => view.scope === 'all' || view.scope === chat.accountId);
  if (moved.length === 0) return view;
  const movedKeys = new Set(moved.map(keyOfChat));
  const known = new Set(view.keys);
  const keys = view.keys.filter((key) => !movedKeys.has(key));
  for (const chat of moved) {
    if (!belongsIn(view, chat, openChat)) continue;
    const place = placeOf(keys, chats, chat);
    const key = keyOfChat(chat);
    // Below what has been read so far it will come with its own page.
    if (place === keys.length && view.nextCursor !== undefined && !known.has(key)) continue;
    keys.splice(place, 0, key);
  }
  const same = keys.length === view.keys.length && keys.every((key, index) => key === view.keys[index]);
  return same ? view : { ...view, keys };
};

/** What a page brings to a view. */
export interface ChatPage {
  readonly chats: readonly Chat[];
  readonly nextCursor: string | undefined;
  /** The first page replaces what was there, except for `touched`. */
  readonly first: boolean;
  /** Chats that events changed while the page was on its way. */
  readonly touched: ReadonlySet<ChatKey>;
}

/** The view with a page read from main. `chats` already holds the newest value of each. */
export const withPage = (view: ChatView, chats: Chats, page: ChatPage, openChat: ChatKey | undefined): ChatView => {
  const merged = new Set(page.first ? view.keys.filter((key) => page.touched.has(key)) : view.keys);
  for (const chat of page.chats) merged.add(keyOfChat(chat));
  const keys = [...merged]
    .flatMap((key) => chats[key] ?? [])
    .filter((chat) => belongsIn(view, chat, openChat))
    .sort(compareChats)
    .map(keyOfChat);
  return { ...view, keys, nextCursor: page.nextCursor, phase: 'ready', loadingMore: false, error: undefined };
};
