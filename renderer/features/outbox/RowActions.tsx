import { useState } from 'react';
import type { Send } from '../../../electron/contract/entities/send';
import type { SendKey } from '../../state/keys';
import { needsLook } from '../../state/outbox-view';
import { mayBeThere } from '../../state/send-words';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';

export interface RowActionsProps {
  readonly send: Send;
  readonly sendKey: SendKey;
  /** Whom it goes to, for accessible names: the same words stand in every row. */
  readonly name: string;
}

/** What can be done with a row as it stands. */
export const RowActions = ({ send, sendKey, name }: RowActionsProps) => {
  const [busy, setBusy] = useState(false);
  const run = (action: (key: SendKey) => Promise<void>) => () => {
    setBusy(true);
    void action(sendKey).finally(() => setBusy(false));
  };
  if (send.state === 'queued')
    return (
      <Button small isPending={busy} aria-label={`Cancel the message to ${name}`} onPress={run(actions.cancelSend)}>
        Cancel
      </Button>
    );
  if (!needsLook(send.state)) return undefined;
  return (
    <>
      <Button
        small
        isPending={busy}
        aria-label={`Take the message to ${name} off the list`}
        onPress={run(actions.dismissSend)}
      >
        Take off the list
      </Button>
      <Button
        small
        isPending={busy}
        aria-label={`Send the message to ${name} again`}
        onPress={() => {
          // It may be there already: somebody has to look first.
          if (mayBeThere(send.state)) actions.openDialog({ kind: 'sendAgain', send: sendKey });
          else run(actions.resendSend)();
        }}
      >
        Send again
      </Button>
    </>
  );
};
