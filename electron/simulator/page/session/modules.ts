import { Emitter } from '../core/emitter';
import { Model } from '../core/model';
import { define } from '../core/registry';
import type { ConnModel } from './conn-model';
import { defineLimitModules } from './limit-modules';
import { definePairingModules } from './pairing-modules';
import { DEVICE_PLATFORM, encodeB64 } from './qr-text';
import type { Session } from './session';
import type { SocketModel } from './socket-model';

/** The command bus: session commands are events here, chats, messages and the view add their own commands. */
export class Cmd extends Emitter {}

/** Whether this device shows itself as online. */
class StreamModel extends Model {
  #session: Session;

  constructor(session: Session) {
    super({ available: false });
    this.#session = session;
  }

  markAvailable(): void {
    this.#mark(true);
  }

  markUnavailable(): void {
    this.#mark(false);
  }

  #mark(available: boolean): void {
    this.set('available', available);
    // Presence is a hint: one that is lost with the connection is simply gone.
    this.#session.wire.request('presence', { available }).catch(() => undefined);
  }
}

export interface SessionModels {
  readonly socket: SocketModel;
  readonly conn: ConnModel;
  readonly cmd: Cmd;
}

/** The modules around boot, linking and the state of the connection. */
export function defineSessionModules({ socket, conn, cmd }: SessionModels, session: Session): void {
  define('WAWebSocketModel', { Socket: socket });
  define('WAWebConnModel', { Conn: conn });
  define('WAWebCmd', { Cmd: cmd });
  define('WAWebStreamModel', { Stream: new StreamModel(session) });
  define('WAWebOfflineHandler', {
    OfflineMessageHandler: { getOfflineDeliveryProgress: () => session.progress },
  });
  definePairingModules(session);
  defineLimitModules(session.limits);
  define('WABase64', { encodeB64 });
  define('WAWebCompanionRegClientUtils', { DEVICE_PLATFORM });
  define('WAWebAdvSignatureApi', {});
  define('WAWebUserPrefsInfoStore', {
    waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: session.keys.noise } }) },
  });
  define('WAWebSignalStoreApi', {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: session.keys.identity } }) },
  });
  define('WAWebUserPrefsMultiDevice', { getADVSecretKey: () => session.keys.adv });
  define('WAWebUserPrefsMeUser', {
    getMaybeMePnUser: () => conn.wid ?? null,
    getMaybeMeLidUser: () => conn.lid ?? null,
  });
  define('WAWebMiscBrowserUtils', { info: () => ({ os: 'Practice', name: 'Practice network', version: '1' }) });
  define('WAWebLaunchSocketUtils', { refreshQR: () => session.wire.reconnect() });
  define('WAWebPresenceChatAction', {
    sendPresenceAvailable: () => session.wire.request('presence', { available: true }).then(() => undefined),
    sendPresenceUnavailable: () => session.wire.request('presence', { available: false }).then(() => undefined),
  });
}
