const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const precise = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const isToday = (ms: number): boolean => new Date(ms).toDateString() === new Date().toDateString();

/** The clock today, the date before. */
export const shortTime = (ms: number): string => (isToday(ms) ? clock.format(ms) : day.format(ms));

/** The clock, with the date once it is not today. */
export const messageTime = (ms: number): string =>
  isToday(ms) ? clock.format(ms) : `${day.format(ms)}, ${clock.format(ms)}`;

/** With seconds, for lines that follow each other closely. */
export const logTime = (ms: number): string =>
  isToday(ms) ? precise.format(ms) : `${day.format(ms)}, ${precise.format(ms)}`;

export const fullTime = (ms: number): string => full.format(ms);
