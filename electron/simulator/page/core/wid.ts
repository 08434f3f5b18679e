export type WidLike = string | Wid | { readonly _serialized: string };

const SERVERS = new Set(['c.us', 'lid', 'g.us', 'newsletter', 'broadcast', 'call']);
const USER = /^[A-Za-z0-9._-]+$/;

/**
 * The id of a person, group or list. Results of `evaluate` carry own fields only, events are written through `toJSON`:
 * that is why an id is an object on one path and a string on the other, here as on WhatsApp Web.
 */
export class Wid {
  readonly server: string;
  readonly user: string;
  readonly _serialized: string;

  constructor(user: string, server: string) {
    this.server = server;
    this.user = user;
    this._serialized = `${user}@${server}`;
  }

  isUser(): boolean {
    return this.server === 'c.us' || this.server === 'lid';
  }
  isRegularUser(): boolean {
    return this.isUser();
  }
  isLid(): boolean {
    return this.server === 'lid';
  }
  isGroup(): boolean {
    return this.server === 'g.us';
  }
  isNewsletter(): boolean {
    return this.server === 'newsletter';
  }
  isBroadcast(): boolean {
    return this.server === 'broadcast';
  }
  isStatus(): boolean {
    return this._serialized === 'status@broadcast';
  }
  equals(other: unknown): boolean {
    return serializedOf(other) === this._serialized;
  }
  toString(): string {
    return this._serialized;
  }
  toJid(): string {
    return this.server === 'c.us' ? `${this.user}@s.whatsapp.net` : this._serialized;
  }
  toJSON(): string {
    return this._serialized;
  }
}

/** The string form of anything that WhatsApp Web accepts as an id, or `undefined`. */
export function serializedOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('_serialized' in value) return String(value._serialized);
  // The key of a message in builds that renamed it.
  return '$1' in value ? String(value.$1) : undefined;
}

/** Accepts ids, jids ("…@s.whatsapp.net"), bare digits and id-like objects; throws on anything else. */
export function createWid(value: unknown): Wid {
  if (value instanceof Wid) return value;
  const text = serializedOf(value);
  if (text !== undefined) {
    const [address = '', server = /^\d+$/.test(text) ? 'c.us' : '', ...rest] = text.split('@');
    const user = address.split(':')[0] ?? '';
    const known = server === 's.whatsapp.net' ? 'c.us' : server;
    if (rest.length === 0 && USER.test(user) && SERVERS.has(known)) return new Wid(user, known);
  }
  throw new Error(`wid error: invalid wid ${JSON.stringify(text ?? typeof value)}`);
}
