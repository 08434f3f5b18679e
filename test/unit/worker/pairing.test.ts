import { describe, expect, it } from 'vitest';
import type { Client } from 'whatsapp-web.js';
import { Pairing } from '../../../electron/worker/driver/pairing';

const pairing = (answer: () => Promise<string>) => {
  const cancelled: true[] = [];
  const client = {
    requestPairingCode: answer,
    cancelPairingCode: async () => void cancelled.push(true),
  } as unknown as Client;
  return { pairing: new Pairing('sales', client), cancelled };
};

describe('a pairing code', () => {
  it('comes in two groups and holds QR codes back while it is being typed', async () => {
    const { pairing: own } = pairing(async () => 'ABCD1234');
    const asked = own.request('5511900000021');
    expect(own.active).toBe(true);
    expect(await asked).toEqual({ code: 'ABCD-1234', lifetimeMs: 180_000 });
    expect(own.active).toBe(true);
    own.close();
    expect(own.active).toBe(false);
  });

  it.each([
    ['an error', () => Promise.reject(new Error('rate-overlimit'))],
    ['something else', async () => 'no code'],
  ])('that is refused with %s is told by name, and QR codes go on', async (_what, answer) => {
    const { pairing: own, cancelled } = pairing(answer);
    await expect(own.request('5511900000021')).rejects.toMatchObject({
      code: 'PAIRING_CODE_REFUSED',
      message: expect.stringContaining('ccount sales'),
    });
    expect(own.active).toBe(false);
    expect(cancelled).toHaveLength(1);
  });
});
