import { memo, useState } from 'react';
import type { Message } from '../../../electron/contract/entities/message';
import { wordsOfType } from '../../state/message-words';
import { formatClock, formatFull } from '../../ui/format-time';
import { MediaIcon } from '../../ui/MediaIcon';
import { FormattedText } from './FormattedText';
import { foldText } from './fold-text';
import { OwnTicks } from './OwnTicks';
import { SendNote } from './SendNote';

const FoldedText = ({ text }: { readonly text: string }) => {
  const [open, setOpen] = useState(false);
  const folded = foldText(text);
  if (folded === undefined || open) return <FormattedText text={text} />;
  return (
    <>
      <FormattedText text={`${folded}…`} />{' '}
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="cursor-pointer rounded-[4px] font-[560] text-accent-ink hover:underline"
      >
        Show more
      </button>
    </>
  );
};

/** What is not text is named; its caption follows. */
const Kind = ({ type, above }: { readonly type: Message['type']; readonly above: boolean }) => (
  <span className={`items-center gap-[6px] align-bottom text-text-2 ${above ? 'mb-[2px] flex' : 'me-1 inline-flex'}`}>
    <MediaIcon kind={type} />
    <span className={type === 'revoked' || type === 'unsupported' ? 'italic' : 'font-[560]'}>{wordsOfType[type]}</span>
  </span>
);

export interface MessageBubbleProps {
  readonly message: Message;
  readonly startsRun: boolean;
  /** Names the writer, in groups. */
  readonly showAuthor: boolean;
}

/** One message. It renders again only when it changes. */
export const MessageBubble = memo(({ message, startsRun, showAuthor }: MessageBubbleProps) => {
  if (message.type === 'notification')
    return (
      <div className="flex justify-center py-[6px]">
        <span dir="auto" className="person-text selectable max-w-[80%] text-center text-[12px] text-text-2">
          {message.body === '' ? wordsOfType.notification : message.body}
        </span>
      </div>
    );
  const mine = message.fromMe;
  const author = !mine && showAuthor && startsRun ? message.author?.name : undefined;
  return (
    <div className={`flex flex-col ${startsRun ? 'pt-[10px]' : 'pt-[3px]'}`}>
      <article
        data-message-id={message.id}
        className={`max-w-[85%] rounded-[12px] px-[10px] pt-[7px] pb-[6px] shadow-flat min-[900px]:max-w-[66%] ${
          mine ? 'self-end rounded-ee-[4px] bg-bubble-out' : 'self-start rounded-es-[4px] bg-bubble-in'
        }`}
      >
        <span className="sr-only">{mine ? 'You: ' : `${message.author?.name ?? ''} `}</span>
        {author !== undefined && (
          <bdi aria-hidden="true" className="block truncate text-[12px] font-[620] text-text-2">
            {author}
          </bdi>
        )}
        <div dir="auto" className="person-text selectable">
          {message.type !== 'text' && (
            <Kind type={message.type} above={message.body !== '' && message.type !== 'revoked'} />
          )}
          {message.type !== 'revoked' && message.body !== '' && <FoldedText text={message.body} />}
          <span className="float-end ms-3 mt-[5px] -mb-[2px]">
            <span dir="ltr" className="tabular flex select-none items-center gap-[3px] text-[11px] text-text-3">
              <time dateTime={new Date(message.timestampMs).toISOString()} title={formatFull(message.timestampMs)}>
                {formatClock(message.timestampMs)}
              </time>
              {message.status !== undefined && <OwnTicks message={message} status={message.status} />}
            </span>
          </span>
        </div>
      </article>
      {mine && <SendNote message={message} />}
    </div>
  );
});
MessageBubble.displayName = 'MessageBubble';
