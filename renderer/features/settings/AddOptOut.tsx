import { type FormEvent, useState } from 'react';
import type { OptOut } from '../../../electron/contract/entities/opt-out';
import { messageOf } from '../../bridge/call-error';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { readPhone } from '../../ui/read-phone';

/** Longest note that main takes. */
const noteLength = 500;

type Reading = { readonly contact: string; readonly shown: string } | { readonly problem: string };

/** A number as people type it, or the hidden id of somebody whose number WhatsApp does not tell. */
const readContact = (typed: string): Reading => {
  const text = typed.trim().toLowerCase();
  if (/^[0-9]{6,32}@lid$/.test(text)) return { contact: text, shown: text };
  const number = readPhone(typed);
  return number.kind === 'number' ? { contact: number.digits, shown: number.shown } : { problem: number.problem };
};

/** Puts somebody on the list. */
export const AddOptOut = ({ known }: { readonly known: readonly OptOut[] }) => {
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const [noteProblem, setNoteProblem] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  const reading = readContact(typed);

  const add = async (): Promise<void> => {
    if ('problem' in reading) {
      setProblem(reading.problem);
      return;
    }
    if (note.trim().length > noteLength) {
      setNoteProblem(`A note has at most ${noteLength} characters.`);
      return;
    }
    if (known.some(({ contact }) => contact === reading.contact)) {
      setProblem(`${reading.shown} is on the list already.`);
      return;
    }
    setAdding(true);
    try {
      await actions.addOptOut(reading.contact, note);
      setAdded(`${reading.shown} is on the list.`);
      setTyped('');
      setNote('');
    } catch (thrown) {
      setProblem(messageOf(thrown));
    }
    setAdding(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  const shown = 'problem' in reading ? undefined : reading.shown;
  return (
    <form noValidate onSubmit={submit} aria-label="Add to the list">
      <div className="grid items-start gap-x-4 gap-y-3 min-[640px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Field
          autoFocus
          type="tel"
          label="Number"
          placeholder="+55 11 94002-0022"
          hint={shown === undefined ? 'With its country code.' : `Adds ${shown}.`}
          value={typed}
          problem={problem}
          onChange={(value) => {
            setTyped(value);
            setProblem(undefined);
            setAdded(undefined);
          }}
        />
        <Field
          label="Note"
          hint="Why, for the people of this console. May stay empty."
          value={note}
          problem={noteProblem}
          onChange={(value) => {
            setNote(value);
            setNoteProblem(undefined);
          }}
        />
        <div className="min-[640px]:pt-[25px]">
          <Button type="submit" look="primary" isPending={adding}>
            Add to the list
          </Button>
        </div>
      </div>
      <p role="status" className="sr-only">
        {added}
      </p>
    </form>
  );
};
