import { Send } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { limits } from '../../../electron/contract/limits';
import type { ChatKey } from '../../state/keys';
import { selectAccountOfChat, selectChat, selectDraft, selectStatus } from '../../state/selectors';
import { isSendable } from '../../state/send-actions';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatPhone } from '../../ui/format-phone';
import { formatNumber } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { Kbd } from '../../ui/Kbd';
import { plainName } from '../../ui/person-name';
import { tintStyle } from '../../ui/tint';
import { useNow } from '../../ui/use-now';
import { blockerOf } from './blocker';

/** The count of characters shows from here on. */
const countFrom = 60_000;

/** The send form of one account in one chat. It says whose it is; the draft stays until main has the message. */
export const Composer = ({ chatKey }: { readonly chatKey: ChatKey }) => {
  const chat = useConsole(selectChat(chatKey));
  const account = useConsole(selectAccountOfChat(chatKey));
  const status = useConsole((state) => (account === undefined ? undefined : selectStatus(account.id)(state)));
  const draft = useConsole(selectDraft(chatKey));
  const enterSends = useConsole((state) => state.settings.enterSends);
  const nowMs = useNow(status?.state === 'backoff' ? 'second' : 'halfMinute');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();

  useEffect(() => box.current?.focus(), []);
  if (chat === undefined || account === undefined) return undefined;

  const label = plainName(account.label);
  const blocker = blockerOf(account.label, status, nowMs);
  const blocked = blocker?.blocks === true;
  const over = draft.length - limits.messageBodyLength;

  const send = async (): Promise<void> => {
    if (blocked) return;
    setSending(true);
    const outcome = await actions.sendDraft(chatKey);
    // A second press while the first is on its way says nothing about the first.
    if (outcome.kind === 'ignored') return;
    setSending(false);
    setProblem(outcome.kind === 'refused' ? outcome.problem : undefined);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    if (enterSends ? event.shiftKey : !modified) return;
    event.preventDefault();
    if (isSendable(draft)) void send();
  };
  const unblock = (): void => {
    switch (blocker?.action?.does) {
      case 'showCode':
        actions.showAccountPage(account.id, 'link');
        break;
      case 'showSettings':
        actions.showAccountPage(account.id, 'settings');
        break;
      case 'showWindow':
        void actions.showAccountWindow(account.id, true);
        break;
      default:
        void actions.startAccount(account.id);
    }
  };

  return (
    <form
      aria-label={`Answer as ${label}`}
      data-region="composer"
      style={tintStyle(account.color)}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSendable(draft)) void send();
      }}
      className="tinted mx-4 mb-4 shrink-0 overflow-hidden rounded-[14px] border border-line bg-surface shadow-card focus-within:border-[color-mix(in_srgb,var(--c)_55%,var(--line))]"
    >
      <p className="m-0 flex items-center gap-[7px] border-b border-line bg-[color-mix(in_srgb,var(--c)_7%,var(--surface))] px-3 py-[7px] text-[12px] text-text-2">
        <span className="keep-color size-[9px] shrink-0 rounded-[3px] bg-tint" />
        <span className="min-w-0 truncate" title={label}>
          Answering as <bdi className="font-[640] text-tint-ink">{account.label}</bdi>
        </span>
        {account.identity !== undefined && (
          <span className="shrink-0">
            · <bdi className="selectable tabular">{formatPhone(account.identity.phone)}</bdi>
          </span>
        )}
        <span className="ms-auto hidden shrink-0 items-center gap-[5px] ps-2 min-[1000px]:flex">
          <Kbd>{enterSends ? 'Enter' : 'Ctrl Enter'}</Kbd> sends
        </span>
      </p>
      {blocker !== undefined && (
        <div
          id={noteId}
          role="status"
          className="flex items-center gap-3 border-b border-line bg-surface-2 px-3 py-[6px] text-[12.5px] text-text-2"
        >
          <span className="min-w-0 flex-1 break-words">{blocker.sentence}</span>
          {blocker.action !== undefined && (
            <Button small onPress={unblock}>
              {blocker.action.label}
            </Button>
          )}
        </div>
      )}
      <textarea
        ref={box}
        dir="auto"
        rows={1}
        value={draft}
        aria-label={`Message to ${plainName(chat.name)}, answering as ${label}`}
        aria-describedby={blocker === undefined ? undefined : noteId}
        aria-invalid={over > 0}
        placeholder="Write a message"
        data-region-target
        onChange={(event) => actions.setDraft(chatKey, event.target.value)}
        onKeyDown={onKeyDown}
        className="block max-h-[179px] min-h-[44px] w-full resize-none overflow-y-auto bg-transparent px-[13px] pt-[11px] pb-1 leading-[1.45] field-sizing-content placeholder:text-text-3 focus-visible:outline-none"
      />
      <div className="flex items-center gap-3 px-2 pt-[2px] pb-2">
        <p className="m-0 min-w-0 flex-1 ps-[5px] text-[12.5px]">
          {problem !== undefined && (
            <span role="alert" className="selectable break-words text-bad-ink">
              {problem}
            </span>
          )}
          {problem === undefined && draft.length >= countFrom && (
            <span role="status" className={`tabular ${over > 0 ? 'font-[560] text-bad-ink' : 'text-text-2'}`}>
              {over > 0
                ? `Too long by ${formatNumber(over)} characters`
                : `${formatNumber(draft.length)} of ${formatNumber(limits.messageBodyLength)} characters`}
            </span>
          )}
        </p>
        <Button
          type="submit"
          look="primary"
          isDisabled={blocked || !isSendable(draft)}
          isPending={sending}
          {...(blocker === undefined ? {} : { 'aria-describedby': noteId })}
        >
          Send
          <Icon icon={Send} size={16} />
        </Button>
      </div>
    </form>
  );
};
