import { memo } from 'react';
import type { ChatKey } from '../../state/keys';
import { selectAccountOfChat, selectChat, selectDraft, selectStoredDraft } from '../../state/selectors';
import { useConsole } from '../../state/use-console';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import { formatName } from '../../ui/format-phone';
import { formatFull, formatRowTime } from '../../ui/format-time';
import { MediaIcon } from '../../ui/MediaIcon';
import { plainName } from '../../ui/person-name';
import { Ticks, tickWords } from '../../ui/Ticks';
import { tintStyle } from '../../ui/tint';
import { useNow } from '../../ui/use-now';
import { previewWords } from './preview';

export interface ChatRowProps {
  readonly chatKey: ChatKey;
  /** Place in the list, from 0, and how many there are; -1 while nobody knows. */
  readonly index: number;
  readonly size: number;
  /** Where the keyboard is. */
  readonly active: boolean;
  readonly onOpen: (key: ChatKey) => void;
}

/** More of a draft than this never fits a row. */
const previewLength = 200;

export const rowId = (key: ChatKey): string => `chat-${key}`;

/** One chat in the list. It listens to its own chat only. */
export const ChatRow = memo(({ chatKey, index, size, active, onOpen }: ChatRowProps) => {
  const chat = useConsole(selectChat(chatKey));
  const account = useConsole(selectAccountOfChat(chatKey));
  const open = useConsole((state) => state.openChat === chatKey);
  const typed = useConsole(selectDraft(chatKey));
  const stored = useConsole(selectStoredDraft(chatKey));
  const nowMs = useNow('halfMinute');
  if (chat === undefined || account === undefined) return undefined;

  const unread = chat.unreadCount;
  const last = chat.lastMessage;
  const { author, text } = previewWords(chat);
  // What a person has begun goes before what others have left.
  const draftStart = (typed === '' ? (stored?.body ?? '') : typed).slice(0, previewLength);
  const showDraft = draftStart.trim() !== '' && !open;
  const atMs = last?.timestampMs ?? chat.lastActivityMs;
  const time = atMs > 0 ? formatRowTime(atMs, nowMs) : '';
  const said = showDraft
    ? `Draft: ${draftStart}`
    : `${last?.status === undefined ? '' : `${tickWords(last.status)}: `}${author === undefined ? '' : `${author}: `}${text}`;
  const label = [
    plainName(chat.name),
    plainName(account.label),
    unread > 0 ? `${unread} unread` : '',
    plainName(said),
    time,
  ];
  return (
    // The list has the focus and the keys; rows are named by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={rowId(chatKey)}
      role="option"
      aria-selected={open}
      aria-setsize={size}
      aria-posinset={index + 1}
      aria-label={label.filter(Boolean).join(', ')}
      data-active={active || undefined}
      style={tintStyle(account.color)}
      onClick={() => onOpen(chatKey)}
      className={`tinted chat-row relative grid h-[58px] grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-[11px] ps-4 pe-[14px] ${
        open ? 'bg-accent-weak' : 'hover:bg-hover'
      }`}
    >
      <span className="keep-color absolute inset-y-[10px] start-0 w-[3px] rounded-e-[3px] bg-tint" />
      <Avatar name={chat.name} seed={chat.id} group={chat.kind === 'group'} />
      <span className="flex min-w-0 flex-col gap-px">
        <span className="flex min-w-0 items-baseline gap-[7px]">
          <bdi title={plainName(chat.name)} className={`min-w-0 truncate ${unread > 0 ? 'font-[680]' : 'font-[570]'}`}>
            {formatName(chat.name)}
          </bdi>
          <span
            title={plainName(account.label)}
            className="max-w-[42%] shrink-0 truncate text-[11px] font-semibold text-tint-ink"
          >
            <bdi>{account.label}</bdi>
          </span>
        </span>
        <span
          className={`flex min-w-0 items-center gap-[5px] ${unread > 0 ? 'text-text' : 'text-text-2'}`}
          title={plainName(said)}
        >
          {showDraft ? (
            <>
              <span className="shrink-0 font-[560] text-bad-ink">Draft</span>
              <span dir="auto" className="min-w-0 truncate [unicode-bidi:isolate]">
                {draftStart}
              </span>
            </>
          ) : (
            <>
              {last?.status !== undefined && <Ticks state={last.status} />}
              {last !== undefined && last.type !== 'text' && <MediaIcon kind={last.type} />}
              <span dir="auto" className="min-w-0 truncate [unicode-bidi:isolate]">
                {author !== undefined && <bdi>{author}: </bdi>}
                {text}
              </span>
            </>
          )}
        </span>
      </span>
      <span className="flex min-w-0 flex-col items-end gap-[3px] self-stretch justify-center">
        <span
          title={atMs > 0 ? formatFull(atMs) : undefined}
          className={`tabular whitespace-nowrap text-[11.5px] ${unread > 0 ? 'font-semibold text-accent-ink' : 'text-text-3'}`}
        >
          {time}
        </span>
        {unread > 0 ? <Badge count={unread} /> : <span className="h-[18px]" />}
      </span>
    </div>
  );
});
ChatRow.displayName = 'ChatRow';
