import { type FormEvent, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { messageOf } from '../../bridge/call-error';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { CheckRow } from '../../ui/CheckRow';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { DialogActions } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { type Right, rights } from './api-key-words';

/** Longest name that main takes. */
const nameLength = 60;

const reaches = [
  { value: 'all', title: 'All accounts', text: 'Also those added later.' },
  { value: 'some', title: 'Only these', text: 'Not the others, not the console.' },
] as const;

export interface ApiKeyFormProps {
  readonly onMade: (name: string, secret: string) => void;
  readonly onCancel: () => void;
}

interface Problems {
  readonly name?: string;
  readonly rights?: string;
  readonly accounts?: string;
  /** What main said. */
  readonly call?: string;
}

const without = <Value,>(list: readonly Value[], value: Value): readonly Value[] =>
  list.filter((other) => other !== value);

/** What a new key is called, what it may do, and with which accounts. */
export const ApiKeyForm = ({ onMade, onCancel }: ApiKeyFormProps) => {
  const order = useConsole((state) => state.accountOrder);
  const accounts = useConsole((state) => state.accounts);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Right[]>(['read', 'send']);
  const [reach, setReach] = useState<'all' | 'some'>('all');
  const [bound, setBound] = useState<readonly AccountId[]>([]);
  const [problems, setProblems] = useState<Problems>({});
  const [making, setMaking] = useState(false);
  // One that was removed meanwhile is not asked for.
  const accountIds = bound.filter((id) => accounts[id] !== undefined);

  const find = (): Problems => ({
    ...(name.trim() === '' ? { name: 'Say which program it is for, so that you know it in the list.' } : {}),
    ...(name.trim().length > nameLength ? { name: `A name has at most ${nameLength} characters.` } : {}),
    ...(chosen.length === 0 ? { rights: 'Choose at least one right.' } : {}),
    ...(reach === 'some' && accountIds.length === 0 ? { accounts: 'Choose at least one account.' } : {}),
  });
  const make = async (): Promise<void> => {
    const found = find();
    setProblems(found);
    if (Object.keys(found).length > 0 || making) return;
    setMaking(true);
    try {
      const secret = await actions.makeApiKey({
        name: name.trim(),
        scopes: [...chosen],
        ...(reach === 'some' ? { accountIds: [...accountIds] } : {}),
      });
      onMade(name.trim(), secret);
    } catch (thrown) {
      setProblems({ call: messageOf(thrown) });
      setMaking(false);
    }
  };
  /** A sentence goes when its field is touched; new ones come with the press of the button only. */
  const touch = (field: keyof Problems): void =>
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([marked]) => marked !== field)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void make();
  };
  const alert = (words: string | undefined) =>
    words === undefined ? undefined : (
      <p role="alert" className="selectable m-0 break-words text-[12.5px] font-[560] text-bad-ink">
        {words}
      </p>
    );

  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <Field
        autoFocus
        label="Program"
        placeholder="Order system"
        value={name}
        problem={problems.name}
        onChange={(value) => {
          setName(value);
          touch('name');
        }}
      />
      <fieldset className="m-0 grid min-w-0 gap-[10px] border-0 p-0">
        <legend className="mb-[6px] p-0 text-[12.5px] font-[560]">It may</legend>
        <div className="grid gap-x-4 gap-y-[10px] min-[480px]:grid-cols-2">
          {rights.map(({ right, title, text }) => (
            <CheckRow
              key={right}
              title={title}
              text={text}
              selected={chosen.includes(right)}
              onChange={(selected) => {
                setChosen(selected ? [...without(chosen, right), right] : without(chosen, right));
                touch('rights');
              }}
            />
          ))}
        </div>
        {alert(problems.rights)}
      </fieldset>
      <ChoiceCards
        inline
        label="With"
        value={reach}
        choices={reaches}
        onChange={(value) => {
          setReach(value);
          touch('accounts');
        }}
      />
      {reach === 'some' && (
        <fieldset className="-mt-2 m-0 grid min-w-0 gap-[10px] border-0 p-0">
          <legend className="sr-only">Accounts</legend>
          {order.length === 0 && <p className="m-0 text-text-2">There are no accounts yet.</p>}
          <div className="grid max-h-[min(180px,26vh)] gap-[10px] overflow-y-auto py-1 ps-1">
            {order.map((id) => (
              <CheckRow
                key={id}
                title={accounts[id]?.label ?? id}
                selected={bound.includes(id)}
                onChange={(selected) => {
                  setBound(selected ? [...without(bound, id), id] : without(bound, id));
                  touch('accounts');
                }}
              />
            ))}
          </div>
          {alert(problems.accounts)}
        </fieldset>
      )}
      {alert(problems.call)}
      <DialogActions>
        <Button onPress={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" isPending={making}>
          {making ? 'Making' : 'Make the key'}
        </Button>
      </DialogActions>
    </form>
  );
};
