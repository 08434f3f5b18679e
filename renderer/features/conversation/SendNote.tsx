import { type ReactNode, useState } from 'react';
import type { Message } from '../../../electron/contract/entities/message';
import type { Send, WaitReason } from '../../../electron/contract/entities/send';
import { type SendKey, sendKey } from '../../state/keys';
import { mayBeThere, wordsOfProblem } from '../../state/send-words';
import { actions, useConsole } from '../../state/use-console';
import { useFreshWait } from '../../state/use-gates';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/use-now';
import { useWaitWords } from './use-wait-words';

/** Most messages are gone before this: a note that comes and goes would only move what is being read. */
const patienceMs = 1500;

/** Reasons that are over in a moment. */
const short: readonly WaitReason[] = ['next', 'in_line', 'earlier_message'];

const Note = ({ ink, children }: { readonly ink: string; readonly children: ReactNode }) => (
  <div
    className={`mt-[3px] flex max-w-[85%] flex-wrap items-center justify-end gap-x-1 self-end text-end text-[12px] min-[900px]:max-w-[66%] ${ink}`}
  >
    {children}
  </div>
);

const Waiting = ({ send, sendKey: key }: { readonly send: Send; readonly sendKey: SendKey }) => {
  const nowMs = useNow('second');
  const [busy, setBusy] = useState(false);
  const words = useWaitWords(send, nowMs);
  useFreshWait(send.accountId, key);
  const lasts = send.wait !== undefined && !short.includes(send.wait.reason);
  if (!lasts && nowMs - send.changedAtMs < patienceMs) return undefined;
  return (
    <Note ink="text-text-2">
      <span className="selectable tabular min-w-0 break-words">{words}</span>
      <Button
        small
        look="plain"
        isPending={busy}
        onPress={() => {
          setBusy(true);
          void actions.cancelSend(key).finally(() => setBusy(false));
        }}
      >
        Cancel
      </Button>
    </Note>
  );
};

const Doubt = ({ send, sendKey: key }: { readonly send: Send; readonly sendKey: SendKey }) => {
  const [busy, setBusy] = useState(false);
  const run = (action: (key: SendKey) => Promise<void>): void => {
    setBusy(true);
    void action(key).finally(() => setBusy(false));
  };
  return (
    <Note ink={send.state === 'failed' ? 'text-bad-ink' : 'text-warn-ink'}>
      <span className="selectable min-w-0 break-words">
        {send.state === 'failed' && 'Not sent. '}
        {wordsOfProblem(send)}
      </span>
      <span className="flex">
        <Button small look="plain" isPending={busy} onPress={() => run(actions.dismissSend)}>
          Take off the list
        </Button>
        <Button
          small
          look="plain"
          isPending={busy}
          onPress={() => {
            // It may be there already: somebody has to look first.
            if (mayBeThere(send.state)) actions.openDialog({ kind: 'sendAgain', send: key });
            else run(actions.resendSend);
          }}
        >
          Send again
        </Button>
      </span>
    </Note>
  );
};

/** Under an own message: why it waits, or what is wrong with it, and what can be done. */
export const SendNote = ({ message }: { readonly message: Message }) => {
  const key = sendKey(message.accountId, message.chatId, message.id);
  const send = useConsole((state) => state.sends[key]);
  switch (send?.state) {
    case 'queued':
      return <Waiting send={send} sendKey={key} />;
    case 'failed':
    case 'unknown':
    case 'stuck':
      return <Doubt send={send} sendKey={key} />;
    case 'claimed':
    case 'handed':
      return undefined;
    default: {
      const { status } = message;
      // Taken off the list, or from before the outbox kept rows: the words stay, nothing more can be done.
      if (status !== 'failed' && status !== 'unknown') return undefined;
      return (
        <Note ink={status === 'failed' ? 'text-bad-ink' : 'text-warn-ink'}>
          <span className="selectable min-w-0 break-words">
            {status === 'failed' ? 'Not sent.' : 'It is not certain that this was sent.'} {message.problem}
          </span>
        </Note>
      );
    }
  }
};
