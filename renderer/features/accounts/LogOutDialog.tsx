import { useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { formatPhone } from '../../ui/format-phone';

/** Asks before the phone is unlinked, and says what stays. */
export const LogOutDialog = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (account === undefined) return undefined;
  const close = (): void => actions.openDialog(undefined);
  const logOut = async (): Promise<void> => {
    setLeaving(true);
    setProblem(undefined);
    try {
      await call('sessions.logout', { accountId });
      close();
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setLeaving(false);
    }
  };
  return (
    <Dialog alert title={`Log out ${account.label}`} onClose={close}>
      <p className="m-0">
        This unlinks {account.identity === undefined ? 'the phone' : <bdi>{formatPhone(account.identity.phone)}</bdi>}{' '}
        and deletes the login on this computer. To use the account again, the phone has to be linked once more.
      </p>
      <p className="m-0 mt-2 text-text-2">Its chats, messages and drafts stay here. Everything on the phone stays.</p>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mt-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button autoFocus onPress={close}>
          Stay linked
        </Button>
        <Button look="danger" isPending={leaving} onPress={() => void logOut()}>
          {leaving ? 'Logging out' : 'Log out'}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
