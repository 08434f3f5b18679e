import { CircleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { phaseOfLocalApi, wordsOfLocalApi } from '../../state/local-api-words';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { OutwardLink } from '../../ui/OutwardLink';
import { Section } from '../../ui/Section';
import { StatePill } from '../../ui/StatePill';
import { SwitchRow } from '../../ui/SwitchRow';

/** Ports below are the system's, and above there are none. */
const ports = { first: 1_024, last: 65_535 } as const;

const readPort = (typed: string): number | undefined => {
  const port = /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  return port >= ports.first && port <= ports.last ? port : undefined;
};

/** Holds as soon as the field is left, or with Enter. */
const PortField = ({ saved, onChoose }: { readonly saved: number; readonly onChoose: (port: number) => void }) => {
  const [typed, setTyped] = useState(String(saved));
  const [problem, setProblem] = useState<string>();
  // Another port can be chosen beside this field, or by a program.
  useEffect(() => {
    setTyped(String(saved));
    setProblem(undefined);
  }, [saved]);
  const keep = (): void => {
    const port = readPort(typed);
    if (port === undefined) setProblem(`Type a number from ${ports.first} to ${ports.last}.`);
    else if (port !== saved) onChoose(port);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep();
  };
  return (
    <form noValidate onSubmit={submit} aria-label="Port of the local API" className="w-[180px] shrink-0">
      <Field
        label="Port"
        inputMode="numeric"
        value={typed}
        problem={problem}
        onLeave={keep}
        onChange={(value) => {
          setTyped(value);
          setProblem(undefined);
        }}
      />
    </form>
  );
};

/** Why it does not listen, and the two ways out. */
const Problem = ({
  words,
  port,
  onChoose,
}: {
  readonly words: string;
  readonly port: number;
  readonly onChoose: (port: number) => void;
}) => {
  const other = port < ports.last ? port + 1 : ports.first;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-[11px] border border-[color-mix(in_srgb,var(--bad)_35%,var(--line))] bg-[color-mix(in_srgb,var(--bad)_8%,var(--surface))] px-4 py-3"
    >
      <Icon icon={CircleAlert} className="text-bad-ink" />
      <p className="selectable m-0 min-w-[220px] flex-1 break-words">{words}</p>
      <span className="flex flex-wrap gap-2">
        <Button onPress={() => onChoose(port)}>Try again</Button>
        <Button look="primary" onPress={() => onChoose(other)}>
          Use port {other}
        </Button>
      </span>
    </div>
  );
};

/** The door for other programs: whether it is open, where, and how it stands. */
export const LocalApiSection = () => {
  const wanted = useConsole((state) => state.settings.api);
  const state = useConsole((all) => all.localApi);
  const phase = phaseOfLocalApi(wanted, state);
  const { word, tone } = wordsOfLocalApi(phase);
  const choose = (change: Partial<typeof wanted>): void =>
    void actions.changeSettings({ api: { ...wanted, ...change } });
  const address = state.address ?? `http://127.0.0.1:${wanted.port}`;
  return (
    <Section title="Local API">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-[260px] flex-1">
          <SwitchRow
            title="Let programs on this computer use Switchboard"
            text="They read, send and manage accounts by REST calls and live events. Every call needs a key, and nothing outside this computer gets in."
            selected={wanted.enabled}
            onChange={(enabled) => choose({ enabled })}
          />
        </div>
        <span role="status" aria-label={`Local API: ${word}`}>
          <StatePill tone={tone}>{word}</StatePill>
        </span>
      </div>
      {phase === 'failed' && (
        <Problem words={state.problem ?? ''} port={wanted.port} onChoose={(port) => choose({ port })} />
      )}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <PortField saved={wanted.port} onChoose={(port) => choose({ port })} />
        <div className="min-w-[260px] flex-1">
          <span className="mb-[6px] block text-[12.5px] font-[560]">Address</span>
          <div className="flex min-h-9 items-center gap-2">
            <bdi
              className={`min-w-0 truncate ${phase === 'running' ? 'selectable font-mono text-[12.8px]' : 'text-text-2'}`}
            >
              {phase === 'running' ? address : 'Nobody can reach it now'}
            </bdi>
            {phase === 'running' && <CopyButton small text={address} what="the address" />}
          </div>
        </div>
      </div>
      {phase === 'running' && (
        <div className="flex flex-wrap gap-2">
          <OutwardLink href={`${address}/api-docs`}>All calls</OutwardLink>
          <OutwardLink href={`${address}/`}>Web console</OutwardLink>
        </div>
      )}
    </Section>
  );
};
