import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';

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
  /** The sentence for what `run` rejected with. */
  readonly wordsOf: (thrown: unknown) => string;
  readonly onClose: () => void;
}

/** Asks before something is lost. */
export const ConfirmDialog = ({ title, children, stay, go, going, run, wordsOf, onClose }: ConfirmDialogProps) => {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const confirm = async (): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    try {
      await run();
      onClose();
    } catch (thrown) {
      setProblem(wordsOf(thrown));
      setPending(false);
    }
  };
  return (
    <Dialog alert title={title} onClose={onClose}>
      {children}
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mt-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button autoFocus onPress={onClose}>
          {stay}
        </Button>
        <Button look="danger" isPending={pending} onPress={() => void confirm()}>
          {pending ? going : go}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
