/**
 * What the page hands out, before anybody has looked at it. Every field may be missing or of another type: WhatsApp
 * changes its models without notice, and bodies are written by strangers.
 */
export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string without lone surrogates, or undefined for everything else. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.toWellFormed() : undefined;

/** The first text that is not empty. */
export const firstText = (...values: readonly unknown[]): string | undefined =>
  values.map(textOf).find((text) => text !== undefined && text.trim() !== '');

export const finiteNumberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** An id of a person or chat (`551140020022@c.us`), which comes as a string or as an object, depending on the way it took. */
export const widOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (!isRaw(value)) return undefined;
  if (typeof value['_serialized'] === 'string') return value['_serialized'];
  const { user, server } = value;
  return typeof user === 'string' && typeof server === 'string' ? `${user}@${server}` : undefined;
};

/** The last second that a Date can hold. */
const lastSecond = 8_640_000_000_000;

/** Seconds since 1970, as WhatsApp counts, in ms. */
export const secondsToMs = (value: unknown): number | undefined => {
  const seconds = finiteNumberOf(value);
  return seconds === undefined || seconds < 0 || seconds > lastSecond ? undefined : Math.trunc(seconds) * 1000;
};
