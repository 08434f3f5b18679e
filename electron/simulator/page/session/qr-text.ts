import type { DeviceKeys } from './storage';

export const DEVICE_PLATFORM = '1';

export function encodeB64(bytes: Uint8Array | ArrayBuffer): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let binary = '';
  for (const byte of view) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What stands behind the reference in a QR code: the device's public keys, its secret, its platform. */
export function qrTail(keys: DeviceKeys): string {
  return [encodeB64(keys.noise), encodeB64(keys.identity), keys.adv, DEVICE_PLATFORM].join(',');
}
