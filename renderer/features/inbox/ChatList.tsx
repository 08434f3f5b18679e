import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ChatView } from '../../state/chat-views';
import type { ChatKey } from '../../state/keys';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { ChatRow, rowId } from './ChatRow';
import { RowSkeletons } from './RowSkeletons';

/** Height of a row in CSS pixels. */
const rowHeight = 58;
/** The next page is asked for this far before the end comes into sight. */
const aheadPx = 1200;

const steps: Readonly<Record<string, (index: number, page: number, last: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, page) => index + page,
  PageUp: (index, page) => index - page,
  Home: () => 0,
  End: (_index, _page, last) => last,
};

export interface ChatListProps {
  readonly view: ChatView;
  readonly onOpen: (key: ChatKey) => void;
}

/** The rows: virtual, read page by page, walked with the keyboard while the focus stays on the list. */
export const ChatList = ({ view, onOpen }: ChatListProps) => {
  const { keys } = view;
  const openChat = useConsole((state) => state.openChat);
  const [activeKey, setActiveKey] = useState<ChatKey>();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);

  const wanted = activeKey ?? openChat;
  const found = wanted === undefined ? -1 : keys.indexOf(wanted);
  const activeIndex = found === -1 ? 0 : found;
  const active = keys[activeIndex];

  const loadMore = (): void => void actions.loadMoreChats(view.scope, view.filter);
  const onScroll = (offset: number): void => {
    const handle = virtualizer.current;
    if (handle !== null && view.phase === 'ready' && offset + handle.viewportSize > handle.scrollSize - aheadPx)
      loadMore();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && active !== undefined) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const page = Math.max(1, Math.floor((virtualizer.current?.viewportSize ?? rowHeight) / rowHeight) - 1);
    const next = Math.min(Math.max(step(activeIndex, page, keys.length - 1), 0), keys.length - 1);
    setActiveKey(keys[next]);
    virtualizer.current?.scrollToIndex(next, { align: 'nearest' });
    if (next >= keys.length - page) loadMore();
  };
  const open = useCallback(
    (key: ChatKey) => {
      setActiveKey(key);
      onOpen(key);
    },
    [onOpen],
  );

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label="Conversations"
      aria-activedescendant={active === undefined ? undefined : rowId(active)}
      aria-busy={view.loadingMore}
      data-region-target
      onKeyDown={onKeyDown}
      className="chat-list min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
    >
      <Virtualizer
        ref={virtualizer}
        scrollRef={scroller}
        data={keys}
        itemSize={rowHeight}
        keepMounted={[activeIndex]}
        onScroll={onScroll}
      >
        {(key, index) => (
          <ChatRow
            key={key}
            chatKey={key}
            index={index}
            size={view.nextCursor === undefined ? keys.length : -1}
            active={key === active}
            onOpen={open}
          />
        )}
      </Virtualizer>
      {view.loadingMore && <RowSkeletons count={2} />}
      {view.phase === 'failed' && (
        <div role="alert" className="flex items-center gap-3 px-4 py-3 text-text-2">
          <span className="min-w-0 flex-1 break-words">The next chats could not be read. {view.error}</span>
          <Button small onPress={loadMore}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
};
