import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

/** Asks before an account and its folder go, and says exactly what goes. */
export const RemoveAccountDialog = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  if (account === undefined) return undefined;
  return (
    <ConfirmDialog
      title={`Remove ${account.label}`}
      stay="Keep it"
      go="Remove and delete"
      going="Removing"
      run={async () => void (await call('accounts.remove', { accountId }))}
      wordsOf={messageOf}
      onClose={() => actions.openDialog(undefined)}
    >
      <p className="m-0">This deletes from this computer, for good:</p>
      <ul className="my-2 list-disc ps-5 text-text-2">
        <li>the login of this account, so that linking needs the phone again</li>
        <li>its chats, messages and media kept here</li>
        <li>messages that were not sent yet, and drafts</li>
      </ul>
      <p className="m-0 text-text-2">
        {account.network === 'whatsapp' &&
          account.identity !== undefined &&
          'Everything on the phone stays. It goes on listing this computer under Linked devices: log out first to take it off there. '}
        Other accounts are not touched.
      </p>
    </ConfirmDialog>
  );
};
