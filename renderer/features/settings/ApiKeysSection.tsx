import { CircleAlert, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useApiKeys } from '../../state/use-api-keys';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Field } from '../../ui/Field';
import { formatNumber } from '../../ui/format-time';
import { Section } from '../../ui/Section';
import { Skeleton } from '../../ui/Skeleton';
import { ApiKeyRows } from './ApiKeyRows';

/** From this length on the list can be searched. */
const searchFrom = 9;

/** The keys with which programs call the local API. */
export const ApiKeysSection = () => {
  const list = useApiKeys();
  const [search, setSearch] = useState('');
  const entries = list?.entries ?? [];
  const wanted = search.trim().toLocaleLowerCase();
  const shown =
    wanted === ''
      ? entries
      : entries.filter(({ name, hint }) => `${name}\n${hint}`.toLocaleLowerCase().includes(wanted));
  const make = <Button onPress={() => actions.openDialog({ kind: 'makeApiKey' })}>Make a key</Button>;

  const body = () => {
    if (entries.length === 0 && (list === undefined || list.phase === 'loading'))
      return <Skeleton className="late h-[124px]" />;
    if (entries.length === 0 && list?.phase === 'failed')
      return (
        <EmptyState
          alert
          icon={CircleAlert}
          title="The keys could not be read"
          action={<Button onPress={() => void actions.readApiKeys()}>Read again</Button>}
        >
          {list.error}
        </EmptyState>
      );
    if (entries.length === 0)
      return (
        <EmptyState icon={KeyRound} title="No keys yet" action={make}>
          Each program gets its own key, with no more rights than it needs. Revoking one leaves the others alone.
        </EmptyState>
      );
    if (shown.length === 0) return <p className="m-0 py-8 text-center text-text-2">No key matches this.</p>;
    return <ApiKeyRows entries={shown} />;
  };

  return (
    <Section title="Keys for programs">
      {entries.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="tabular m-0 text-[12.5px] text-text-2">
            {entries.length === 1 ? '1 key' : `${formatNumber(entries.length)} keys`}
          </p>
          <div className="flex flex-wrap items-end gap-3">
            {entries.length >= searchFrom && (
              <div className="w-[220px]">
                <Field label="Search the keys" value={search} onChange={setSearch} />
              </div>
            )}
            {make}
          </div>
        </div>
      )}
      {body()}
      {entries.length > 0 && list?.phase === 'failed' && (
        <p role="alert" className="m-0 flex items-center gap-3 text-bad-ink">
          <span className="min-w-0 flex-1 break-words">The list may be out of date. {list.error}</span>
          <Button small onPress={() => void actions.readApiKeys()}>
            Read again
          </Button>
        </p>
      )}
    </Section>
  );
};
