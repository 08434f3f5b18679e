import type { SendLane } from '../../contract/entities/send';
import type { Pace, SendingSettings } from '../../contract/entities/sending-settings';
import { type Departure, isAutomatic } from './departures';

/** Gaps drawn for the next message of a lane, in ms. Undefined, e.g. after a restart: the longest counts. */
export interface DrawnGaps {
  readonly api: number | undefined;
  readonly bulk: number | undefined;
}

/**
 * A gap of a pace, whole ms.
 *
 * @param fraction Chance in [0, 1); draw anew after each departure of the lane.
 */
export const drawGap = (pace: Pace, fraction: number): number =>
  pace.minMs + Math.floor((pace.maxMs - pace.minMs + 1) * Math.min(Math.max(fraction, 0), 1 - Number.EPSILON));

/**
 * Trusted time from which pace lets the next message of an automatic lane go. The gap counts from the last departure of
 * either automatic lane: two programs never burst together, and what people type neither delays programs nor hurries
 * them. A gap that was drawn for an older pace is brought into the present one.
 *
 * @param unbrokenSinceMs See trusted-time.ts: how long ago the last departure was is not certain before it, so at least
 *   the shortest gap has to pass after it, whatever the departures say.
 */
export const paceFromMs = (
  settings: SendingSettings,
  lane: Exclude<SendLane, 'person'>,
  departures: readonly Departure[],
  gaps: DrawnGaps,
  unbrokenSinceMs: number,
): number => {
  const pace = lane === 'api' ? settings.apiPace : settings.bulkPace;
  const gapMs = Math.min(Math.max(gaps[lane] ?? pace.maxMs, pace.minMs), pace.maxMs);
  const last = departures.findLast((departure) => isAutomatic(departure.lane));
  return Math.max(unbrokenSinceMs + pace.minMs, last === undefined ? Number.NEGATIVE_INFINITY : last.trustedMs + gapMs);
};
