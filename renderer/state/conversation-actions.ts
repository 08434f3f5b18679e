import type { Message } from '../../electron/contract/entities/message';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import { type Conversation, layOver, newConversation, withNewestPage, withOlderPage } from './conversation-pages';
import { type ChatKey, messageKey, partsOfChatKey } from './keys';
import { rearrangeViews } from './projection';

const pageSize = 50;
const largestPage = 200;
/** Conversations that stay in memory, so that going back to one shows it at once. */
const recentLength = 8;
/** A longer one is read again instead of kept. */
const keptLength = 2000;

export interface ConversationActions {
  /** Opens a chat beside the list; undefined closes it. */
  openConversation(key: ChatKey | undefined): void;
  /** Reads the newest page, at first or again. */
  loadConversation(key: ChatKey): Promise<void>;
  /** Reads the page above; does nothing while one is on its way or at the beginning. */
  loadOlder(key: ChatKey): Promise<void>;
  /** Shows a message that a call answered with, unless an event was faster. */
  takeAnswered(key: ChatKey, message: Message): void;
}

export const createConversationActions = ({ get, set }: StoreAccess, call: Call): ConversationActions => {
  /** Chats whose newest page is on its way, so that it is not asked for twice. */
  const underway = new Set<ChatKey>();

  const change = (key: ChatKey, next: (conversation: Conversation) => Conversation): void =>
    set((state) => {
      const conversation = state.conversations[key];
      return conversation === undefined
        ? state
        : { ...state, conversations: { ...state.conversations, [key]: next(conversation) } };
    });

  const loadConversation = async (key: ChatKey): Promise<void> => {
    if (underway.has(key)) return;
    underway.add(key);
    const loaded = get().conversations[key]?.messages.length ?? 0;
    change(key, (conversation) => ({
      ...conversation,
      phase: conversation.messages.length > 0 ? conversation.phase : 'loading',
      arrived: [],
      removed: [],
      stale: false,
      refreshing: true,
      error: undefined,
    }));
    try {
      const limit = Math.min(Math.max(loaded, pageSize), largestPage);
      const page = await call('messages.list', { ...partsOfChatKey(key), limit });
      change(key, (conversation) => withNewestPage(conversation, page.messages, page.olderCursor));
    } catch (thrown) {
      change(key, (conversation) => ({
        ...conversation,
        phase: 'failed',
        refreshing: false,
        error: messageOf(thrown),
      }));
    } finally {
      underway.delete(key);
    }
    // Something was missed while the page was on its way.
    const { openChat, conversations } = get();
    if (openChat === key && conversations[key]?.stale === true) await loadConversation(key);
  };

  const openConversation = (key: ChatKey | undefined): void => {
    set((state) => {
      if (state.openChat === key) return state;
      const left = state.openChat === undefined ? undefined : state.chats[state.openChat];
      const recent =
        key === undefined
          ? state.recentConversations
          : [key, ...state.recentConversations.filter((other) => other !== key)];
      const kept = recent
        .slice(0, recentLength)
        .filter((other) => other === key || (state.conversations[other]?.messages.length ?? 0) <= keptLength);
      const conversations = Object.fromEntries(
        kept.map((other) => [other, state.conversations[other] ?? newConversation]),
      );
      const opened = { ...state, openChat: key, recentConversations: kept, conversations };
      // A chat that was read stays in "unread" while it is open, and leaves when the person does.
      return left === undefined ? opened : { ...opened, views: rearrangeViews(opened, [left]) };
    });
    if (key === undefined) return;
    const conversation = get().conversations[key];
    if (conversation === undefined || conversation.stale || conversation.phase !== 'ready') void loadConversation(key);
  };

  return {
    openConversation,
    loadConversation,
    loadOlder: async (key) => {
      const conversation = get().conversations[key];
      if (conversation?.olderCursor === undefined || conversation.olderPhase === 'loading' || conversation.refreshing)
        return;
      const cursor = conversation.olderCursor;
      change(key, (current) => ({ ...current, olderPhase: 'loading' }));
      try {
        const page = await call('messages.list', { ...partsOfChatKey(key), cursor, limit: pageSize });
        // The pages may have been read anew meanwhile: then this one hangs below nothing.
        change(key, (current) =>
          current.olderCursor === cursor ? withOlderPage(current, page.messages, page.olderCursor) : current,
        );
      } catch {
        change(key, (current) => ({ ...current, olderPhase: 'failed' }));
      }
    },
    takeAnswered: (key, message) =>
      change(key, (conversation) =>
        conversation.messages.some((known) => messageKey(known) === messageKey(message))
          ? conversation
          : { ...conversation, messages: layOver(conversation.messages, [message]) },
      ),
  };
};
