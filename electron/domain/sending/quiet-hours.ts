import type { QuietHours } from '../../contract/entities/sending-settings';
import { dayMs } from './departures';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times more than using it; there are only as many as time zones in use. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
};

/** How far the clocks of a time zone are ahead of UTC at a moment, in ms. */
const offsetMs = (timeZone: string, wallMs: number): number => {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(wallMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(wallMs / 1000) * 1000;
};

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** `HH:MM` as ms of the day. */
const dayTimeMs = (clockTime: string): number => {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};

/** Whether the clocks of the time zone show a time in the quiet hours; `from` is quiet, `to` is not. */
export const isQuiet = (quietHours: QuietHours, wallMs: number): boolean => {
  const shownMs = modulo(wallMs + offsetMs(quietHours.timeZone, wallMs), dayMs);
  const fromMs = dayTimeMs(quietHours.from);
  const toMs = dayTimeMs(quietHours.to);
  return fromMs < toMs ? fromMs <= shownMs && shownMs < toMs : fromMs <= shownMs || shownMs < toMs;
};

/** The moment within (`fromMs`, `toMs`] from which the clocks have another offset than at `fromMs`. */
const clocksChangeMs = (timeZone: string, fromMs: number, toMs: number): number => {
  const offset = offsetMs(timeZone, fromMs);
  let before = fromMs;
  let after = toMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(timeZone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
};

/**
 * The first moment (wall clock) at which the clocks show no quiet hour any more; undefined outside of quiet hours. An hour
 * that is skipped ends them, an hour that comes twice is quiet twice.
 */
export const quietUntilMs = (quietHours: QuietHours, wallMs: number): number | undefined => {
  if (!isQuiet(quietHours, wallMs)) return undefined;
  const { timeZone, to } = quietHours;
  const offset = offsetMs(timeZone, wallMs);
  const endMs = wallMs + modulo(dayTimeMs(to) - (wallMs + offset), dayMs);
  if (offsetMs(timeZone, endMs) === offset) return endMs;
  const changeMs = clocksChangeMs(timeZone, wallMs, endMs);
  return quietUntilMs(quietHours, changeMs) ?? changeMs;
};
