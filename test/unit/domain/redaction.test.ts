import { describe, expect, it } from 'vitest';
import { redactFields, redactText } from '../../../electron/domain/redaction';

describe('what is written down', () => {
  it.each([
    ['551140020022@c.us wrote', '[chat] wrote'],
    ['group 120363000000000001@g.us', 'group [chat]'],
    ['call +55 11 4002-0022 now', 'call [number] now'],
    ['the number 5511940020022.', 'the number [number].'],
    ['or 55.11.4002.0022, or 55.0.40020022.', 'or [number], or [number].'],
    ['code ABCD-EF12 typed', 'code [code] typed'],
    ['qr 2@Xk29fj3KJd93kfjskdfj39fj3kfj3,fj39fjs0', 'qr [secret]'],
    ['via socks5://me:secret@proxy.example:1080', 'via socks5://[secret]@proxy.example:1080'],
  ])('says %j without what is private', (text, expected) => expect(redactText(text)).toBe(expected));

  it.each([
    'Restarted because the browser ended',
    'took 12345 ms since 2026-11-20T14:02:03.000Z',
    'listening on 127.0.0.1:40123',
    'WhatsApp Web 2.3000.1017054665',
    'Chromium 150.0.7871.47, HeadlessChrome/150.0.7871.128 (Electron 43.8.10)',
    'account acc-0f3a9c2b11d4e5f6',
  ])('leaves %j as it is', (text) => expect(redactText(text)).toBe(text));

  it('keeps measures and drops numbers, texts and codes from fields, however deep', () => {
    expect(
      redactFields({
        durationMs: 1_700_000_000_000,
        phone: 5_511_940_020_022,
        body: 'hello',
        nested: { list: ['551140020022@c.us', { pairingCode: 'ABCD-EFGH' }] },
        ok: true,
      }),
    ).toEqual({
      durationMs: 1_700_000_000_000,
      phone: '[number]',
      body: '[secret]',
      nested: { list: ['[chat]', { pairingCode: '[secret]' }] },
      ok: true,
    });
  });
});
