import type { ApiKeyId } from '../../../electron/contract/entities/api-key';
import { messageOf } from '../../bridge/call-error';
import { actions, useConsole } from '../../state/use-console';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { formatFull } from '../../ui/format-time';
import { plainName } from '../../ui/person-name';

/** Asks before a program loses its way in. */
export const RevokeApiKeyDialog = ({ keyId }: { readonly keyId: ApiKeyId }) => {
  const key = useConsole((state) => state.apiKeys?.entries.find(({ id }) => id === keyId));
  const close = (): void => actions.openDialog(undefined);
  return (
    <ConfirmDialog
      title={key === undefined ? 'Revoke a key' : `Revoke ${plainName(key.name)}`}
      stay="Keep it"
      go="Revoke"
      going="Revoking"
      run={() => actions.revokeApiKey(keyId)}
      wordsOf={messageOf}
      onClose={close}
    >
      <p className="m-0">
        The program that uses this key is cut off at once, also where it is listening at the moment. The key cannot be
        brought back; a new one can be made.
      </p>
      {key !== undefined && (
        <p className="tabular m-0 mt-2 text-text-2">
          {key.lastUsedAtMs === undefined ? 'It was never used.' : `Last used ${formatFull(key.lastUsedAtMs)}.`}
        </p>
      )}
    </ConfirmDialog>
  );
};
