import { CircleCheck, Clock3, type LucideIcon, OctagonAlert, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { Gate } from '../../../electron/contract/entities/send';
import type { SessionState } from '../../../electron/contract/entities/session';
import { selectStatus } from '../../state/selectors';
import { wordsOfWait } from '../../state/send-words';
import { isRunning } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { useGate } from '../../state/use-gates';
import { Button } from '../../ui/Button';
import { formatNumber, formatSince, formatTimeOfDay, formatUntil } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { Skeleton } from '../../ui/Skeleton';
import { useNow } from '../../ui/use-now';
import { ownLimits, statedLimits } from './limit-lines';

interface Words {
  readonly icon: LucideIcon;
  readonly ink: string;
  readonly title: string;
  readonly text?: string;
}

/** What the gate does now, in words. */
const wordsOfGate = (gate: Gate, label: string, status: SessionState | undefined, nowMs: number): Words => {
  const { paused, waiting, underway } = gate;
  if (paused !== undefined)
    return {
      icon: paused.by === 'failures' ? OctagonAlert : Pause,
      ink: paused.by === 'failures' ? 'text-bad-ink' : 'text-warn-ink',
      title: `${paused.by === 'failures' ? 'Stopped' : 'Paused'} since ${formatSince(paused.sinceMs, nowMs)}`,
      text:
        paused.by === 'failures'
          ? `${paused.words} What people type goes on.`
          : 'Nothing leaves. What is accepted meanwhile waits.',
    };
  if (waiting > 0 && gate.wait !== undefined) {
    const moments = { until: (ms: number) => formatUntil(ms, nowMs), second: formatTimeOfDay };
    const title = wordsOfWait(gate.wait, { label, status }, moments);
    return {
      icon: Clock3,
      ink: 'text-warn-ink',
      title,
      text: waiting === 1 ? '1 message waits.' : `${formatNumber(waiting)} messages wait.`,
    };
  }
  if (waiting + underway > 0) return { icon: Clock3, ink: 'text-text-2', title: 'Sending' };
  return { icon: CircleCheck, ink: 'text-ok-ink', title: 'Nothing holds messages back' };
};

/** The gate on one line: what it does now, the way on, and in a narrow window the limits in short. */
export const GateStrip = ({ account }: { readonly account: Account }) => {
  const gate = useGate(account.id);
  const status = useConsole(selectStatus(account.id));
  const nowMs = useNow('halfMinute');
  const [busy, setBusy] = useState(false);
  if (gate === undefined)
    return (
      <div className="flex min-h-[52px] shrink-0 items-center border-b border-line px-5">
        <Skeleton className="late h-4 w-[220px]" />
      </div>
    );
  const { icon, ink, title, text } = wordsOfGate(gate, account.label, status, nowMs);
  const toggle = (): void => {
    setBusy(true);
    const run = gate.paused === undefined ? actions.pauseSending : actions.resumeSending;
    void run(account.id).finally(() => setBusy(false));
  };
  const canStart = gate.paused === undefined && gate.wait?.reason === 'account_not_ready' && !isRunning(status);
  const lines = [...statedLimits(gate, nowMs), ...ownLimits(gate, account.settings.sending)];
  return (
    <div className="shrink-0 border-b border-line bg-[color-mix(in_srgb,var(--surface-2)_45%,var(--surface))] px-5 py-[9px]">
      <div className="flex min-h-[34px] flex-wrap items-center gap-x-3 gap-y-2">
        <Icon icon={icon} className={ink} />
        <p role="status" className="selectable tabular m-0 min-w-[200px] flex-1 break-words">
          <b className={`font-[600] ${gate.paused === undefined ? '' : ink}`}>{title}.</b>{' '}
          {text !== undefined && <span className="text-text-2">{text}</span>}
        </p>
        {canStart && <Button onPress={() => void actions.startAccount(account.id)}>Start it</Button>}
        <Button look={gate.paused === undefined ? 'ghost' : 'primary'} isPending={busy} onPress={toggle}>
          <Icon icon={gate.paused === undefined ? Pause : Play} size={16} />
          {gate.paused === undefined ? 'Pause sending' : 'Go on'}
        </Button>
      </div>
      <dl className="tabular m-0 hidden flex-wrap gap-x-5 gap-y-1 pt-[6px] text-[12.5px] max-[1059px]:flex">
        {lines.map((line) => (
          <div key={line.name} className="flex gap-[6px]">
            <dt className="text-text-2">{line.name}</dt>
            <dd className="m-0 font-[600]">{line.words}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
