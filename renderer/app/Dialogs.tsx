import { AddAccountDialog } from '../features/accounts/AddAccountDialog';
import { EditAccountDialog } from '../features/accounts/EditAccountDialog';
import { RemoveAccountDialog } from '../features/accounts/RemoveAccountDialog';
import { SettingsDialog } from '../features/settings/SettingsDialog';
import { useConsole } from '../state/use-console';
import { useFocusReturn } from './use-focus-return';

/** The dialog that is open, if any. */
export const Dialogs = () => {
  const dialog = useConsole((state) => state.dialog);
  useFocusReturn(dialog !== undefined);
  switch (dialog?.kind) {
    case undefined:
      return undefined;
    case 'addAccount':
      return <AddAccountDialog network={dialog.network} />;
    case 'editAccount':
      return <EditAccountDialog accountId={dialog.accountId} focus={dialog.focus} />;
    case 'removeAccount':
      return <RemoveAccountDialog accountId={dialog.accountId} />;
    case 'settings':
      return <SettingsDialog />;
  }
};
