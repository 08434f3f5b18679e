import type { Gate, SendLane, StatedLimits, WaitReason } from '../../contract/entities/send';
import type { SendingSettings } from '../../contract/entities/sending-settings';
import type { MessageId } from '../../contract/ids';
import { roomFromMs } from './caps';
import { type Departure, dayMs, departedWithin, hourMs } from './departures';
import { type DrawnGaps, paceFromMs } from './pace';
import { quietUntilMs } from './quiet-hours';
import { statedHolds } from './stated-limits';
import { warmUpProgress, warmUpUntilMs } from './warm-up';

/** Everything that the gate of one account looks at. */
export interface GateView {
  readonly wallMs: number;
  readonly trustedMs: number;
  /** Of the trusted time, see trusted-time.ts. */
  readonly unbrokenSinceMs: number;
  readonly settings: SendingSettings;
  /** When the account was added, in trusted time: from then on its warm-up counts. */
  readonly accountSinceTrustedMs: number;
  /** Of the last 24 hours, oldest first. */
  readonly departures: readonly Departure[];
  readonly gaps: DrawnGaps;
  /** WhatsApp's own limits as the page stated them last. */
  readonly stated: StatedLimits | undefined;
  readonly hold: { readonly by: 'person' | 'failures' } | undefined;
}

/** What the gate wants to know of a message. */
export interface GateRow {
  readonly lane: SendLane;
  /** Whether somebody else has ever written in the chat, or it is a group. */
  readonly isKnownChat: boolean;
  /** Of a row that was claimed before: its own departure takes no second place in a cap. */
  readonly messageId?: MessageId;
}

/**
 * The gate's answer. `untilMs`: wall-clock time at which the reason ends. `inMs`: running time after which to ask again,
 * never more than a minute, so that a wall clock that is set meanwhile is noticed. Both are absent when only a person, a
 * changed setting or a customer's message can end it.
 */
export type GateVerdict =
  | { readonly open: true }
  | { readonly open: false; readonly reason: WaitReason; readonly untilMs?: number; readonly inMs?: number };

/** Longest time after which to ask again, in ms. */
export const askAgainMs = 60_000;

interface Holding {
  readonly reason: WaitReason;
  /** From now; Infinity: without an end. */
  readonly endsInMs: number;
}

const capHoldings = (view: GateView, row: GateRow): readonly Holding[] => {
  const { settings, trustedMs } = view;
  const departures =
    row.messageId === undefined ? view.departures : view.departures.filter((one) => one.messageId !== row.messageId);
  const { perHour, perDay, warmUp } = settings;
  const ends: (readonly [WaitReason, number | undefined])[] = [
    ['day_cap', perDay === undefined ? undefined : roomFromMs(departures, perDay, dayMs)],
    ['hour_cap', perHour === undefined ? undefined : roomFromMs(departures, perHour, hourMs)],
  ];
  if (row.lane !== 'person') {
    const { accountSinceTrustedMs, gaps, unbrokenSinceMs } = view;
    if (warmUp !== undefined) {
      ends.push(['warm_up', warmUpUntilMs(warmUp, accountSinceTrustedMs, departures, trustedMs)]);
    }
    ends.push(['pace', paceFromMs(settings, row.lane, view.departures, gaps, unbrokenSinceMs)]);
  }
  return ends.flatMap(([reason, endMs]) => (endMs === undefined ? [] : [{ reason, endsInMs: endMs - trustedMs }]));
};

const wallHoldings = (view: GateView, row: GateRow): readonly Holding[] => {
  const { settings, stated, wallMs } = view;
  const { quietHours } = settings;
  const isHeldByQuiet = quietHours !== undefined && (row.lane !== 'person' || quietHours.holdPeople);
  const quietEndMs = isHeldByQuiet ? quietUntilMs(quietHours, wallMs) : undefined;
  const quiet: readonly Holding[] =
    quietEndMs === undefined ? [] : [{ reason: 'quiet_hours', endsInMs: quietEndMs - wallMs }];
  const limits = statedHolds(stated, row, wallMs).map(({ reason, untilMs }) => ({
    reason,
    endsInMs: untilMs - wallMs,
  }));
  return [...limits, ...quiet];
};

const endlessHoldings = (view: GateView, row: GateRow): readonly Holding[] => {
  const reasons: WaitReason[] = [];
  if (view.hold?.by === 'person') reasons.push('paused');
  if (view.hold?.by === 'failures' && row.lane !== 'person') reasons.push('stopped_by_failures');
  if (view.settings.onlyKnownChats && !row.isKnownChat) reasons.push('unknown_chat');
  return reasons.map((reason) => ({ reason, endsInMs: Number.POSITIVE_INFINITY }));
};

/**
 * Whether a message may leave now. Of all that holds it the answer names what ends last; what has no end counts as last,
 * a person's pause before the rest.
 */
export const gateVerdict = (view: GateView, row: GateRow): GateVerdict => {
  const holding = [...endlessHoldings(view, row), ...wallHoldings(view, row), ...capHoldings(view, row)].filter(
    ({ endsInMs }) => endsInMs > 0,
  );
  const [first, ...others] = holding;
  if (first === undefined) return { open: true };
  const { reason, endsInMs } = others.reduce((last, one) => (one.endsInMs > last.endsInMs ? one : last), first);
  if (endsInMs === Number.POSITIVE_INFINITY) return { open: false, reason };
  const untilMs = Math.ceil(view.wallMs + endsInMs);
  return { open: false, reason, untilMs, inMs: Math.min(endsInMs, askAgainMs) };
};

/** What has left, as meters for a person. */
export const gateMeters = (
  view: Pick<GateView, 'trustedMs' | 'settings' | 'accountSinceTrustedMs' | 'departures'>,
): Pick<Gate, 'lastHour' | 'lastDay' | 'warmUp'> => {
  const { trustedMs, settings, accountSinceTrustedMs, departures } = view;
  const { warmUp: rule } = settings;
  const warmUp = rule === undefined ? undefined : warmUpProgress(rule, accountSinceTrustedMs, departures, trustedMs);
  return {
    lastHour: departedWithin(departures, hourMs, trustedMs),
    lastDay: departedWithin(departures, dayMs, trustedMs),
    ...(warmUp === undefined ? {} : { warmUp }),
  };
};
