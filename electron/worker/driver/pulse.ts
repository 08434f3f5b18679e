import type { Client } from 'whatsapp-web.js';
import { readSocketState } from './page-functions';

type CDPSession = Awaited<ReturnType<NonNullable<Client['pupPage']>['createCDPSession']>>;

const question = { expression: `(${readSocketState.toString()})()`, returnByValue: true };

/**
 * Asks the page for its connection. Twenty accounts are asked all day long, so the question goes straight over the debugging
 * pipe: the library's way is made for any function and any result and costs more of the worker. It has no limit of its own
 * either, because each timer wakes the process once more; the supervisor counts the seconds.
 */
export class Pulse {
  readonly #client: Client;
  #session: Promise<CDPSession> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Undefined where the page has lost the words for it. Never settles while the page hangs. */
  async socketState(): Promise<string | undefined> {
    const session = await this.#open();
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', question);
    if (exceptionDetails !== undefined) throw new Error(`the page threw: ${exceptionDetails.text}`);
    return typeof result.value === 'string' ? result.value : undefined;
  }

  #open(): Promise<CDPSession> {
    const { pupPage } = this.#client;
    if (!pupPage) return Promise.reject(new Error('the page is not open'));
    this.#session ??= pupPage.createCDPSession().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }
}
