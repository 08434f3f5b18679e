import { useEffect } from 'react';
import { call } from '../../bridge/call';
import { type ChatKey, partsOfChatKey } from '../../state/keys';
import { selectChat } from '../../state/selectors';
import { useConsole } from '../../state/use-console';
import { useWindowFocus } from './use-window-focus';

/** Marks the open chat as read once its messages are on screen and somebody can see them. */
export const useMarkRead = (key: ChatKey, shown: boolean): void => {
  const unread = useConsole((state) => selectChat(key)(state)?.unreadCount ?? 0);
  const watched = useWindowFocus();
  useEffect(() => {
    if (!shown || !watched || unread === 0) return;
    // A refusal changes nothing: the count stays, and the next look at the chat tries again.
    call('chats.markRead', partsOfChatKey(key)).catch(() => undefined);
  }, [key, shown, watched, unread]);
};
