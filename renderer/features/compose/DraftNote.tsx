import { PencilLine } from 'lucide-react';
import type { ChatKey } from '../../state/keys';
import { selectDraft, selectStoredDraft } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatFull, formatSince } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { plainName } from '../../ui/person-name';
import { useNow } from '../../ui/use-now';

/** More of a draft than this never fits the line. */
const previewLength = 200;

export interface DraftNoteProps {
  readonly chatKey: ChatKey;
  /** For what the note describes. */
  readonly id: string;
  /** Afterwards the person writes on. */
  readonly onDone: () => void;
}

/** Says who left the text that is in the composer, or offers it where the person has begun one of their own. */
export const DraftNote = ({ chatKey, id, onDone }: DraftNoteProps) => {
  const stored = useConsole(selectStoredDraft(chatKey));
  const taken = useConsole((state) => state.takenDrafts[chatKey]);
  const isEmpty = useConsole(selectDraft(chatKey)) === '';
  const nowMs = useNow('halfMinute');
  if (stored === undefined) return undefined;

  const { leftBy, body, savedAtMs } = stored;
  const isTaken = taken === savedAtMs;
  const isOfConsole = leftBy.surface === 'window';
  const who = isOfConsole ? 'Somebody at this console' : <bdi className="font-[640] text-text">{leftBy.name}</bdi>;
  const whoWords = isOfConsole ? 'Somebody at this console' : plainName(leftBy.name);
  return (
    <div
      id={id}
      role="status"
      className="flex items-center gap-2 border-b border-line bg-surface-2 py-[6px] ps-3 pe-2 text-[12.5px] text-text-2"
    >
      <span className="shrink-0 text-accent-ink">
        <Icon icon={PencilLine} size={15} />
      </span>
      <span
        className="min-w-0 flex-1 truncate"
        title={isTaken ? `${whoWords}, ${formatFull(savedAtMs)}` : body.slice(0, previewLength)}
      >
        {who}
        {isTaken ? (
          <>
            {' '}
            left this draft · <span className="tabular">{formatSince(savedAtMs, nowMs)}</span>
          </>
        ) : (
          <>
            {' '}
            left a draft: <bdi className="italic">{body.slice(0, previewLength)}</bdi>
          </>
        )}
      </span>
      {!isTaken && (
        <Button
          small
          onPress={() => {
            actions.takeDraft(chatKey);
            onDone();
          }}
        >
          {isEmpty ? 'Use it' : 'Use it instead'}
        </Button>
      )}
      <Button
        small
        look="plain"
        aria-label={`Discard the draft of ${isOfConsole ? 'this console' : whoWords}`}
        onPress={() => {
          void actions.discardDraft(chatKey);
          onDone();
        }}
      >
        Discard
      </Button>
    </div>
  );
};
