import { useMemo, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Account } from '../../../electron/contract/entities/account';
import { countAhead, type OutboxView } from '../../state/outbox-view';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { OutboxRow } from './OutboxRow';
import { RowSkeletons } from './RowSkeletons';

/** Usual height of a row in CSS pixels. */
const rowHeight = 84;
/** The next page is asked for this far before the end comes into sight. */
const aheadPx = 1200;

export interface OutboxListProps {
  readonly account: Account;
  readonly view: OutboxView;
}

/** The rows: virtual, read page by page, newest first. */
export const OutboxList = ({ account, view }: OutboxListProps) => {
  const sends = useConsole((state) => state.sends);
  const ahead = useMemo(() => countAhead(view, sends), [view, sends]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const loadMore = (): void => void actions.loadMoreOutbox();
  const onScroll = (offset: number): void => {
    const handle = virtualizer.current;
    if (handle !== null && view.phase === 'ready' && offset + handle.viewportSize > handle.scrollSize - aheadPx)
      loadMore();
  };
  return (
    <section
      ref={scroller}
      aria-label="Messages of the outbox"
      aria-busy={view.loadingMore}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2"
    >
      <Virtualizer
        as="ol"
        item="li"
        ref={virtualizer}
        scrollRef={scroller}
        data={view.keys}
        itemSize={rowHeight}
        onScroll={onScroll}
      >
        {(key) => <OutboxRow key={key} account={account} sendKey={key} ahead={ahead.get(key)} />}
      </Virtualizer>
      {view.loadingMore && view.nextCursor !== undefined && <RowSkeletons count={2} />}
      {view.phase === 'failed' && (
        <div role="alert" className="flex items-center gap-3 px-5 py-3 text-text-2">
          <span className="min-w-0 flex-1 break-words">The next messages could not be read. {view.error}</span>
          <Button small onPress={loadMore}>
            Try again
          </Button>
        </div>
      )}
    </section>
  );
};
