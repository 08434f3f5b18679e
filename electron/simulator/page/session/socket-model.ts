import { Model } from '../core/model';

/** WhatsApp refuses this account or this browser. */
export type BlockedState = 'TOS_BLOCK' | 'SMB_TOS_BLOCK' | 'PROXYBLOCK' | 'DEPRECATED_VERSION';

export type SocketState =
  | 'UNLAUNCHED'
  | 'OPENING'
  | 'UNPAIRED'
  | 'PAIRING'
  | 'CONNECTED'
  | 'TIMEOUT'
  | 'CONFLICT'
  | BlockedState;

/** The page's connection state. `hasSynced` flips once per document, and only when somebody listens for it. */
export class SocketModel extends Model {
  declare state: SocketState;
  declare hasSynced: boolean;
  #synced = false;
  /** Set by the session; the library calls them through this model. */
  actions = {
    logout: async (): Promise<void> => {},
    reconnect: (): void => {},
    takeover: (): void => {},
  };

  constructor() {
    super({ state: 'OPENING', hasSynced: false });
  }

  logout(): Promise<void> {
    return this.actions.logout();
  }
  reconnect(): void {
    this.actions.reconnect();
  }
  takeover(): void {
    this.actions.takeover();
  }

  /**
   * History is complete. whatsapp-web.js subscribes late and never looks at the value, so an early flip would leave it
   * without "ready" for ever: wait for its listener, and let the registration finish before flipping.
   */
  synced(): void {
    this.#synced = true;
    this.#flip();
  }

  protected override listened(name: string): void {
    if (name === 'change:hasSynced') this.#flip();
  }

  #flip(): void {
    if (!this.#synced || this.hasSynced || !this.hasListener('change:hasSynced')) return;
    queueMicrotask(() => this.set('hasSynced', true));
  }
}
