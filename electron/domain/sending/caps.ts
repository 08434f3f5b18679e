import type { Departure } from './departures';

/**
 * Trusted time from which a rolling window has room for one more message: at any moment at most `cap` departures lie in
 * the `windowMs` before it. `-Infinity`: it always had.
 *
 * @param departures Those that count, oldest first.
 */
export const roomFromMs = (
  departures: readonly Pick<Departure, 'trustedMs'>[],
  cap: number,
  windowMs: number,
): number => {
  const mustLeaveWindow = departures[departures.length - cap];
  return mustLeaveWindow === undefined ? Number.NEGATIVE_INFINITY : mustLeaveWindow.trustedMs + windowMs;
};
