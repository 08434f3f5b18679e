import { useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import type { OptOut } from '../../../electron/contract/entities/opt-out';
import { messageOf } from '../../bridge/call-error';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatPhone } from '../../ui/format-phone';
import { formatFull, formatRowTime } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';

/** Usual height of a row in CSS pixels. */
const rowHeight = 53;

const Row = ({ entry }: { readonly entry: OptOut }) => {
  const nowMs = useNow('halfMinute');
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const shown = entry.contact.endsWith('@lid') ? entry.contact : formatPhone(`+${entry.contact}`);
  const remove = async (): Promise<void> => {
    setRemoving(true);
    setProblem(undefined);
    try {
      await actions.removeOptOut(entry.contact);
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setRemoving(false);
    }
  };
  return (
    <div className="flex min-h-[53px] items-center gap-3 border-b border-line px-3 py-2">
      <div className="min-w-0 flex-1">
        <bdi className="selectable tabular block truncate font-[560]">{shown}</bdi>
        {entry.note !== undefined && (
          <span dir="auto" title={entry.note} className="selectable block truncate text-[12.5px] text-text-2">
            {entry.note}
          </span>
        )}
        {problem !== undefined && (
          <span role="alert" className="block break-words text-[12.5px] text-bad-ink">
            {problem}
          </span>
        )}
      </div>
      <time title={formatFull(entry.addedAtMs)} className="tabular shrink-0 text-[12px] text-text-3">
        {formatRowTime(entry.addedAtMs, nowMs)}
      </time>
      <Button small isPending={removing} aria-label={`Take ${shown} off the list`} onPress={() => void remove()}>
        Take off the list
      </Button>
    </div>
  );
};

/** The people on the list, newest first; there can be ten thousand. */
export const OptOutRows = ({ entries }: { readonly entries: readonly OptOut[] }) => {
  const scroller = useRef<HTMLElement>(null);
  return (
    <section
      ref={scroller}
      aria-label="People on the list"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
      tabIndex={0}
      className="max-h-[min(360px,34vh)] overflow-y-auto rounded-[11px] border border-line [overflow-anchor:none]"
    >
      <Virtualizer as="ul" item="li" scrollRef={scroller} data={entries} itemSize={rowHeight}>
        {(entry) => <Row key={entry.contact} entry={entry} />}
      </Virtualizer>
    </section>
  );
};
