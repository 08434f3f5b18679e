import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Message } from '../../../electron/contract/entities/message';
import type { Conversation } from '../../state/conversation-pages';
import { type ChatKey, messageKey } from '../../state/keys';
import { actions } from '../../state/use-console';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { plainName } from '../../ui/person-name';
import { MessageBubble } from './MessageBubble';
import { DaySeparator, UnreadSeparator } from './Separators';
import { buildTimeline, type TimelineItem } from './timeline';
import { useUnreadMark } from './use-unread-mark';

/** Within this distance of the end the list follows new messages. */
const followPx = 80;
/** This long after the window or the send form changed size, leaving the end is the layout's doing and not the person's. */
const settleMs = 150;
/** Older history is asked for this far before its place comes into sight. */
const aheadPx = 900;

const renderItem = (item: TimelineItem, isGroup: boolean) => {
  switch (item.kind) {
    case 'day':
      return <DaySeparator key={item.key} dayMs={item.dayMs} />;
    case 'unread':
      return <UnreadSeparator key={item.key} count={item.count} />;
    case 'message':
      return <MessageBubble key={item.key} message={item.message} startsRun={item.startsRun} showAuthor={isGroup} />;
  }
};

/** The messages that came at the end since the last look. */
const appendedSince = (messages: readonly Message[], lastKey: string | undefined): readonly Message[] => {
  if (lastKey === undefined) return [];
  const place = messages.findLastIndex((message) => messageKey(message) === lastKey);
  return place === -1 ? [] : messages.slice(place + 1);
};

export interface MessageListProps {
  readonly chatKey: ChatKey;
  readonly conversation: Conversation;
  readonly name: string;
  readonly isGroup: boolean;
  readonly unreadAtOpen: number;
}

/** The bubbles of a chat: virtual, following the end, growing upward without a jump. */
export const MessageList = ({ chatKey, conversation, name, isGroup, unreadAtOpen }: MessageListProps) => {
  const { messages, olderCursor, olderPhase } = conversation;
  const mark = useUnreadMark(messages, conversation.phase === 'ready', unreadAtOpen);
  const items = useMemo(() => buildTimeline(messages, mark), [messages, mark]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const follows = useRef(true);
  const placed = useRef(false);
  const resizedAtMs = useRef(-settleMs);
  const lastKey = useRef<string>(undefined);
  const [atEnd, setAtEnd] = useState(true);
  const [missed, setMissed] = useState(0);
  const [spoken, setSpoken] = useState('');

  // Rows that came in above keep what is on screen where it is: `shift` is true for exactly the pass that adds them.
  const firstMessage = messages[0] === undefined ? undefined : messageKey(messages[0]);
  const [firstKey, setFirstKey] = useState(firstMessage);
  const [shift, setShift] = useState(false);
  if (firstKey !== firstMessage) {
    setFirstKey(firstMessage);
    setShift(firstKey !== undefined && messages.some((message) => messageKey(message) === firstKey));
  }

  const toEnd = (): void => virtualizer.current?.scrollToIndex(items.length - 1, { align: 'end' });

  useLayoutEffect(() => {
    if (placed.current || items.length === 0 || conversation.phase !== 'ready') return;
    placed.current = true;
    const unread = items.findIndex((item) => item.kind === 'unread');
    if (unread > 0 && items.length - unread > 12) {
      follows.current = false;
      virtualizer.current?.scrollToIndex(unread, { align: 'start', offset: -40 });
    } else virtualizer.current?.scrollToIndex(items.length - 1, { align: 'end' });
  }, [items, conversation.phase]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for new messages, with the rows they are in
  useLayoutEffect(() => {
    const last = messages.at(-1);
    const appended = appendedSince(messages, lastKey.current);
    lastKey.current = last === undefined ? undefined : messageKey(last);
    if (shift) setShift(false);
    if (appended.length === 0 || !placed.current) return;
    const incoming = appended.filter((message) => !message.fromMe);
    if (incoming.length > 0)
      setSpoken(
        incoming
          .map((message) => plainName(`${message.author?.name ?? name}: ${message.body}`))
          .join('\n')
          .slice(0, 500),
      );
    if (follows.current || appended.some((message) => message.fromMe)) toEnd();
    else setMissed((count) => count + incoming.length);
  }, [messages]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const note = (): void => {
      resizedAtMs.current = performance.now();
    };
    let size = '';
    const observer = new ResizeObserver(() => {
      const before = size;
      size = `${element.clientWidth}x${element.clientHeight}`;
      // The first report is not a change: whoever scrolls right after opening is not held back.
      if (before === '' || before === size) return;
      note();
      if (follows.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    // A note under the newest message makes it taller: who is at the end stays there.
    const grown = new ResizeObserver(() => {
      if (follows.current && placed.current) element.scrollTop = element.scrollHeight;
    });
    if (element.lastElementChild !== null) grown.observe(element.lastElementChild);
    // Typing can grow and shrink the form within one frame, which no observer sees but the scroll position does.
    document.addEventListener('input', note, true);
    const free = (): void => {
      resizedAtMs.current = -settleMs;
    };
    const gestures = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const gesture of gestures) element.addEventListener(gesture, free, { passive: true });
    return () => {
      for (const gesture of gestures) element.removeEventListener(gesture, free);
      observer.disconnect();
      grown.disconnect();
      document.removeEventListener('input', note, true);
    };
  }, []);

  // A first page that does not fill the place asks for the next one by itself.
  useEffect(() => {
    const handle = virtualizer.current;
    if (handle === null || olderCursor === undefined || olderPhase !== 'idle' || !placed.current) return;
    if (handle.scrollSize <= handle.viewportSize + aheadPx / 2) void actions.loadOlder(chatKey);
  }, [chatKey, olderCursor, olderPhase]);

  const onScroll = (offset: number): void => {
    const element = scroller.current;
    if (element === null || !placed.current) return;
    // Measured here: of a window that has just changed its size, the virtualizer learns only later.
    const near = element.scrollHeight - element.scrollTop - element.clientHeight <= followPx;
    if (!near && follows.current && performance.now() - resizedAtMs.current < settleMs) {
      toEnd();
      return;
    }
    follows.current = near;
    setAtEnd(near);
    if (near) setMissed(0);
    if (offset < aheadPx && olderPhase === 'idle') void actions.loadOlder(chatKey);
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={`Conversation with ${plainName(name)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
        tabIndex={0}
        data-region="conversation"
        data-region-target
        className="flex h-full flex-col overflow-y-auto px-[max(16px,6%)] pb-[14px] [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <span className="grow" />
        <Virtualizer ref={virtualizer} scrollRef={scroller} data={items} shift={shift} onScroll={onScroll}>
          {(item) => renderItem(item, isGroup)}
        </Virtualizer>
      </div>
      <div role="status" className="sr-only">
        {spoken}
      </div>
      {olderPhase !== 'idle' && (
        <div className="absolute inset-x-0 top-2 flex justify-center">
          <span className="appear flex items-center gap-2 rounded-full border border-line bg-surface px-3 py-1 text-[12px] text-text-2 shadow-card">
            {olderPhase === 'loading' ? (
              'Reading earlier messages'
            ) : (
              <>
                Earlier messages could not be read
                <Button small look="plain" onPress={() => void actions.loadOlder(chatKey)}>
                  Try again
                </Button>
              </>
            )}
          </span>
        </div>
      )}
      {!atEnd && (
        <AriaButton
          aria-label={missed > 0 ? `Scroll to the newest message, ${missed} new` : 'Scroll to the newest message'}
          onPress={toEnd}
          className="appear absolute end-5 bottom-3 flex h-9 min-w-9 items-center justify-center gap-2 rounded-full border border-line bg-raised px-[8px] text-text-2 shadow-card hover:text-text"
        >
          {missed > 0 && <Badge count={missed} />}
          <Icon icon={ArrowDown} />
        </AriaButton>
      )}
    </div>
  );
};
