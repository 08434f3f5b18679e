import type { WarmUp } from '../../contract/entities/sending-settings';
import { roomFromMs } from './caps';
import { type Departure, dayMs, departedWithin, isAutomatic } from './departures';

/** How much more each day of the warm-up allows than the one before. */
const growth = 1.5;

/** Automatic messages that may leave in the 24 hours before any moment of day `day` (from 1) of the warm-up. */
export const allowedOnDay = (warmUp: WarmUp, day: number): number => Math.round(warmUp.firstDay * growth ** (day - 1));

/** Day of the account's life, from 1. */
const dayOf = (accountSinceTrustedMs: number, trustedMs: number): number =>
  Math.max(1, Math.floor((trustedMs - accountSinceTrustedMs) / dayMs) + 1);

/** The warm-up as a meter; undefined when it is over. */
export const warmUpProgress = (
  warmUp: WarmUp,
  accountSinceTrustedMs: number,
  departures: readonly Departure[],
  trustedMs: number,
): { readonly day: number; readonly days: number; readonly allowed: number; readonly used: number } | undefined => {
  const day = dayOf(accountSinceTrustedMs, trustedMs);
  if (day > warmUp.days) return undefined;
  const automatic = departures.filter(({ lane }) => isAutomatic(lane));
  return {
    day,
    days: warmUp.days,
    allowed: allowedOnDay(warmUp, day),
    used: departedWithin(automatic, dayMs, trustedMs),
  };
};

/**
 * Trusted time until which the warm-up holds the next automatic message: until an earlier one is 24 hours old or the next
 * day allows more, whichever comes first. Undefined: it holds nothing.
 */
export const warmUpUntilMs = (
  warmUp: WarmUp,
  accountSinceTrustedMs: number,
  departures: readonly Departure[],
  trustedMs: number,
): number | undefined => {
  const today = dayOf(accountSinceTrustedMs, trustedMs);
  if (today > warmUp.days) return undefined;
  const automatic = departures.filter(({ lane }) => isAutomatic(lane));
  let fromMs = trustedMs;
  for (let day = today; day <= warmUp.days; day += 1) {
    const untilMs = Math.max(fromMs, roomFromMs(automatic, allowedOnDay(warmUp, day), dayMs));
    const dayEndsMs = accountSinceTrustedMs + day * dayMs;
    if (untilMs < dayEndsMs) return untilMs > trustedMs ? untilMs : undefined;
    fromMs = dayEndsMs;
  }
  return fromMs;
};
