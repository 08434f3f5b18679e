import { randomInt } from 'node:crypto';
import type { Appointment, Clock } from './clock';
import { Refusal } from './refusal';

/** The letters that WhatsApp uses: none that look alike. */
const LETTERS = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
const LIFETIME_MS = 180_000;
const WRONG_TRIES = 3;
const REMEMBERED_CODES = 500;

interface Issued {
  readonly code: string;
  readonly phone: string;
  readonly notified: boolean;
  readonly expires: Appointment;
  wrong: number;
}

/** Codes that pages show and people type into their phones. `Page` is whatever tells one page from another. */
export class PairingCodes<Page> {
  readonly #clock: Clock;
  readonly #issued = new Map<Page, Issued>();
  readonly #gone = new Set<string>();
  lifetimeMs = LIFETIME_MS;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(page: Page): { readonly code: string; readonly phone: string; readonly notified: boolean } | undefined {
    const issued = this.#issued.get(page);
    return issued === undefined ? undefined : { code: issued.code, phone: issued.phone, notified: issued.notified };
  }

  /** A new code for this page; the one before it is no longer good. */
  issue(page: Page, phone: string, notified: boolean): { readonly code: string; readonly lifetimeMs: number } {
    this.cancel(page);
    const code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    const expires = this.#clock.after(this.lifetimeMs, () => this.cancel(page));
    this.#issued.set(page, { code, phone, notified, expires, wrong: 0 });
    return { code, lifetimeMs: this.lifetimeMs };
  }

  cancel(page: Page): void {
    const issued = this.#issued.get(page);
    if (issued === undefined) return;
    issued.expires.cancel();
    this.#issued.delete(page);
    this.#gone.add(issued.code);
    for (const old of this.#gone) {
      if (this.#gone.size <= REMEMBERED_CODES) break;
      this.#gone.delete(old);
    }
  }

  /** The page that shows this code for this phone. People write it in any case, with a dash or blanks. */
  redeem(phone: string, text: string): Page {
    const code = text.toUpperCase().replace(/[\s-]/g, '');
    const waiting = [...this.#issued].filter(([, issued]) => issued.phone === phone);
    const found = waiting.find(([, issued]) => issued.code === code);
    if (found !== undefined) return found[0];
    if (this.#gone.has(code)) throw new Refusal(410, 'This code has expired; enter the one that is shown now');
    if (waiting.length === 0) throw new Refusal(404, `No page waits for a code of ${phone}`);
    for (const [page, issued] of waiting) {
      issued.wrong += 1;
      if (issued.wrong >= WRONG_TRIES) this.cancel(page);
    }
    throw new Refusal(409, 'This is not the code that the page shows; after three wrong ones it asks for a new code');
  }
}
