import type { AccountEvent, MeRow, NetworkFrame } from '../../frames';
import type { Emitter } from '../core/emitter';
import { Wire } from '../wire/wire';
import type { ConnModel } from './conn-model';
import { qrTail } from './qr-text';
import type { SocketModel } from './socket-model';
import { type DeviceKeys, DeviceStorage } from './storage';

/** What the rest of the page does with what the network tells. */
export interface SessionHandlers {
  sync(frame: Extract<NetworkFrame, { op: 'sync' }>): void;
  event(event: AccountEvent): void;
}

/** The library needs a moment to note a logout before the document goes away. */
const RELOAD_AFTER_MS = 50;

/**
 * The page's life: OPENING → UNPAIRED → PAIRING → OPENING → CONNECTED, and CONNECTED → TIMEOUT → OPENING → CONNECTED when the
 * socket drops. A device that its phone has unlinked forgets everything and reloads, as WhatsApp Web does.
 */
export class Session {
  readonly wire: Wire;
  readonly #storage = new DeviceStorage();
  readonly #page = crypto.randomUUID();
  readonly #socket: SocketModel;
  readonly #conn: ConnModel;
  readonly #cmd: Emitter;
  readonly #handlers: SessionHandlers;
  #keys: DeviceKeys | undefined;
  #login: Awaited<ReturnType<DeviceStorage['login']>>;
  #linked = false;
  #seq: number | undefined;
  #leaving = false;
  progress = 0;

  constructor(port: number, models: { socket: SocketModel; conn: ConnModel; cmd: Emitter }, handlers: SessionHandlers) {
    this.#socket = models.socket;
    this.#conn = models.conn;
    this.#cmd = models.cmd;
    this.#handlers = handlers;
    this.wire = new Wire(`ws://127.0.0.1:${port}/wire`, {
      opened: () => this.#introduce(),
      received: (frame) => void this.#received(frame),
      closed: () => this.#dropped(),
    });
    this.#socket.actions = {
      logout: () => this.#logout(),
      reconnect: () => this.wire.reconnect(),
      takeover: () => this.wire.reconnect(),
    };
  }

  /** This device's own keys; known from before the first state change on. */
  get keys(): DeviceKeys {
    if (this.#keys === undefined) throw new Error('The device keys are not loaded yet');
    return this.#keys;
  }

  async start(): Promise<void> {
    this.#keys = await this.#storage.keys();
    this.#login = await this.#storage.login();
    this.wire.device = this.#login?.device;
    this.wire.connectNow();
  }

  #introduce(): void {
    if (this.#linked) this.#socket.set('state', 'OPENING');
    this.wire.say({
      op: 'hello',
      page: this.#page,
      qrTail: qrTail(this.keys),
      ...(this.#login === undefined ? {} : { login: this.#login }),
      ...(this.#seq === undefined ? {} : { since: this.#seq }),
    });
  }

  async #received(frame: NetworkFrame): Promise<void> {
    if (this.#leaving) return;
    switch (frame.op) {
      case 'ref':
        // The reference first: the library reads it as soon as the state says UNPAIRED.
        this.#conn.set('ref', frame.ref);
        this.#socket.set('state', 'UNPAIRED');
        return;
      case 'pair':
        return this.#pair(frame);
      case 'welcome':
        return this.#welcomed(frame.me, frame.seq, frame.resumed);
      case 'sync':
        this.#handlers.sync(frame);
        this.progress = frame.percent;
        this.#cmd.trigger('offline_progress_update_from_bridge');
        return;
      case 'synced':
        this.#socket.synced();
        return;
      case 'event':
        if (this.#seq !== undefined && frame.seq <= this.#seq) return;
        this.#seq = frame.seq;
        this.#handlers.event(frame.event);
        return;
      case 'unknown-login':
      case 'kicked':
        return this.#unlinked();
      case 'reply':
        return;
    }
  }

  async #pair(frame: Extract<NetworkFrame, { op: 'pair' }>): Promise<void> {
    this.#socket.set('state', 'PAIRING');
    // Stored before anybody is told: "ready" then always implies "survives a kill".
    await this.#storage.saveLogin(frame.login);
    this.#login = frame.login;
    this.wire.device = frame.login.device;
    this.#socket.set('state', 'OPENING');
    // Coming back with the login is what confirms the link.
    this.#introduce();
  }

  #welcomed(me: MeRow, seq: number, resumed: boolean): void {
    if (!resumed) this.#seq = seq;
    this.#linked = true;
    this.#conn.linkedAs(me);
    this.wire.welcomed();
    this.#socket.set('state', 'CONNECTED');
  }

  #dropped(): void {
    if (this.#linked && !this.#leaving && this.#socket.state !== 'TIMEOUT') this.#socket.set('state', 'TIMEOUT');
  }

  async #unlinked(): Promise<void> {
    await this.#storage.wipe();
    if (!this.#linked) {
      // Found out while starting: a page that navigates now breaks whoever drives it, and a new hello is enough.
      this.#login = undefined;
      this.wire.device = undefined;
      this.#keys = await this.#storage.keys();
      this.#introduce();
      return;
    }
    this.#leaving = true;
    this.#cmd.trigger('logout');
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  async #logout(): Promise<void> {
    await this.wire.request('logout', {});
    this.#leaving = true;
    await this.#storage.wipe();
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }
}
