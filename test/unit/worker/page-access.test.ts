import { describe, expect, it } from 'vitest';
import { isOfflineReason, reasonOf } from '../../../electron/worker/driver/page-access';

describe('reasons of the page', () => {
  it.each(['INTERNET_DISCONNECTED', 'NAME_NOT_RESOLVED', 'NETWORK_CHANGED', 'CONNECTION_REFUSED', 'TIMED_OUT'])(
    'net::ERR_%s is a missing network, not a fault of the session',
    (name) => {
      expect(isOfflineReason(`net::ERR_${name} at https://web.whatsapp.com/`)).toBe(true);
    },
  );

  it.each([
    'net::ERR_CERT_AUTHORITY_INVALID at https://web.whatsapp.com/',
    'auth timeout',
    'Execution context was destroyed',
  ])('%s is a fault of the session', (reason) => {
    expect(isOfflineReason(reason)).toBe(false);
  });

  it('are one short line, whatever was thrown', () => {
    expect(reasonOf('auth timeout')).toBe('auth timeout');
    expect(reasonOf(new Error(`first\nsecond`))).toBe('first');
    expect(reasonOf(new Error('x'.repeat(5_000)))).toHaveLength(200);
    expect(reasonOf(undefined)).toBe('undefined');
    expect(reasonOf(new Error(''))).toBe('unknown reason');
  });
});
