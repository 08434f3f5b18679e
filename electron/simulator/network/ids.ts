/** A phone number in any of the ways people write it, as digits; `undefined` when it is none. */
export function digitsOf(text: string): string | undefined {
  const digits = text.replace(/@(c\.us|s\.whatsapp\.net)$/, '').replace(/[\s()+.-]/g, '');
  return /^\d{6,15}$/.test(digits) ? digits : undefined;
}

/** The list that every status update is sent to. */
export const STATUS_CHAT = 'status@broadcast';

export function userId(number: string): string {
  return `${number}@c.us`;
}

export function isGroupId(chatId: string): boolean {
  return chatId.endsWith('@g.us');
}

/** The number behind the id of a person, hidden ids included; what stands before the @ of anything else. */
export function isChannelId(chatId: string): boolean {
  return chatId.endsWith('@newsletter');
}

export function numberOf(chatId: string): string {
  const [user = '', server] = chatId.split('@');
  return server === 'lid' ? (numberBehind(user) ?? user) : user;
}

/** Whom an id means: a phone number, or the hidden id of somebody on this network. */
export function numberIn(
  world: { readonly phones: ReadonlyMap<string, unknown>; readonly customers: ReadonlyMap<string, unknown> },
  id: string,
): string {
  if (!id.endsWith('@lid')) return numberOf(id);
  for (const people of [world.phones, world.customers]) {
    for (const number of people.keys()) if (lidOf(number) === id) return number;
  }
  return numberOf(id);
}

/** Hidden ids are numbers below this, of at most 16 digits. */
const LIDS = 10_000_000_000_000_000n;
const STEP = 3_141_592_653_589_793n;
const FIRST = 7_182_818_284_590_452n;
/** STEP · STEP_BACK = 1 among the hidden ids. */
const STEP_BACK = inverse(STEP, LIDS);

/** The hidden id that belongs to a number: stable, unlike the number, and known to this network in both directions. */
export function lidOf(number: string): string {
  const lid = (BigInt(`1${number}`) * STEP + FIRST) % LIDS;
  return `${lid.toString().padStart(15, '0')}@lid`;
}

function numberBehind(lid: string): string | undefined {
  if (!/^\d{1,16}$/.test(lid)) return undefined;
  // The leading 1 keeps zeros at the beginning of a number.
  const text = (((((BigInt(lid) - FIRST) % LIDS) + LIDS) * STEP_BACK) % LIDS).toString();
  return text.startsWith('1') ? text.slice(1) : undefined;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, nextRest, factor, nextFactor] = [modulus, value % modulus, 0n, 1n];
  while (nextRest !== 0n) {
    const times = rest / nextRest;
    [rest, nextRest] = [nextRest, rest - times * nextRest];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}
