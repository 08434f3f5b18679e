import type { CampaignPace } from '../../contract/entities/campaign';
import type { WaitReason } from '../../contract/entities/send';
import { messageIdSchema } from '../../contract/ids';
import { roomFromMs } from '../sending/caps';
import { type Departure, dayMs, hourMs, isAutomatic } from '../sending/departures';
import type { GateView } from '../sending/gate';
import { quietUntilMs } from '../sending/quiet-hours';
import { warmUpUntilMs } from '../sending/warm-up';

export interface CampaignAhead {
  readonly view: GateView;
  /** Rows of others that go first, at the account's own pace. */
  readonly ahead: number;
  readonly rows: number;
  readonly pace: CampaignPace | undefined;
}

export type ExpectedEnd =
  | { readonly known: true; readonly endMs: number }
  | { readonly known: false; readonly reason: WaitReason };

/** Rows that are walked one by one; what lies beyond goes on at their average. */
const mostWalked = 20_000;
const minuteMs = 60_000;
const aDeparture = messageIdSchema.parse('expected');

/**
 * Wall-clock time at which the last row leaves an account that is ready from now on, if nothing else is written meanwhile: by
 * the middle of the pace, caps, warm-up, quiet hours and WhatsApp's own limits. Not known while a person or too many failures hold
 * the account, or WhatsApp's quota of new chats is used up.
 */
export const expectedEnd = ({ view, ahead, rows, pace }: CampaignAhead): ExpectedEnd => {
  const { settings, stated, hold, wallMs, trustedMs } = view;
  if (hold !== undefined) return { known: false, reason: hold.by === 'person' ? 'paused' : 'stopped_by_failures' };
  if (stated?.capping?.status === 'CAPPED') return { known: false, reason: 'whatsapp_cap' };

  const toWall = wallMs - trustedMs;
  const all: Departure[] = [...view.departures];
  const automatic = all.filter(({ lane }) => isAutomatic(lane));
  const own = (settings.bulkPace.minMs + settings.bulkPace.maxMs) / 2;
  const quietAt = createQuiet(view);

  const holds = (atMs: number, gapMs: number): number => {
    const { perHour, perDay, warmUp } = settings;
    const lastMs = automatic.at(-1)?.trustedMs ?? Number.NEGATIVE_INFINITY;
    const untilMs = Math.max(
      atMs,
      lastMs + gapMs,
      (stated?.timelock?.endsAtMs ?? Number.NEGATIVE_INFINITY) - toWall,
      perDay === undefined ? atMs : roomFromMs(all, perDay, dayMs),
      perHour === undefined ? atMs : roomFromMs(all, perHour, hourMs),
      warmUp === undefined ? atMs : (warmUpUntilMs(warmUp, view.accountSinceTrustedMs, automatic, atMs) ?? atMs),
    );
    return quietAt(untilMs + toWall) - toWall;
  };

  let nowMs = trustedMs;
  const total = ahead + rows;
  const walked = Math.min(total, mostWalked);
  for (let count = 0; count < walked; count += 1) {
    const gapMs = count < ahead ? own : Math.max(own, pace?.gapMs ?? 0);
    let leavesMs = holds(nowMs, gapMs);
    // One hold may end in the midst of another.
    for (let again = holds(leavesMs, gapMs); again > leavesMs; again = holds(leavesMs, gapMs)) leavesMs = again;
    nowMs = leavesMs;
    const departure: Departure = { messageId: aDeparture, trustedMs: nowMs, lane: 'bulk' };
    all.push(departure);
    automatic.push(departure);
    while ((automatic[0]?.trustedMs ?? nowMs) <= nowMs - dayMs) automatic.shift();
  }
  const elapsedMs = walked === 0 ? 0 : ((nowMs - trustedMs) / walked) * total;
  return { known: true, endMs: Math.ceil(wallMs + elapsedMs) };
};

/** The end of the quiet hours from a moment on, or that moment. They begin and end with a minute, so one answer holds for it. */
const createQuiet = ({ settings: { quietHours } }: GateView): ((wallMs: number) => number) => {
  if (quietHours === undefined) return (wallMs) => wallMs;
  let minute = Number.NaN;
  let untilMs: number | undefined;
  return (wallMs) => {
    const asked = Math.floor(wallMs / minuteMs);
    if (asked !== minute) {
      minute = asked;
      untilMs = quietUntilMs(quietHours, wallMs);
    }
    return Math.max(wallMs, untilMs ?? wallMs);
  };
};
