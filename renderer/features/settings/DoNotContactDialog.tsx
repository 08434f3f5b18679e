import { BellOff, CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OptOut } from '../../../electron/contract/entities/opt-out';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { Field } from '../../ui/Field';
import { formatNumber } from '../../ui/format-time';
import { Skeleton } from '../../ui/Skeleton';
import { AddOptOut } from './AddOptOut';
import { OptOutRows } from './OptOutRows';

/** From this length on the list can be searched. */
const searchFrom = 9;

const matches = (entry: OptOut, wanted: string): boolean => {
  const digits = wanted.replace(/[\s()+./-]/g, '');
  return (
    (digits !== '' && entry.contact.includes(digits)) ||
    entry.note?.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()) === true
  );
};

const countWords = (count: number, reading: boolean): string => {
  if (reading) return count === 0 ? 'Reading the list' : `${formatNumber(count)} read so far`;
  return count === 1 ? '1 person' : `${formatNumber(count)} people`;
};

/** Who is not to be written to, from any account of this console. */
export const DoNotContactDialog = () => {
  const list = useConsole((state) => state.optOuts);
  const [search, setSearch] = useState('');
  useEffect(() => {
    void actions.openOptOuts();
    return actions.closeOptOuts;
  }, []);
  const close = (): void => actions.openDialog(undefined);
  const entries = list?.entries ?? [];
  const wanted = search.trim();
  const shown = wanted === '' ? entries : entries.filter((entry) => matches(entry, wanted));
  const reading = list === undefined || list.phase === 'loading';

  const body = () => {
    if (entries.length === 0 && reading) return <Skeleton className="late h-[180px]" />;
    if (entries.length === 0 && list?.phase === 'failed')
      return (
        <EmptyState
          alert
          icon={CircleAlert}
          title="The list could not be read"
          action={<Button onPress={() => void actions.openOptOuts()}>Read again</Button>}
        >
          {list.error}
        </EmptyState>
      );
    if (entries.length === 0)
      return (
        <EmptyState icon={BellOff} title="Nobody is on the list">
          Who asks not to be written to goes here. No account writes to them any more, whoever presses Send.
        </EmptyState>
      );
    if (shown.length === 0) return <p className="m-0 py-8 text-center text-text-2">Nobody on the list matches this.</p>;
    return <OptOutRows entries={shown} />;
  };

  return (
    <Dialog wide title="Do not contact" onClose={close}>
      <p className="m-0 mb-4 text-text-2">
        The list holds for every account of this console. Messages to these people that still wait are not sent.
      </p>
      <AddOptOut known={entries} />
      <div className="mt-5 mb-2 flex flex-wrap items-end justify-between gap-3 border-t border-line pt-4">
        <p role="status" className="tabular m-0 text-[12.5px] font-[620]">
          {(entries.length > 0 || reading) && countWords(entries.length, reading)}
        </p>
        {entries.length >= searchFrom && (
          <div className="w-[240px]">
            <Field label="Search the list" value={search} onChange={setSearch} />
          </div>
        )}
      </div>
      {body()}
      {entries.length > 0 && list?.phase === 'failed' && (
        <p role="alert" className="m-0 mt-2 flex items-center gap-3 text-bad-ink">
          <span className="min-w-0 flex-1 break-words">The rest of the list could not be read. {list.error}</span>
          <Button small onPress={() => void actions.openOptOuts()}>
            Read again
          </Button>
        </p>
      )}
      <DialogActions>
        <Button look="primary" onPress={close}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
};
