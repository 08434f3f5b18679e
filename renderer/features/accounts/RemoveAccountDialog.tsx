import { useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';

/** Asks before an account and its folder go, and says exactly what goes. */
export const RemoveAccountDialog = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (account === undefined) return undefined;
  const close = (): void => actions.openDialog(undefined);
  const remove = async (): Promise<void> => {
    setRemoving(true);
    setProblem(undefined);
    try {
      await call('accounts.remove', { accountId });
      close();
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setRemoving(false);
    }
  };
  return (
    <Dialog alert title={`Remove ${account.label}`} onClose={close}>
      <p className="m-0">This deletes from this computer, for good:</p>
      <ul className="my-2 list-disc ps-5 text-text-2">
        <li>the login of this account, so that linking needs the phone again</li>
        <li>its chats, messages and media kept here</li>
        <li>messages that were not sent yet, and drafts</li>
      </ul>
      <p className="m-0 text-text-2">
        {account.network === 'practice'
          ? 'Other accounts are not touched.'
          : 'Everything on the phone stays. The phone may list this computer under Linked devices for a while. Other accounts are not touched.'}
      </p>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mt-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button autoFocus onPress={close}>
          Keep it
        </Button>
        <Button look="danger" isPending={removing} onPress={() => void remove()}>
          Remove and delete
        </Button>
      </DialogActions>
    </Dialog>
  );
};
