import type { AuthStrategy } from 'whatsapp-web.js';

export interface ProfileAuthHooks {
  /** The browser runs; nothing is loaded before this is done. */
  browserStarted(): Promise<void>;
}

/**
 * Leaves the profile alone: it is the browser's user-data directory, given at launch, and its owner is the supervisor.
 * The library's own strategies delete or copy it while the browser still holds it.
 */
export class ProfileAuth implements AuthStrategy {
  readonly #hooks: ProfileAuthHooks;

  constructor(hooks: ProfileAuthHooks) {
    this.#hooks = hooks;
  }

  setup(): void {}

  async beforeBrowserInitialized(): Promise<void> {}

  async afterBrowserInitialized(): Promise<void> {
    await this.#hooks.browserStarted();
  }

  async onAuthenticationNeeded(): Promise<{ failed: boolean; restart: boolean; failureEventPayload: undefined }> {
    return { failed: false, restart: false, failureEventPayload: undefined };
  }

  async getAuthEventPayload(): Promise<undefined> {
    return undefined;
  }

  async afterAuthReady(): Promise<void> {}

  async disconnect(): Promise<void> {}

  async destroy(): Promise<void> {}

  /**
   * Never ends: after a logout the library would take the page over again in this browser, and a login made there is
   * lost with its next start. The worker closes the browser instead.
   */
  logout(): Promise<void> {
    return new Promise(() => {});
  }
}
