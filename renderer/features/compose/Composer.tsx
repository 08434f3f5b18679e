import { Paperclip, Send } from 'lucide-react';
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { limits } from '../../../electron/contract/limits';
import { mostAttachments } from '../../state/attachment';
import type { ChatKey } from '../../state/keys';
import { selectAccountOfChat, selectChat, selectDraft, selectStoredDraft } from '../../state/selectors';
import { type AttachProblem, isSendable } from '../../state/send-actions';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format-amount';
import { formatPhone } from '../../ui/format-phone';
import { formatNumber } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { Kbd } from '../../ui/Kbd';
import { plainName } from '../../ui/person-name';
import { tintStyle } from '../../ui/tint';
import { AttachmentChips } from './AttachmentChips';
import { DraftNote } from './DraftNote';
import { HoldNote, useHold } from './HoldNote';

/** The count of characters shows from here on. */
const countFrom = 60_000;
/** The same for a caption, which is much shorter. */
const countCaptionFrom = 900;

const attachWords = (problem: AttachProblem): string => {
  switch (problem.kind) {
    case 'tooLarge':
      return `${plainName(problem.filename)} is too large. A file may have ${formatBytes(limits.mediaBytes)}.`;
    case 'empty':
      return `${plainName(problem.filename)} is empty or is a folder, which cannot be sent.`;
    case 'tooMany':
      return `At most ${mostAttachments} files go at a time. Send these first.`;
  }
};

/** The send form of one account in one chat. It says whose it is; the draft stays until main has the message. */
export const Composer = ({ chatKey }: { readonly chatKey: ChatKey }) => {
  const chat = useConsole(selectChat(chatKey));
  const account = useConsole(selectAccountOfChat(chatKey));
  const draft = useConsole(selectDraft(chatKey));
  const enterSends = useConsole((state) => state.settings.enterSends);
  const files = useConsole((state) => state.attachments[chatKey]?.length ?? 0);
  const hasStored = useConsole(selectStoredDraft(chatKey)) !== undefined;
  const hold = useHold(account);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [dropping, setDropping] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const draftNoteId = useId();

  useEffect(() => box.current?.focus(), []);
  if (chat === undefined || account === undefined) return undefined;

  const label = plainName(account.label);
  const longest = files > 0 ? limits.captionLength : limits.messageBodyLength;
  const over = draft.length - longest;
  const sendable = isSendable(draft, files);

  const described = [hold === undefined ? '' : noteId, hasStored ? draftNoteId : ''].filter(Boolean).join(' ');

  const send = async (): Promise<void> => {
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
    if (sendable) void send();
  };
  const attach = (chosen: readonly File[]): void => {
    const refusal = actions.attach(chatKey, chosen);
    setProblem(refusal === undefined ? undefined : attachWords(refusal));
    box.current?.focus();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = [...event.clipboardData.files];
    // Text from office programs comes with a picture of itself: then the text is meant.
    if (pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    attach(pasted);
  };
  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropping(true);
  };
  const onDrop = (event: DragEvent): void => {
    setDropping(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    attach([...event.dataTransfer.files]);
  };
  return (
    <form
      aria-label={`Answer as ${label}`}
      data-region="composer"
      style={tintStyle(account.color)}
      onSubmit={(event) => {
        event.preventDefault();
        if (sendable) void send();
      }}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={onDrop}
      className="tinted relative mx-4 mb-4 shrink-0 overflow-hidden rounded-[14px] border border-line bg-surface shadow-card focus-within:border-[color-mix(in_srgb,var(--c)_55%,var(--line))]"
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
      {hold !== undefined && <HoldNote id={noteId} account={account} hold={hold} />}
      <DraftNote id={draftNoteId} chatKey={chatKey} onDone={() => box.current?.focus()} />
      <AttachmentChips chatKey={chatKey} />
      <textarea
        ref={box}
        dir="auto"
        rows={1}
        value={draft}
        aria-label={`Message to ${plainName(chat.name)}, answering as ${label}`}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={over > 0}
        placeholder={files > 0 ? 'Write a caption' : 'Write a message'}
        data-region-target
        onChange={(event) => actions.setDraft(chatKey, event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="block max-h-[179px] min-h-[44px] w-full resize-none overflow-y-auto bg-transparent px-[13px] pt-[11px] pb-1 leading-[1.45] field-sizing-content placeholder:text-text-3 focus-visible:outline-none"
      />
      <div className="flex items-center gap-2 px-2 pt-[2px] pb-2">
        <IconButton icon={Paperclip} label="Attach files" placement="top" onPress={() => picker.current?.click()} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          tabIndex={-1}
          onChange={(event) => {
            attach([...(event.target.files ?? [])]);
            // The same file can be chosen again after it was removed.
            event.target.value = '';
          }}
        />
        <p className="m-0 min-w-0 flex-1 ps-[2px] text-[12.5px]">
          {problem !== undefined && (
            <span role="alert" className="selectable break-words text-bad-ink">
              {problem}
            </span>
          )}
          {problem === undefined && draft.length >= (files > 0 ? countCaptionFrom : countFrom) && (
            <span role="status" className={`tabular ${over > 0 ? 'font-[560] text-bad-ink' : 'text-text-2'}`}>
              {over > 0
                ? `Too long by ${formatNumber(over)} characters${files > 0 ? ' for a caption' : ''}`
                : `${formatNumber(draft.length)} of ${formatNumber(longest)} characters`}
            </span>
          )}
        </p>
        <Button
          type="submit"
          look="primary"
          isDisabled={!sendable}
          isPending={sending}
          {...(hold === undefined ? {} : { 'aria-describedby': noteId })}
        >
          Send
          <Icon icon={Send} size={16} />
        </Button>
      </div>
      {dropping && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 grid place-items-center rounded-[13px] border-2 border-dashed border-accent bg-[color-mix(in_srgb,var(--accent-weak)_88%,transparent)] font-[600] text-accent-ink"
        >
          Drop to attach
        </div>
      )}
    </form>
  );
};
