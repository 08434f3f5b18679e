import { AddAccountDialog } from '../features/accounts/AddAccountDialog';
import { EditAccountDialog } from '../features/accounts/EditAccountDialog';
import { LogOutDialog } from '../features/accounts/LogOutDialog';
import { PagePictureDialog } from '../features/accounts/PagePictureDialog';
import { RemoveAccountDialog } from '../features/accounts/RemoveAccountDialog';
import { SupportBundleDialog } from '../features/accounts/SupportBundleDialog';
import { SendAgainDialog } from '../features/outbox/SendAgainDialog';
import { DoNotContactDialog } from '../features/settings/DoNotContactDialog';
import { MakeApiKeyDialog } from '../features/settings/MakeApiKeyDialog';
import { RevokeApiKeyDialog } from '../features/settings/RevokeApiKeyDialog';
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
    case 'logOutAccount':
      return <LogOutDialog accountId={dialog.accountId} />;
    case 'pagePicture':
      return <PagePictureDialog accountId={dialog.accountId} />;
    case 'supportBundle':
      return <SupportBundleDialog accountId={dialog.accountId} />;
    case 'sendAgain':
      return <SendAgainDialog send={dialog.send} />;
    case 'doNotContact':
      return <DoNotContactDialog />;
    case 'makeApiKey':
      return <MakeApiKeyDialog />;
    case 'revokeApiKey':
      return <RevokeApiKeyDialog keyId={dialog.keyId} />;
  }
};
