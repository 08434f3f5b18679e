import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import { type ChatFilter, newChatView, type Scope, type ViewKey, viewKey, withPage } from './chat-views';
import type { StoreAccess } from './console-store';
import { type ChatKey, keyOfChat } from './keys';
import { rearrangeViews } from './projection';

/** Rows per request: three screens of a tall window. */
const pageSize = 100;

export interface ChatActions {
  /** Shows a list, reading its first page unless it is there already. */
  showChats(scope: Scope, filter: ChatFilter): void;
  /** Reads the list's first page again. */
  reloadChats(scope: Scope, filter: ChatFilter): Promise<void>;
  /** Reads the next page; does nothing while one is on its way or when there is none. */
  loadMoreChats(scope: Scope, filter: ChatFilter): Promise<void>;
  /** Reads again every list that has been shown: something was missed. */
  reloadAllChats(): void;
}

export const createChatActions = ({ get, set }: StoreAccess, call: Call): ChatActions => {
  const load = async (key: ViewKey, scope: Scope, filter: ChatFilter, cursor: string | undefined): Promise<void> => {
    const askedAt = get().sequence;
    const isFresh = (chat: ChatKey): boolean => (get().chatSequence[chat] ?? 0) > askedAt;
    try {
      const page = await call('chats.list', {
        filter,
        limit: pageSize,
        ...(scope === 'all' ? {} : { accountId: scope }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      set((state) => {
        const view = state.views[key];
        if (view === undefined) return state;
        // A page that was already on its way never overwrites what an event has said since.
        const news = page.chats.filter((chat) => !isFresh(keyOfChat(chat)));
        const chats = { ...state.chats, ...Object.fromEntries(news.map((chat) => [keyOfChat(chat), chat])) };
        const touched = new Set(view.keys.filter(isFresh));
        const next = withPage(
          view,
          chats,
          { chats: page.chats, nextCursor: page.nextCursor, first: cursor === undefined, touched },
          state.openChat,
        );
        const settled = { ...state, chats, views: { ...state.views, [key]: next } };
        return { ...settled, views: rearrangeViews(settled, news) };
      });
    } catch (thrown) {
      set((state) => {
        const view = state.views[key];
        if (view === undefined) return state;
        const failed = { ...view, phase: 'failed' as const, loadingMore: false, error: messageOf(thrown) };
        return { ...state, views: { ...state.views, [key]: failed } };
      });
    }
  };

  const reloadChats = (scope: Scope, filter: ChatFilter): Promise<void> => {
    const key = viewKey(scope, filter);
    set((state) => {
      const view = state.views[key] ?? newChatView(scope, filter);
      const loading = { ...view, phase: view.keys.length > 0 ? view.phase : ('loading' as const), error: undefined };
      return { ...state, views: { ...state.views, [key]: loading } };
    });
    return load(key, scope, filter, undefined);
  };

  return {
    reloadChats,
    showChats: (scope, filter) => {
      if (get().views[viewKey(scope, filter)] === undefined) void reloadChats(scope, filter);
    },
    loadMoreChats: async (scope, filter) => {
      const key = viewKey(scope, filter);
      const view = get().views[key];
      if (view === undefined || view.loadingMore || view.nextCursor === undefined || view.phase === 'loading') return;
      set((state) => ({ ...state, views: { ...state.views, [key]: { ...view, loadingMore: true } } }));
      await load(key, scope, filter, view.nextCursor);
    },
    reloadAllChats: () => {
      for (const view of Object.values(get().views)) void reloadChats(view.scope, view.filter);
    },
  };
};
