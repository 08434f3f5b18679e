import type { SendLane } from '../../contract/entities/send';
import type { MessageId } from '../../contract/ids';

/** A message that left, or may have left, for pace and caps. */
export interface Departure {
  readonly messageId: MessageId;
  /** When the page was last about to be asked, see trusted-time.ts. A message that is asked for again moves up to then. */
  readonly trustedMs: number;
  readonly lane: SendLane;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Whether a program decided when it leaves: what people type is neither paced nor warmed up. */
export const isAutomatic = (lane: SendLane): boolean => lane !== 'person';

/** How many of the departures lie in the `windowMs` before `trustedMs`. */
export const departedWithin = (departures: readonly Departure[], windowMs: number, trustedMs: number): number =>
  departures.reduce((count, departure) => (departure.trustedMs > trustedMs - windowMs ? count + 1 : count), 0);
