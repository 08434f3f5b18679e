import { versionOf } from '../../builds';
import type { AccountEvent, NetworkFrame } from '../../frames';
import type { Moods } from '../../session-frames';
import type { Emitter } from '../core/emitter';
import { MsgKey } from '../core/msg-key';
import { Outbox } from '../messages/outbox';
import { Wire } from '../wire/wire';
import { forgetBan, rememberBan } from './ban-notice';
import type { ConnModel } from './conn-model';
import { StatedLimits } from './limit-modules';
import { LinkState } from './link-state';
import { misbehave } from './misbehaviour';
import { qrTail } from './qr-text';
import type { SocketModel } from './socket-model';
import { type DeviceKeys, DeviceStorage } from './storage';

/** What the rest of the page does with what the network tells. */
export interface SessionHandlers {
  sync(frame: Extract<NetworkFrame, { op: 'sync' }>): void;
  /** `again`: the same event a second time, to be told as if it were new. */
  event(event: AccountEvent, again: boolean): void;
  /** The history is complete for the first time: what an earlier page left unsent can be shown, before anybody is told. */
  complete(): Promise<void>;
}

/** The library needs a moment to note a logout before the document goes away. */
const RELOAD_AFTER_MS = 50;

/**
 * The page's life: OPENING → UNPAIRED → PAIRING → OPENING → CONNECTED, and CONNECTED → TIMEOUT → OPENING → CONNECTED when the
 * socket drops. A device that its phone has unlinked forgets everything and reloads, as WhatsApp Web does.
 */
export class Session {
  readonly wire: Wire;
  readonly link = new LinkState();
  readonly limits = new StatedLimits();
  readonly outbox: Outbox;
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
  #complete = false;
  moods: Moods = { sendThrows: false, pending: 'flush' };
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
    this.outbox = new Outbox(this.wire, this.#storage);
    this.#socket.actions = {
      logout: () => this.#logout(),
      reconnect: () => this.wire.reconnect(),
      takeover: () => this.wire.release(),
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
        this.link.set('passkey', false);
        this.#conn.set('ref', frame.ref);
        this.#socket.set('state', 'UNPAIRED');
        return;
      case 'pair':
        return this.#pair(frame);
      case 'welcome':
        return this.#welcomed(frame);
      case 'sync':
        this.#handlers.sync(frame);
        this.progress = frame.percent;
        this.#cmd.trigger('offline_progress_update_from_bridge');
        return;
      case 'synced':
        if (!this.#complete) {
          this.#complete = true;
          await this.#handlers.complete();
        }
        this.#socket.synced();
        return;
      case 'event':
        if (this.#seq !== undefined && frame.seq <= this.#seq && frame.again !== true) return;
        this.#seq = frame.seq;
        this.#handlers.event(frame.event, frame.again === true);
        return;
      case 'passkey':
        this.link.set('passkey', true);
        return;
      case 'conflict':
        this.wire.hold();
        this.#socket.set('state', 'CONFLICT');
        return;
      case 'blocked':
        this.#socket.set('state', frame.state);
        return;
      case 'limits':
        this.limits.take(frame.limits);
        return;
      case 'moods':
        this.moods = frame.moods;
        return;
      case 'misbehave':
        misbehave(frame.misbehaviour);
        return;
      case 'moment':
        this.#handlers.event(frame.event, false);
        return;
      case 'kicked':
        if (frame.banned) rememberBan();
        return this.#unlinked();
      case 'unknown-login':
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

  #welcomed({ me, seq, resumed, build, limits, moods }: Extract<NetworkFrame, { op: 'welcome' }>): void {
    if (!resumed) this.#seq = seq;
    if (!this.#linked && build !== undefined && build !== MsgKey.build) {
      // Nothing has a key yet: from here on this page is of the other build.
      MsgKey.build = build;
      window.Debug = { VERSION: versionOf(build) };
    }
    this.#linked = true;
    this.link.clear();
    forgetBan();
    this.moods = moods;
    if (limits !== undefined) this.limits.take(limits);
    this.#conn.linkedAs(me);
    this.wire.welcomed();
    this.#socket.set('state', 'CONNECTED');
  }

  #dropped(): void {
    if (!this.#linked || this.#leaving || ['TIMEOUT', 'CONFLICT'].includes(this.#socket.state)) return;
    this.#socket.set('state', 'TIMEOUT');
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
