import type { Client } from 'whatsapp-web.js';
import { evaluate } from './page-access';
import { readStart, refreshCode } from './page-health';

/** How often a page that is not ready is looked at, in ms. */
const lookEveryMs = 1_000;
/** How often a page that has stopped changing its code is asked to go on, in looks. */
const refreshEveryLooks = 5;

export interface StartWatchDeps {
  readonly client: Client;
  /** WhatsApp asks for a passkey. */
  passkeyAsked(): void;
  /** It no longer does, and the page is still not linked. */
  passkeyOver(): void;
  /** The page's own word for its state. */
  seen(state: string): void;
  /** A pairing code is being typed. */
  isPairing(): boolean;
}

/** Looks at a page that is not ready yet: what happens there before the library listens comes without any event. */
export class StartWatch {
  readonly #deps: StartWatchDeps;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #looks = 0;
  #passkey = false;

  constructor(deps: StartWatchDeps) {
    this.#deps = deps;
  }

  get passkey(): boolean {
    return this.#passkey;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#passkey = false;
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const { state, passkey } = await evaluate(this.#deps.client, readStart);
      if (this.#timer === undefined) return;
      this.#notePasskey(passkey);
      if (state !== undefined) this.#deps.seen(state);
      this.#looks += 1;
      const idle = state === 'UNPAIRED_IDLE' && !passkey && !this.#deps.isPairing();
      if (idle && this.#looks % refreshEveryLooks === 0) await evaluate(this.#deps.client, refreshCode);
    } catch {
      // Between two documents there is nothing to look at.
    } finally {
      this.#looking = false;
    }
  }

  #notePasskey(passkey: boolean): void {
    if (passkey === this.#passkey) return;
    this.#passkey = passkey;
    if (passkey) this.#deps.passkeyAsked();
    else this.#deps.passkeyOver();
  }
}
