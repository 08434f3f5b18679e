import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount, selectStatus } from '../../state/selectors';
import { hasBrowser } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { formatPhone } from '../../ui/format-phone';

/** Asks before the phone is unlinked, and says what stays. */
export const LogOutDialog = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const runs = useConsole((state) => hasBrowser(selectStatus(accountId)(state)));
  if (account === undefined) return undefined;
  const phone = account.identity === undefined ? 'the phone' : <bdi>{formatPhone(account.identity.phone)}</bdi>;
  const logOut = async (): Promise<void> => {
    const { notice } = await call('sessions.logout', { accountId });
    // It stays until it is read: something is left to do.
    if (notice !== undefined) actions.showToast('bad', notice);
  };
  return (
    <ConfirmDialog
      title={`Log out ${account.label}`}
      stay="Stay linked"
      go="Log out"
      going="Logging out"
      run={logOut}
      wordsOf={messageOf}
      onClose={() => actions.openDialog(undefined)}
    >
      <p className="m-0">
        {runs ? (
          <>This unlinks {phone} and deletes the login on this computer.</>
        ) : (
          <>
            This deletes the login on this computer. The account is not running, so {phone} cannot be told: remove this
            computer there too, under Linked devices, or start the account before you log out.
          </>
        )}{' '}
        To use the account again, the phone has to be linked once more.
      </p>
      <p className="m-0 mt-2 text-text-2">Its chats, messages and drafts stay here. Everything on the phone stays.</p>
    </ConfirmDialog>
  );
};
