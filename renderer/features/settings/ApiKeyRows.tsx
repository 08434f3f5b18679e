import { useRef } from 'react';
import { Virtualizer } from 'virtua';
import type { ApiKey } from '../../../electron/contract/entities/api-key';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatFull } from '../../ui/format-time';
import { useNow } from '../../ui/use-now';
import { accountsWords, madeWords, rightsWords, usedWords } from './api-key-words';

/** Usual height of a row in CSS pixels. */
const rowHeight = 61;

const Row = ({ apiKey }: { readonly apiKey: ApiKey }) => {
  const nowMs = useNow('halfMinute');
  const accounts = useConsole((state) => state.accounts);
  const bound = accountsWords(apiKey, accounts);
  return (
    <div className="flex min-h-[61px] items-center gap-4 border-b border-line px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <span dir="auto" title={apiKey.name} className="selectable truncate font-[560]">
            {apiKey.name}
          </span>
          <bdi className="selectable shrink-0 font-mono text-[11.5px] text-text-3">{apiKey.hint}…</bdi>
        </div>
        <span title={bound} className="block truncate text-[12.5px] text-text-2">
          {rightsWords(apiKey)} · <bdi>{bound}</bdi>
        </span>
      </div>
      <div className="tabular shrink-0 text-end text-[12px] text-text-2">
        <time
          {...(apiKey.lastUsedAtMs === undefined ? {} : { title: formatFull(apiKey.lastUsedAtMs) })}
          className="block"
        >
          {usedWords(apiKey, nowMs)}
        </time>
        <time title={formatFull(apiKey.createdAtMs)} className="block text-text-3">
          {madeWords(apiKey, nowMs)}
        </time>
      </div>
      <Button
        small
        look="dangerGhost"
        aria-label={`Revoke ${apiKey.name}`}
        onPress={() => actions.openDialog({ kind: 'revokeApiKey', keyId: apiKey.id })}
      >
        Revoke
      </Button>
    </div>
  );
};

/** The keys, newest first; there can be hundreds. */
export const ApiKeyRows = ({ entries }: { readonly entries: readonly ApiKey[] }) => {
  const scroller = useRef<HTMLElement>(null);
  return (
    <section
      ref={scroller}
      aria-label="Keys of the local API"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
      tabIndex={0}
      className="max-h-[min(430px,48vh)] overflow-y-auto rounded-[11px] border border-line [overflow-anchor:none] [&_li:last-child>div]:border-b-0"
    >
      <Virtualizer as="ul" item="li" scrollRef={scroller} data={entries} itemSize={rowHeight}>
        {(apiKey) => <Row key={apiKey.id} apiKey={apiKey} />}
      </Virtualizer>
    </section>
  );
};
