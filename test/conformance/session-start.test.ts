import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

describeConformance(
  'a session that was linked with a QR code',
  (target) => {
    const bench = target.linkedOnce();

    test('initialize: a scanned code makes the account ready, in the order of a real link', () => {
      expect(bench.library.names()).toEqual(['qr', 'loading_screen', 'authenticated', 'ready']);
      expect(String(bench.library.all('qr')[0]?.[0]).split(',')).toHaveLength(5);
      expect(bench.library.all('loading_screen')).toEqual([[100, 'WhatsApp']]);
    });

    test('client.info: the number, the name and the platform of the phone', () => {
      expect(bench.client.info.wid._serialized).toBe(ME);
      expect([bench.client.info.pushname, bench.client.info.platform]).toEqual(['Sales', 'android']);
    });

    test('getState: CONNECTED', async () => {
      expect(await bench.client.getState()).toBe('CONNECTED');
    });

    test('getWWebVersion: the version of the build that the page plays', async () => {
      const expected = target.isRenamed ? '2.3000.1042401057' : '2.3000.1017054665';
      expect(await bench.client.getWWebVersion()).toBe(expected);
    });

    test('resetState: the connection is made anew, and the session goes on', async () => {
      bench.library.forget();
      await bench.client.resetState();
      await bench.library.until('change_state', ([state]) => state === 'CONNECTED');
      expect(bench.library.names().filter((name) => name !== 'change_state')).toEqual([]);
    });

    test('a reload of the page leads to authenticated and ready again, without a code', async () => {
      bench.library.forget();
      await bench.client.pupPage?.reload();
      await bench.library.until('ready');
      expect(bench.library.names().filter((name) => name !== 'loading_screen')).toEqual(['authenticated', 'ready']);
    });
  },
  { renamed: 'always' },
);

describeConformance(
  'the life of a session',
  (target) => {
    const bench = target.perTest();

    test('qr: the code is renewed by itself, and a refused scan brings another one', async () => {
      await bench.control.setQrLifetime(400);
      const library = bench.newClient();
      await library.start();
      const first = await library.qr();
      await library.until('qr', ([text]) => text !== first);
      await expect(bench.control.scan({ qr: first, phone: PHONE })).rejects.toThrow('410');
      await bench.control.setQrLifetime(60_000);
      await bench.control.refreshCodes();
      const shown = (await bench.control.pages())[0]?.qr ?? '';
      await library.until('qr', ([text]) => text === shown);
      await bench.control.refuseScan(shown);
      const renewed = (await bench.control.pages())[0]?.qr ?? '';
      await library.until('qr', ([text]) => text === renewed);
      expect(new Set(library.all('qr').map(([text]) => text)).size).toBe(library.all('qr').length);
    });

    test('destroy, initialize: a linked profile starts again without a code', async () => {
      const first = await bench.linkedClient(PHONE, { profile: 'kept' });
      await first.stop();
      const second = bench.newClient({ profile: 'kept' });
      await second.start();
      await second.until('ready');
      expect(second.names()).not.toContain('qr');
      expect((await bench.control.phone(PHONE)).devices).toHaveLength(1);
    });

    test('logout: the phone forgets the device, the profile is gone, and the next start asks for a code', async () => {
      const library = await bench.linkedClient(PHONE, { profile: 'left' });
      await library.client.logout();
      expect((await bench.control.phone(PHONE)).devices).toEqual([]);
      expect(readdirSync(join(bench.folder, 'profiles'))).not.toContain('session-left');
      const again = bench.newClient({ profile: 'left' });
      await again.start();
      await again.qr();
    });

    test('disconnected: LOGOUT when the phone unlinks the device, and a new code follows', async () => {
      const library = await bench.linkedClient();
      library.forget();
      await bench.control.kick(PHONE);
      expect(await library.until('disconnected')).toEqual(['LOGOUT']);
      await library.until('qr');
    });

    test('disconnected: what the phone unlinked while the program was away asks for a code at the next start', async () => {
      const first = await bench.linkedClient(PHONE, { profile: 'away' });
      await first.stop();
      await bench.control.kick(PHONE);
      const second = bench.newClient({ profile: 'away' });
      await second.start();
      await second.qr();
      expect(second.names()).not.toContain('ready');
    });

    test('change_state: a dropped connection comes back by itself as TIMEOUT, OPENING, CONNECTED', async () => {
      const library = await bench.linkedClient();
      library.forget();
      await bench.control.fault({ name: 'socket-down', phone: PHONE, forMs: 400 });
      await library.until('change_state', ([state]) => state === 'CONNECTED');
      expect(library.all('change_state')).toEqual([['TIMEOUT'], ['OPENING'], ['CONNECTED']]);
      expect(library.names()).not.toContain('ready');
    });

    test('several devices: what happens on one page of a phone is seen on the others', async () => {
      const [one, other] = [await bench.linkedClient(), await bench.linkedClient()];
      const sent = await one.client.sendMessage('4915112345678@c.us', 'from the first device');
      await other.until('message_create');
      const seen = other.all('message_create').map(([message]) => (message as { body: string }).body);
      expect(seen).toEqual(['from the first device']);
      await eventually('the read ack on both', () =>
        [one, other].every((library) => library.all('message_ack').some(([, ack]) => ack === 3)),
      );
      expect(sent.id.fromMe).toBe(true);
      expect((await bench.control.phone(PHONE)).devices).toHaveLength(2);
    });
  },
  { renamed: 'never' },
);
