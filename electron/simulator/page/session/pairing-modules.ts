import { define } from '../core/registry';
import type { Session } from './session';

type PairingType = 'QR' | 'ALT_DEVICE_LINKING';

/** Linking with a code that a person types into the phone. */
export function definePairingModules(session: Session): void {
  let type: PairingType = 'QR';
  define('WAWebAltDeviceLinkingApi', {
    setPairingType: (wanted: PairingType) => {
      type = wanted;
    },
    getPairingType: () => type,
    initializeAltDeviceLinking: async () => undefined,
    startAltLinkingFlow: async (phone: string, showNotification: boolean) => {
      const notify = showNotification;
      const { code } = await session.wire.request('pairing-code', { phone, notify }, { early: true });
      session.link.set({ code, phone });
      return code;
    },
    initializeQRLinking: async () => {
      type = 'QR';
      session.link.clear();
      // A connection that was just dropped has no code any more.
      await session.wire.request('cancel-pairing', {}, { early: true }).catch(() => undefined);
    },
  });
}
