const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const longWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const number = new Intl.NumberFormat(undefined);

/** Local midnight at the start of the day. */
export const startOfDay = (ms: number): number => {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
};

/** Whole local days from one moment to another; 1 for "yesterday", also over a change of summer time. */
export const daysBetween = (earlierMs: number, laterMs: number): number =>
  Math.round((startOfDay(laterMs) - startOfDay(earlierMs)) / 86_400_000);

export const formatClock = (ms: number): string => clock.format(ms);

export const formatFull = (ms: number): string => full.format(ms);

export const formatNumber = (value: number): string => number.format(value);

/** The time of a row: the clock today, then "Yesterday", the weekday, the date. */
export const formatRowTime = (ms: number, nowMs: number): string => {
  const days = daysBetween(ms, nowMs);
  if (days <= 0) return clock.format(ms);
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(ms);
  return new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? dayMonth.format(ms) : dayMonthYear.format(ms);
};

/** The separator above a day's messages. */
export const formatDay = (ms: number, nowMs: number): string => {
  const days = daysBetween(ms, nowMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days > 1 && days < 7 ? longWeekday.format(ms) : longDay.format(ms);
};

/** "since 14:02", with the date once it is not today. */
export const formatSince = (ms: number, nowMs: number): string =>
  daysBetween(ms, nowMs) === 0 ? clock.format(ms) : `${dayMonth.format(ms)}, ${clock.format(ms)}`;

/** Seconds left, never negative. */
export const secondsLeft = (untilMs: number, nowMs: number): number => Math.max(0, Math.ceil((untilMs - nowMs) / 1000));

const secondsClock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The clock with seconds, for events that follow each other closely. */
export const formatTimeOfDay = (ms: number): string => secondsClock.format(ms);

/** The end of a wait: `08:00` today, `tomorrow, 08:00`, then with the date. */
export const formatUntil = (ms: number, nowMs: number): string => {
  const days = daysBetween(nowMs, ms);
  if (days === 0) return clock.format(ms);
  return days === 1 ? `tomorrow, ${clock.format(ms)}` : `${dayMonth.format(ms)}, ${clock.format(ms)}`;
};
