import { Bot, type LucideIcon, Megaphone, MessageSquareText, UserRound } from 'lucide-react';
import { memo } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { Send, SendLane } from '../../../electron/contract/entities/send';
import { chatKey, type SendKey } from '../../state/keys';
import { selectChat, selectStatus } from '../../state/selectors';
import { previewOfSend, wordsOfLane, wordsOfProblem, wordsOfSend, wordsOfWait } from '../../state/send-words';
import { actions, useConsole } from '../../state/use-console';
import { useFreshWait } from '../../state/use-gates';
import { Avatar } from '../../ui/Avatar';
import { formatName } from '../../ui/format-phone';
import { formatFull, formatRowTime, formatTimeOfDay, formatUntil } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { MediaIcon } from '../../ui/MediaIcon';
import { plainName } from '../../ui/person-name';
import { SendMark } from '../../ui/SendMark';
import { useNow } from '../../ui/use-now';
import { nameOfChatId } from './name-of-chat-id';
import { RowActions } from './RowActions';

const laneIcons: Readonly<Record<SendLane, LucideIcon>> = { person: UserRound, api: Bot, bulk: Megaphone };

const Lane = ({ lane }: { readonly lane: SendLane }) => (
  <span className="inline-flex shrink-0 items-center gap-[4px] rounded-full bg-surface-2 px-[7px] py-px text-[11.5px] font-[540] text-text-2">
    <Icon icon={laneIcons[lane]} size={13} />
    {wordsOfLane[lane]}
  </span>
);

const attemptWords = (attempt: number): string | undefined => (attempt > 1 ? `${attempt} attempts` : undefined);

/** Why it waits, or what is wrong with it. */
const Reason = ({
  send,
  account,
  ahead,
  nowMs,
}: {
  readonly send: Send;
  readonly account: Account;
  readonly ahead: number | undefined;
  readonly nowMs: number;
}) => {
  const status = useConsole(selectStatus(account.id));
  const moments = { until: (ms: number) => formatUntil(ms, nowMs), second: formatTimeOfDay };
  const problem = wordsOfProblem(send);
  const words =
    send.state === 'queued'
      ? wordsOfWait(send.wait, { label: account.label, status, ahead }, moments)
      : (problem ?? '');
  const attempts = attemptWords(send.attempt);
  if (words === '' && attempts === undefined) return undefined;
  const ink = send.state === 'failed' ? 'text-bad-ink' : problem === undefined ? 'text-text-2' : 'text-warn-ink';
  return (
    <p className={`selectable tabular m-0 min-w-0 break-words text-[12.5px] ${ink}`}>
      {words}
      {attempts !== undefined && (
        <span className="text-text-2">
          {words !== '' && ' · '}
          {attempts}
        </span>
      )}
    </p>
  );
};

export interface OutboxRowProps {
  readonly account: Account;
  readonly sendKey: SendKey;
  /** How many go before it; undefined where nobody knows. */
  readonly ahead: number | undefined;
}

/** One message on its way out, or what became of it. */
export const OutboxRow = memo(({ account, sendKey, ahead }: OutboxRowProps) => {
  const send = useConsole((state) => state.sends[sendKey]);
  const chat = useConsole((state) =>
    send === undefined ? undefined : selectChat(chatKey(send.accountId, send.chatId))(state),
  );
  const nowMs = useNow('halfMinute');
  useFreshWait(account.id, send?.state === 'queued' ? sendKey : undefined);
  if (send === undefined) return undefined;
  const name = chat?.name ?? nameOfChatId(send.chatId);
  const preview = previewOfSend(send);
  const isGroup = send.chatId.endsWith('@g.us');
  return (
    <div
      data-send-id={send.messageId}
      className="group grid grid-cols-[36px_minmax(0,1fr)_auto] gap-x-3 border-b border-line px-5 py-[12px]"
    >
      <Avatar size={36} name={name} seed={send.chatId} group={isGroup} />
      <div className="grid min-w-0 content-start gap-[2px]">
        <div className="flex min-w-0 items-center gap-2">
          <bdi className="selectable min-w-0 truncate font-[600]" title={plainName(name)}>
            {formatName(name)}
          </bdi>
          <Lane lane={send.lane} />
        </div>
        <p
          title={plainName(preview.text)}
          className="m-0 flex min-w-0 items-center gap-[5px] text-text-2 [&>svg]:shrink-0"
        >
          {preview.kind !== 'text' && <MediaIcon kind={preview.kind} />}
          <span dir="auto" className="selectable min-w-0 truncate [unicode-bidi:isolate]">
            {preview.text}
          </span>
        </p>
        <Reason send={send} account={account} ahead={ahead} nowMs={nowMs} />
      </div>
      <div className="flex flex-col items-end justify-between gap-[6px]">
        <span className="flex items-center gap-[10px]">
          <SendMark state={send.state} word={wordsOfSend[send.state]} />
          <time title={formatFull(send.createdAtMs)} className="tabular whitespace-nowrap text-[12px] text-text-3">
            {formatRowTime(send.createdAtMs, nowMs)}
          </time>
        </span>
        <span className="flex items-center gap-1">
          <RowActions send={send} sendKey={sendKey} name={plainName(name)} />
          <IconButton
            icon={MessageSquareText}
            label={`Open the conversation with ${plainName(name)}`}
            placement="left"
            onPress={() => void actions.openChatOf(sendKey)}
          />
        </span>
      </div>
    </div>
  );
});
OutboxRow.displayName = 'OutboxRow';
