import type { Client } from 'whatsapp-web.js';
import { OperationError } from '../../contract/errors';
import { within } from '../deadline';
import { reasonOf } from './page-access';

/** WhatsApp's own figure: after it the code is worth nothing. */
const codeLifetimeMs = 180_000;
const askLimitMs = 20_000;
/** The library would ask for further codes by itself, which nobody would see. */
const neverMs = 2 ** 31 - 1;

/** Linking with a code that is typed on the phone, one at a time. */
export class Pairing {
  readonly #accountId: string;
  readonly #client: Client;
  #untilMs = 0;
  #over: NodeJS.Timeout | undefined;

  constructor(accountId: string, client: Client) {
    this.#accountId = accountId;
    this.#client = client;
  }

  get active(): boolean {
    return Date.now() < this.#untilMs;
  }

  async request(phoneNumber: string): Promise<{ readonly code: string; readonly lifetimeMs: number }> {
    // From now on, not from the answer: the page may change its QR code while it is being asked.
    this.#untilMs = Date.now() + codeLifetimeMs;
    try {
      const asked = this.#client.requestPairingCode(phoneNumber, true, neverMs);
      const text = await within(asked, askLimitMs, 'The page');
      const [, first, second] = /^([0-9A-Z]{4})-?([0-9A-Z]{4})$/.exec(text) ?? [];
      if (first === undefined || second === undefined) throw new Error('WhatsApp gave something that is no code');
      clearTimeout(this.#over);
      this.#over = setTimeout(() => void this.#end(), codeLifetimeMs);
      this.#untilMs = Date.now() + codeLifetimeMs;
      return { code: `${first}-${second}`, lifetimeMs: codeLifetimeMs };
    } catch (error) {
      await this.#end();
      throw new OperationError(
        'PAIRING_CODE_REFUSED',
        `WhatsApp gave account ${this.#accountId} no code for this number: ${reasonOf(error)}. Check the number, wait a minute, or scan the QR code.`,
        { cause: error },
      );
    }
  }

  close(): void {
    clearTimeout(this.#over);
    this.#untilMs = 0;
  }

  /** Back to QR codes, the next of which the page shows by itself. */
  async #end(): Promise<void> {
    this.close();
    await within(this.#client.cancelPairingCode(), askLimitMs, 'The page').catch(() => undefined);
  }
}
