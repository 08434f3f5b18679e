import { randomBytes, randomInt } from 'node:crypto';

/** A number in [0, 1). */
export type Random = () => number;

/** Small seeded generator (mulberry32): the same seed tells the same story. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('Nothing to pick from');
  return chosen;
}

/** Ids as the phone kinds write them: Android 32 hex digits, iPhone "3A" and 18. */
export function messageId(device: 'android' | 'ios', hex: (bytes: number) => string = randomHex): string {
  return device === 'ios' ? `3A${hex(9)}` : hex(16);
}

export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex').toUpperCase();
}

export function seededHex(random: Random): (bytes: number) => string {
  return (bytes) =>
    Array.from({ length: bytes }, () => between(random, 0, 255).toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase();
}

export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** As WhatsApp writes invitation codes. */
export function codeText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

export function secretText(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** A number from a range that no country hands out. */
export function freshNumber(): string {
  return `999${randomInt(100_000_000, 999_999_999)}`;
}
