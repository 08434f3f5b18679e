import { useEffect, useState } from 'react';
import type { LogLine } from '../../../electron/contract/entities/observation';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { Button } from '../../ui/Button';
import { formatFull, formatTimeOfDay } from '../../ui/format-time';
import { keyed } from '../../ui/keyed';
import { SelectField } from '../../ui/SelectField';
import { Skeleton } from '../../ui/Skeleton';

const levels = [
  { value: 'debug', title: 'Everything' },
  { value: 'info', title: 'Info and above' },
  { value: 'warn', title: 'Warnings and errors' },
  { value: 'error', title: 'Errors only' },
] as const;

const inks: Readonly<Record<LogLine['level'], string>> = {
  debug: 'text-text-3',
  info: 'text-text-2',
  warn: 'text-warn-ink',
  error: 'text-bad-ink',
};

/** `name=value` for every field of a line. */
const fieldsOf = (line: LogLine): string =>
  Object.entries(line.fields)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

/** The newest lines of the account's own log. */
export const LogLines = ({ accountId }: { readonly accountId: AccountId }) => {
  const [level, setLevel] = useState<LogLine['level']>('info');
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every turn reads them again
  useEffect(() => {
    let current = true;
    call('sessions.logs', { accountId, level }).then(
      (read) => {
        if (!current) return;
        setLines(read.lines);
        setProblem(undefined);
      },
      (thrown: unknown) => {
        if (current) setProblem(messageOf(thrown));
      },
    );
    return () => {
      current = false;
    };
  }, [accountId, level, turn]);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <div className="w-[210px]">
          <SelectField label="Level" value={level} choices={levels} onChange={setLevel} />
        </div>
        <Button onPress={() => setTurn((before) => before + 1)}>Read again</Button>
      </div>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mb-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      {lines === undefined && problem === undefined && <Skeleton className="h-[240px]" />}
      {lines?.length === 0 && <p className="m-0 py-6 text-center text-text-2">No lines of this level.</p>}
      {lines !== undefined && lines.length > 0 && (
        <ol
          aria-label="Log lines"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
          tabIndex={0}
          className="m-0 max-h-[60vh] list-none overflow-auto rounded-[10px] border border-line bg-surface-2 p-3 font-mono text-[11.5px] leading-[1.6]"
        >
          {keyed(lines, ({ atMs, message }) => `${atMs}${message}`).map(({ key, item: line }) => (
            <li key={key} className="selectable break-words">
              <time className="text-text-3" title={formatFull(line.atMs)}>
                {formatTimeOfDay(line.atMs)}
              </time>{' '}
              <span className={`font-[650] ${inks[line.level]}`}>{line.level}</span> {line.message}{' '}
              <span className="text-text-2">{fieldsOf(line)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
