import { useEffect, useRef, useState } from 'react';
import type { Message } from '../../../electron/contract/entities/message';
import { messageKey } from '../../state/keys';
import { markNewest, type UnreadMark } from './timeline';
import { isWindowWatched } from './use-window-focus';

/**
 * Where "n new messages" stands: set when the chat is opened, moved to what comes while nobody looks, gone with the first
 * answer.
 */
export const useUnreadMark = (
  messages: readonly Message[],
  ready: boolean,
  unreadAtOpen: number,
): UnreadMark | undefined => {
  const [mark, setMark] = useState<UnreadMark>();
  const settled = useRef(false);
  const newest = useRef<Message>(undefined);
  // Opening: in the same pass as the first messages, so that nothing moves afterwards.
  const [opened, setOpened] = useState(false);
  if (ready && !opened) {
    setOpened(true);
    setMark(markNewest(messages, unreadAtOpen));
  }
  useEffect(() => {
    if (!ready) return;
    const last = messages.at(-1);
    const before = newest.current;
    newest.current = last;
    if (!settled.current) {
      settled.current = true;
      return;
    }
    if (last === undefined || (before !== undefined && messageKey(last) === messageKey(before))) return;
    if (last.fromMe) setMark(undefined);
    else if (!isWindowWatched())
      setMark((known) =>
        known === undefined ? { key: messageKey(last), count: 1 } : { ...known, count: known.count + 1 },
      );
  }, [messages, ready]);
  return mark;
};
