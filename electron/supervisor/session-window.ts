import type { Log } from '../application/ports/log';

export interface SessionWindowDeps {
  readonly log: Log;
  ask(kind: 'showWindow' | 'hideWindow'): Promise<unknown>;
  /** It has come to the screen, or left it. */
  changed(shown: boolean): void;
}

/** An account's own WhatsApp window: whether it is on the screen, and whether a person or the passkey step brought it there. */
export class SessionWindow {
  readonly #deps: SessionWindowDeps;
  #shown = false;
  #forPasskey = false;

  constructor(deps: SessionWindowDeps) {
    this.#deps = deps;
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** What the worker says of it. */
  note(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#deps.changed(shown);
  }

  /** A person decides about it from now on. */
  handOver(): void {
    this.#forPasskey = false;
  }

  /** Only a person can answer, and only on WhatsApp's own page: it comes to the screen. */
  showForPasskey(): void {
    if (this.#shown) return;
    this.#forPasskey = true;
    this.#deps.ask('showWindow').catch((error: unknown) => {
      this.#forPasskey = false;
      this.#deps.log.warn('the window could not be shown for the passkey', { reason: String(error) });
    });
  }

  /** The passkey step is over: a window that came up for it alone goes. */
  endPasskey(): void {
    if (!this.#forPasskey) return;
    this.#forPasskey = false;
    this.#deps.ask('hideWindow').catch((error: unknown) => {
      this.#deps.log.warn('the window stays', { reason: String(error) });
    });
  }

  /** Its browser is gone. */
  forget(): void {
    this.#shown = false;
    this.#forPasskey = false;
  }
}
