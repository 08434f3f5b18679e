/** Fields whose numbers are times, sizes and counts rather than phones. */
const measures =
  /(ms|mb|count|bytes|pid|port|attempt|generation|percent|code|chats|missing|processes|pendingcalls|limit)$/i;
/** Fields that never go into a log, whatever they hold. */
const secrets = /(password|secret|token|qr|body|text|caption|authorization|cookie|pairing)/i;

/** An address, a date, a version of WhatsApp Web, a version of Chromium (whose second part is always 0). */
const otherNumbers: readonly RegExp[] = [
  /^\d{1,3}(\.\d{1,3}){3}$/,
  /^\d{4}-\d{2}-\d{2}$/,
  /^2\.\d{4}\.\d+$/,
  /^\d{2,3}\.0\.\d{4,5}\.\d{1,3}$/,
];
const isOtherNumber = (text: string): boolean => otherNumbers.some((pattern) => pattern.test(text));

/**
 * A text without what must not leave this computer by a log or a support bundle: chat ids, phone numbers, link and pairing
 * codes, credentials in addresses. What it cannot know is message text; that is never handed to a log in the first place.
 */
export const redactText = (text: string): string =>
  text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[secret]@')
    .replace(/[\w.:-]+@(c\.us|g\.us|lid|newsletter|broadcast|s\.whatsapp\.net)\b/g, '[chat]')
    // Codes and keys: long runs of base64 and its relatives.
    .replace(/(?<![\w/])[A-Za-z0-9+=@,_-]{32,}/g, (run) => (/[0-9]/.test(run) ? '[secret]' : run))
    .replace(/(?<!\w)\+?\d[\d ().-]*\d(?!\w)/g, (run) =>
      run.replace(/\D/g, '').length < 7 || isOtherNumber(run) ? run : '[number]',
    )
    .replace(/(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])/g, '[code]');

const redactValue = (key: string, value: unknown, depth: number): unknown => {
  if (secrets.test(key)) return '[secret]';
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return Math.abs(value) >= 10_000_000 && !measures.test(key) ? '[number]' : value;
  if (typeof value === 'boolean' || value === undefined || value === null) return value;
  if (depth === 0) return '[…]';
  if (Array.isArray(value)) return value.map((entry) => redactValue(key, entry, depth - 1));
  if (typeof value === 'object') return redactAt(value as Readonly<Record<string, unknown>>, depth - 1);
  return typeof value;
};

const redactAt = (fields: Readonly<Record<string, unknown>>, depth: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactValue(key, value, depth)]));

/** The fields of a log line without what must not be in a log. Deeper than three levels is left out. */
export const redactFields = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  redactAt(fields, 3);
