import { expect, test } from 'vitest';
import { describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

describeConformance(
  'linking with a code',
  (target) => {
    const bench = target.perTest();
    const byCode = { pairWithPhoneNumber: { phoneNumber: PHONE, showNotification: true, intervalMs: 180_000 } };

    const shownCode = async () => {
      const [page] = await bench.control.pages();
      return page?.pairing?.code;
    };

    test('option pairWithPhoneNumber, event code: the phone enters the code and the account is ready, without a QR code', async () => {
      const library = bench.newClient({ options: byCode });
      await library.start();
      const [code] = await library.until('code');
      expect(code).toMatch(/^[1-9A-HJ-NP-TV-Z]{8}$/);
      expect((await bench.control.pages())[0]?.pairing).toEqual({ code, phone: PHONE, notified: true });
      const text = String(code);
      await bench.control.enterCode({ phone: PHONE, code: `${text.slice(0, 4)}-${text.slice(4).toLowerCase()}` });
      await library.until('ready');
      expect(library.names()).toEqual(['code', 'loading_screen', 'authenticated', 'ready']);
      expect(library.client.info.wid._serialized).toBe(ME);
    });

    test('option pairWithPhoneNumber.intervalMs: a new code comes by itself, and the one before it is no longer good', async () => {
      const library = bench.newClient({
        options: { pairWithPhoneNumber: { phoneNumber: PHONE, showNotification: false, intervalMs: 400 } },
      });
      await library.start();
      const [first] = await library.until('code');
      const [second] = await library.until('code', ([code]) => code !== first);
      await expect(bench.control.enterCode({ phone: PHONE, code: String(first) })).rejects.toThrow('410');
      expect(second).not.toBe(first);
      expect((await bench.control.pages())[0]?.pairing?.notified).toBe(false);
    });

    test('requestPairingCode: answers the code while QR codes are shown, and the phone can enter it', async () => {
      const library = bench.newClient();
      await library.start();
      await library.qr();
      const code = await library.client.requestPairingCode(PHONE);
      expect(code).toBe(await shownCode());
      await bench.control.enterCode({ phone: PHONE, code });
      await library.until('ready');
    });

    test('requestPairingCode: a number that is none is refused', async () => {
      const library = bench.newClient();
      await library.start();
      await library.qr();
      await expect(library.client.requestPairingCode('12')).rejects.toThrow();
    });

    test('cancelPairingCode: the code is no longer good, and a new QR code is shown', async () => {
      const library = bench.newClient();
      await library.start();
      const qr = await library.qr();
      const code = await library.client.requestPairingCode(PHONE);
      await library.client.cancelPairingCode();
      await library.until('qr', ([text]) => text !== qr);
      await eventually('the code to be gone', async () => (await shownCode()) === undefined);
      await expect(bench.control.enterCode({ phone: PHONE, code })).rejects.toThrow('410');
    });

    test('a wrong code is refused, three of them end the right one, and a code expires', async () => {
      const library = bench.newClient();
      await library.start();
      await library.qr();
      const code = await library.client.requestPairingCode(PHONE);
      await expect(bench.control.enterCode({ phone: '4915112345679', code })).rejects.toThrow('404');
      for (const wrong of ['AAAAAAAA', 'BBBBBBBB', 'CCCCCCCC']) {
        await expect(bench.control.enterCode({ phone: PHONE, code: wrong })).rejects.toThrow('409');
      }
      await expect(bench.control.enterCode({ phone: PHONE, code })).rejects.toThrow('410');
      const next = await library.client.requestPairingCode(PHONE);
      await bench.control.advanceClock(180_001);
      await expect(bench.control.enterCode({ phone: PHONE, code: next })).rejects.toThrow('410');
    });

    test('the passkey step stops linking visibly; it can be completed from outside or at the page, or fail', async () => {
      await bench.control.fault({ name: 'passkey', phone: PHONE });
      const library = bench.newClient();
      await library.start();
      const qr = await library.qr();
      expect(await bench.control.scanUntilPasskey({ qr, phone: PHONE })).toMatchObject({ passkey: true, phone: PHONE });
      await eventually('the step to show', () =>
        library.inPage(() => document.querySelector('#passkey')?.textContent?.includes('passkey')),
      );
      expect((await bench.control.pages())[0]?.step).toBe('passkey');
      expect(library.names()).toEqual(['qr']);
      expect(await bench.control.answerPasskey({ phone: PHONE }, false)).toEqual({ refused: true });
      const [renewed] = await library.until('qr', ([text]) => text !== qr);
      await bench.control.scanUntilPasskey({ qr: String(renewed), phone: PHONE });
      await eventually('the step to show again', () =>
        library.inPage(() => document.querySelector('#passkey') !== null),
      );
      await library.inPage(() => document.querySelector<HTMLElement>('#passkey button')?.click());
      await library.until('ready');
      expect((await bench.control.phone(PHONE)).devices).toHaveLength(1);
    });
  },
  { renamed: 'never' },
);
