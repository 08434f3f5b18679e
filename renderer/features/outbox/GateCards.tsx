import type { Account } from '../../../electron/contract/entities/account';
import { actions } from '../../state/use-console';
import { useGate } from '../../state/use-gates';
import { Button } from '../../ui/Button';
import { Meter } from '../../ui/Meter';
import { SideCard } from '../../ui/SideCard';
import { Skeleton } from '../../ui/Skeleton';
import { useNow } from '../../ui/use-now';
import { type LimitLine, ownLimits, statedLimits } from './limit-lines';

const Line = ({ line: { name, words, share, note } }: { readonly line: LimitLine }) => (
  <div className="grid gap-[6px]">
    <p className="tabular m-0 flex items-baseline justify-between gap-3">
      <span className="min-w-0">{name}</span>
      <b className="shrink-0 font-[620]">{words}</b>
    </p>
    {share !== undefined && (
      <span className="flex">
        <Meter kind="limit" share={share} />
      </span>
    )}
    {note !== undefined && <p className="m-0 text-[12.5px] text-text-2">{note}</p>}
  </div>
);

/** The limits of one account: the console's own, and what WhatsApp has stated. */
export const GateCards = ({ account }: { readonly account: Account }) => {
  const gate = useGate(account.id);
  const nowMs = useNow('halfMinute');
  const { sending } = account.settings;
  if (gate === undefined)
    return (
      <SideCard title="Sent from this account">
        <Skeleton className="h-[92px]" />
      </SideCard>
    );
  const stated = statedLimits(gate, nowMs);
  const { quietHours } = sending;
  return (
    <>
      <SideCard title="Sent from this account">
        <div className="grid gap-[14px]">
          {ownLimits(gate, sending).map((line) => (
            <Line key={line.name} line={line} />
          ))}
          {quietHours !== undefined && (
            <Line
              line={{
                name: 'Quiet hours',
                words: `${quietHours.from} to ${quietHours.to}`,
                share: undefined,
                note: quietHours.timeZone.replaceAll('_', ' '),
              }}
            />
          )}
          <div>
            <Button small onPress={() => actions.showAccountPage(account.id, 'settings')}>
              Change the limits
            </Button>
          </div>
        </div>
      </SideCard>
      <SideCard title="WhatsApp’s own limits">
        {stated.length === 0 ? (
          <p className="m-0 text-text-2">WhatsApp has stated no limit for this account.</p>
        ) : (
          <div className="grid gap-[14px]">
            {stated.map((line) => (
              <Line key={line.name} line={line} />
            ))}
          </div>
        )}
      </SideCard>
    </>
  );
};
