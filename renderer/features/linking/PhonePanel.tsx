import { type FormEvent, useState } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import { messageOf } from '../../bridge/call-error';
import type { Pairing } from '../../state/console-state';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { formatCountdown } from '../../ui/format-amount';
import { formatPhone } from '../../ui/format-phone';
import { secondsLeft } from '../../ui/format-time';
import { Meter } from '../../ui/Meter';
import { plainName } from '../../ui/person-name';
import { readPhone } from '../../ui/read-phone';
import { useNow } from '../../ui/use-now';

export interface PhonePanelProps {
  readonly account: Account;
  readonly status: SessionState | undefined;
}

interface CodeProps {
  readonly account: Account;
  readonly pairing: Pairing;
  readonly pending: boolean;
  readonly problem: string | undefined;
  readonly onRenew: () => void;
  readonly onOther: () => void;
}

/** Eight characters in two groups, how long they are good for, and the way to new ones. */
const Code = ({ account, pairing, pending, problem, onRenew, onOther }: CodeProps) => {
  const nowMs = useNow('second');
  const { code, phoneNumber, lifetimeMs } = pairing;
  const left = secondsLeft(code.expiresAtMs, nowMs);
  const [first = '', second = ''] = code.code.split('-');
  const group = 'flex-1 rounded-[11px] bg-surface-2 py-[14px] ps-[0.14em] text-center tracking-[0.14em]';
  return (
    <div className="flex flex-col gap-3">
      <span className="text-[12.5px] text-text-2">
        Code for <bdi className="tabular font-[560] text-text">{formatPhone(`+${phoneNumber}`)}</bdi>
      </span>
      <output
        dir="ltr"
        data-testid="pairing-code"
        aria-label={`Code to link ${plainName(account.label)}`}
        className={`selectable flex items-center gap-2 font-mono text-[25px] font-[600] leading-none ${
          left === 0 ? 'text-text-3 line-through opacity-60' : ''
        }`}
      >
        <span className={group}>{first}</span>
        <span className="text-text-3">-</span>
        <span className={group}>{second}</span>
      </output>
      <div className="tabular flex h-5 items-center gap-[10px] text-[12.5px] text-text-2">
        <span className="shrink-0">
          {left === 0 ? 'The code has expired' : `Code expires in ${formatCountdown(left)}`}
        </span>
        <Meter share={(code.expiresAtMs - nowMs) / lifetimeMs} />
      </div>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 break-words text-[12.5px] font-[560] text-bad-ink">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look={left === 0 ? 'primary' : 'ghost'} isPending={pending} onPress={onRenew}>
          New code
        </Button>
        <Button look="plain" onPress={onOther}>
          Other number
        </Button>
      </div>
    </div>
  );
};

/** Linking by typing a code on the phone: first the number, then the code for it. */
export const PhonePanel = ({ account, status }: PhonePanelProps) => {
  const pairing = useConsole((state) => state.pairings[account.id]);
  const [number, setNumber] = useState('');
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const [other, setOther] = useState(false);
  const isLinking = status?.state === 'linking';
  const reading = readPhone(number);

  const ask = async (digits: string): Promise<void> => {
    if (pending) return;
    setPending(true);
    setProblem(undefined);
    try {
      await actions.askPairingCode(account.id, digits);
      setOther(false);
    } catch (thrown) {
      setProblem(messageOf(thrown));
    }
    setPending(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reading.kind === 'problem') setProblem(reading.problem);
    else void ask(reading.digits);
  };

  if (pairing !== undefined && !other)
    return (
      <Code
        account={account}
        pairing={pairing}
        pending={pending}
        problem={problem}
        onRenew={() => void ask(pairing.phoneNumber)}
        onOther={() => {
          setProblem(undefined);
          setOther(true);
        }}
      />
    );
  const country = reading.kind === 'number' && reading.country !== undefined ? ` · ${reading.country}` : '';
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field
        autoFocus
        type="tel"
        inputMode="tel"
        label="Phone number of this account"
        placeholder="+55 11 94002-0022"
        value={number}
        problem={problem}
        hint={
          reading.kind === 'number'
            ? `${reading.shown}${country}`
            : 'With its country code. The phone has to be at hand.'
        }
        onChange={(typed) => {
          setNumber(typed);
          setProblem(undefined);
        }}
      />
      <Button type="submit" look="primary" isDisabled={!isLinking} isPending={pending}>
        {pending ? 'Asking WhatsApp for a code' : 'Show the code'}
      </Button>
      {!isLinking && (
        <span role="status" className="text-[12.5px] text-text-2">
          {status?.state === 'syncing' ? 'The phone is linked.' : 'The browser is starting. A moment.'}
        </span>
      )}
    </form>
  );
};
