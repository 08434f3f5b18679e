import { KeyRound } from 'lucide-react';
import type { Account } from '../../../electron/contract/entities/account';
import type { Session } from '../../../electron/contract/entities/session';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

export interface PasskeyPanelProps {
  readonly account: Account;
  readonly session: Session;
}

/** The step that only a person can do: WhatsApp wants a passkey, on its own page and nowhere else. */
export const PasskeyPanel = ({ account, session }: PasskeyPanelProps) => {
  const shown = session.windowShown;
  return (
    <div role="status" className="mt-[22px] flex gap-4 rounded-[12px] bg-surface-2 p-5">
      <span className="grid size-10 shrink-0 place-items-center rounded-[12px] bg-accent-weak text-accent-ink">
        <Icon icon={KeyRound} size={20} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="m-0 text-[15px] font-[640]">WhatsApp asks for a passkey</h2>
        <p className="m-0 mt-1 max-w-[62ch] text-text-2">
          Before it links this computer, WhatsApp wants to be sure that it is you. That is answered with the passkey of
          this number: a fingerprint, a face, a screen lock or a security key. Only WhatsApp’s own page may ask for it,
          so it is done in the account’s own window. <bdi>{account.label}</bdi> goes on by itself afterwards.
        </p>
        <ol className="m-0 mt-3 list-decimal ps-5 text-text-2">
          <li>{shown ? 'The window is on the screen' : 'Show the window'}</li>
          <li>Do there what WhatsApp asks for</li>
          <li>Come back here: the window can be hidden again</li>
        </ol>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look={shown ? 'ghost' : 'primary'} onPress={() => void actions.showAccountWindow(account.id, !shown)}>
            {shown ? 'Hide the WhatsApp window' : 'Show the WhatsApp window'}
          </Button>
          <Button onPress={() => void actions.restartAccount(account.id)}>Begin again</Button>
        </div>
      </div>
    </div>
  );
};
