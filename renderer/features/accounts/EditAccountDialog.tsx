import { type FormEvent, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { tintNames, tintStyle } from '../../ui/tint';
import { labelProblem } from './label-problem';

export interface EditAccountDialogProps {
  readonly accountId: AccountId;
  readonly focus: 'label' | 'color';
}

/** Renames or recolours an account. */
export const EditAccountDialog = ({ accountId, focus }: EditAccountDialogProps) => {
  const account = useConsole(selectAccount(accountId));
  const [label, setLabel] = useState(account?.label ?? '');
  const [color, setColor] = useState(account?.color ?? 0);
  const [problem, setProblem] = useState<string>();
  const [saving, setSaving] = useState(false);
  if (account === undefined) return undefined;
  const close = (): void => actions.openDialog(undefined);

  const save = async (): Promise<void> => {
    const wrong = labelProblem(label);
    setProblem(wrong);
    if (wrong !== undefined || saving) return;
    setSaving(true);
    try {
      await call('accounts.update', { accountId, label: label.trim(), color });
      close();
    } catch (thrown) {
      setProblem(messageOf(thrown));
      setSaving(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog title={`Name and colour of ${account.label}`} onClose={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          autoFocus={focus === 'label'}
          label="Name"
          value={label}
          problem={problem}
          onChange={(value) => {
            setLabel(value);
            setProblem(undefined);
          }}
        />
        <RadioGroup
          value={String(color)}
          onChange={(value) => setColor(Number(value))}
          className="flex flex-col gap-[6px]"
        >
          <Label className="text-[12.5px] font-[560]">Colour</Label>
          <div className="flex flex-wrap gap-[6px]">
            {tintNames.map((name, index) => (
              <Radio
                key={name}
                value={String(index)}
                aria-label={name}
                autoFocus={focus === 'color' && index === color}
                style={tintStyle(index)}
                className="tinted group relative grid size-[34px] place-items-center rounded-[10px] border-2 border-transparent selected:border-tint"
              >
                <span className="keep-color size-[22px] rounded-[7px] bg-tint" />
              </Radio>
            ))}
          </div>
        </RadioGroup>
        <DialogActions>
          <Button onPress={close}>Cancel</Button>
          <Button type="submit" look="primary" isPending={saving}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
