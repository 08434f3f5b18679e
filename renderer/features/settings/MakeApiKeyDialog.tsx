import { useState } from 'react';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { ApiKeyForm } from './ApiKeyForm';

/** The secret, which is in this window's memory only and gone with the dialog. */
const Secret = ({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) => (
  <>
    <p className="m-0">
      Put it where the program finds it, and where nobody else does. It is shown this once: Switchboard keeps only what
      is needed to recognise it.
    </p>
    <div className="mt-4 flex items-center gap-2 rounded-[11px] border border-line bg-surface-2 p-2 ps-3">
      <bdi data-testid="api-key" className="selectable min-w-0 flex-1 font-mono text-[12.8px] break-all">
        {secret}
      </bdi>
      <CopyButton autoFocus text={secret} what="the key" />
    </div>
    <p className="m-0 mt-3 text-[12.5px] text-text-2">
      Calls send it as the header <bdi className="font-mono">X-API-Key</bdi>.
    </p>
    <DialogActions>
      <Button look="primary" onPress={onDone}>
        I have stored it
      </Button>
    </DialogActions>
  </>
);

/** Makes a key for a program, then shows it once. */
export const MakeApiKeyDialog = () => {
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  const close = (): void => actions.openDialog(undefined);
  return made === undefined ? (
    <Dialog title="Make a key" onClose={close}>
      <ApiKeyForm onMade={(name, secret) => setMade({ name, secret })} onCancel={close} />
    </Dialog>
  ) : (
    <Dialog key="made" stays title={`The key of ${made.name}`} onClose={close}>
      <Secret secret={made.secret} onDone={close} />
    </Dialog>
  );
};
