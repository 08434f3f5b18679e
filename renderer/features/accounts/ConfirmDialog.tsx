import { type ReactNode, useState } from 'react';
import { messageOf } from '../../bridge/call-error';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What goes and what stays. */
  readonly children: ReactNode;
  /** The way back, which has the focus. */
  readonly stay: string;
  readonly go: string;
  /** On the button while it is being done. */
  readonly going: string;
  /** The dialog closes when it resolves; why it rejects is shown in it. */
  readonly run: () => Promise<void>;
}

/** Asks before something of an account is lost. */
export const ConfirmDialog = ({ title, children, stay, go, going, run }: ConfirmDialogProps) => {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const close = (): void => actions.openDialog(undefined);
  const confirm = async (): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    try {
      await run();
      close();
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setPending(false);
    }
  };
  return (
    <Dialog alert title={title} onClose={close}>
      {children}
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mt-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button autoFocus onPress={close}>
          {stay}
        </Button>
        <Button look="danger" isPending={pending} onPress={() => void confirm()}>
          {pending ? going : go}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
