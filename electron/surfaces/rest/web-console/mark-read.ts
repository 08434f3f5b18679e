import type { Api } from './api';
import type { ConsoleState } from './console-state';

/**
 * Marks the open chat as read while the person looks at it, as the window does. A key that may not send leaves it unread: then
 * nothing is said about it, and it is not asked for again.
 */
export const createMarkRead = (api: Api): ((state: ConsoleState) => void) => {
  let isAsking = false;
  /** The chat in the state for which it was last asked. */
  let asked = '';
  const look = ({ chosen, conversation, chatPage }: ConsoleState): void => {
    if (isAsking || chosen === undefined || conversation?.phase !== 'ready' || !document.hasFocus()) return;
    const chat = chatPage.chats.find(({ id }) => id === conversation.chatId);
    if (chat === undefined || chat.unreadCount === 0) return;
    const wanted = `${chosen} ${chat.id} ${chat.unreadCount} ${chat.lastActivityMs}`;
    if (wanted === asked) return;
    asked = wanted;
    isAsking = true;
    void api
      .post(`/sessions/${chosen}/chats/${encodeURIComponent(chat.id)}/read`)
      .catch(() => undefined)
      .finally(() => {
        isAsking = false;
      });
  };
  return look;
};
