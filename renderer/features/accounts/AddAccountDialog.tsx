import { type FormEvent, useState } from 'react';
import type { AccountNetwork } from '../../../electron/contract/entities/account';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { labelProblem } from './label-problem';

const networks = [
  { value: 'whatsapp', title: 'WhatsApp', text: 'Links a real number with a QR code, as WhatsApp Web does.' },
  {
    value: 'practice',
    title: 'Practice network',
    text: 'A simulated phone and simulated customers on this computer. Nothing leaves it.',
  },
] as const;

/** Adds an account and starts it, so that its code appears at once. */
export const AddAccountDialog = ({ network: preset }: { readonly network: AccountNetwork }) => {
  const [label, setLabel] = useState('');
  const [network, setNetwork] = useState<AccountNetwork>(preset);
  const [problem, setProblem] = useState<string>();
  const [adding, setAdding] = useState(false);
  const close = (): void => actions.openDialog(undefined);

  const add = async (): Promise<void> => {
    const wrong = labelProblem(label);
    setProblem(wrong);
    if (wrong !== undefined || adding) return;
    setAdding(true);
    try {
      const { account } = await call('accounts.create', { label: label.trim(), network });
      close();
      actions.takeAccount(account);
      actions.chooseScope(account.id);
      void actions.startAccount(account.id);
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setAdding(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <Dialog title="Add account" onClose={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          autoFocus
          label="Name"
          placeholder="Sales"
          hint="How you and your colleagues call this number, for example Sales or Support."
          value={label}
          problem={problem}
          onChange={(value) => {
            setLabel(value);
            setProblem(undefined);
          }}
        />
        <ChoiceCards label="Network" value={network} choices={networks} onChange={setNetwork} />
        <DialogActions>
          <Button onPress={close}>Cancel</Button>
          <Button type="submit" look="primary" isPending={adding}>
            Add and show the code
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
