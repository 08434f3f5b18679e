import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import wwebjs, { type RemoteAuth as RemoteAuthType } from 'whatsapp-web.js';
import { clientOptions } from '../fixtures/browser-target';
import { describeConformance, ME, PHONE } from '../fixtures/conformance';

const { Client, NoAuth, RemoteAuth } = wwebjs;

/** The smallest store that RemoteAuth can work with: one folder of archives. */
class FolderStore {
  readonly #folder: string;
  readonly #dataPath: string;

  constructor(folder: string, dataPath: string) {
    this.#folder = folder;
    this.#dataPath = dataPath;
    mkdirSync(folder, { recursive: true });
  }

  #archive(session: string): string {
    return join(this.#folder, `${session}.zip`);
  }

  async sessionExists({ session }: { session: string }): Promise<boolean> {
    return existsSync(this.#archive(session));
  }

  async save({ session }: { session: string }): Promise<void> {
    cpSync(join(this.#dataPath, `${session}.zip`), this.#archive(session));
  }

  async extract({ session, path }: { session: string; path: string }): Promise<void> {
    cpSync(this.#archive(session), path);
  }

  async delete(): Promise<void> {
    throw new Error('nothing is deleted here');
  }
}

describeConformance(
  'options of the Client',
  (target) => {
    const bench = target.perTest();

    test('authStrategy LocalAuth: a copied profile is that account, a deleted one needs a code', async () => {
      const first = await bench.linkedClient(PHONE, { profile: 'original' });
      await first.stop();
      const profiles = join(bench.folder, 'profiles');
      cpSync(join(profiles, 'session-original'), join(profiles, 'session-copy'), {
        recursive: true,
        filter: (path) => !/Singleton/.test(path),
      });
      const copy = bench.newClient({ profile: 'copy' });
      await copy.start();
      await copy.until('ready');
      expect(copy.client.info.wid._serialized).toBe(ME);
      expect((await bench.control.phone(PHONE)).devices).toHaveLength(1);
    });

    test('authStrategy NoAuth: links, and forgets with the browser', async () => {
      const library = bench.newClient({ options: { authStrategy: new NoAuth() } });
      await library.start();
      await bench.control.scan({ qr: await library.qr(), phone: PHONE });
      await library.until('ready');
      await library.stop();
      const again = bench.newClient({ options: { authStrategy: new NoAuth() } });
      await again.start();
      await again.qr();
    });

    // RemoteAuth archives the folder "Default" of a profile, which Chromium has and Electron has not.
    test.skipIf(target.browser === 'electron')(
      'authStrategy RemoteAuth, event remote_session_saved: the stored archive starts elsewhere without a code',
      async () => {
        const strategyFor = (name: string) => {
          const dataPath = join(bench.folder, name);
          mkdirSync(dataPath, { recursive: true });
          const store = new FolderStore(join(bench.folder, 'store'), dataPath);
          const auth = new RemoteAuth({ store, clientId: 'remote', dataPath, backupSyncIntervalMs: 60_000 });
          // The library waits a minute before the first archive; nothing here needs that long to settle.
          (auth as RemoteAuthType & { delay: (ms: number) => Promise<void> }).delay = async () => undefined;
          return auth;
        };
        const first = bench.newClient({ options: { authStrategy: strategyFor('here') } });
        await first.start();
        await bench.control.scan({ qr: await first.qr(), phone: PHONE });
        await first.until('ready');
        await first.until('remote_session_saved');
        await first.stop();
        const second = bench.newClient({ options: { authStrategy: strategyFor('elsewhere') } });
        await second.start();
        await second.until('ready');
        expect(second.names()).not.toContain('qr');
      },
    );

    test('event auth_failure: what an authentication strategy of one’s own gives as its reason', async () => {
      const refusing = new NoAuth();
      Object.assign(refusing, {
        onAuthenticationNeeded: async () => ({
          failed: true,
          restart: false,
          failureEventPayload: 'no session for you',
        }),
      });
      const library = bench.newClient({ options: { authStrategy: refusing } });
      await library.client.initialize();
      expect(library.all('auth_failure')).toEqual([['no session for you']]);
    });

    test('webVersionCache local: the page is taken from the folder, under the default version', async () => {
      const folder = join(bench.folder, 'cache');
      mkdirSync(folder);
      const page = await fetch(`http://127.0.0.1:${bench.network.port}/page/2.3000.1017054665.html`);
      writeFileSync(join(folder, '2.3000.1017054665.html'), await page.text());
      const { webVersion: _version, ...rest } = clientOptions(target, bench.network.port);
      const library = bench.newClient({
        options: {
          ...rest,
          webVersion: '2.3000.1017054665',
          webVersionCache: { type: 'local', path: folder, strict: true },
        },
      });
      await library.start();
      await bench.control.scan({ qr: await library.qr(), phone: PHONE });
      await library.until('ready');
      expect(readFileSync(join(folder, '2.3000.1017054665.html'), 'utf8')).toContain('Practice network');
    });

    test('webVersionCache remote: a version that is not there is refused when strict', async () => {
      const library = bench.newClient({
        options: {
          webVersionCache: {
            type: 'remote',
            remotePath: `http://127.0.0.1:${bench.network.port}/nowhere/{version}.html`,
            strict: true,
          },
        },
      });
      await expect(library.start()).rejects.toThrow('version');
    });

    test('webVersionCache none: the page itself is asked for, which a practice network cannot answer', async () => {
      const library = bench.newClient({ options: { webVersionCache: { type: 'none' }, authTimeoutMs: 500 } });
      await expect(library.start()).rejects.toThrow();
    });

    test('authTimeoutMs: a page that never becomes usable ends the start with "auth timeout"', async () => {
      await bench.control.fault({ name: 'stall', phase: 'load' });
      const library = bench.newClient({ options: { authTimeoutMs: 600 } });
      await expect(library.start()).rejects.toBe('auth timeout');
      await library.client.destroy();
    });

    test('qrMaxRetries: after so many codes the client gives up', async () => {
      await bench.control.setQrLifetime(150);
      const library = bench.newClient({ options: { qrMaxRetries: 2 } });
      await library.start().catch(() => undefined);
      expect(await library.until('disconnected')).toEqual(['Max qrcode retries reached']);
      expect(library.all('qr').length).toBe(3);
    });

    test('takeoverOnConflict, takeoverTimeoutMs: the session takes the account back by itself', async () => {
      const library = await bench.linkedClient(PHONE, {
        options: { takeoverOnConflict: true, takeoverTimeoutMs: 100 },
      });
      library.forget();
      await bench.control.conflict(PHONE);
      await library.until('change_state', ([state]) => state === 'CONNECTED');
      expect(library.all('change_state').map(([state]) => state)).toEqual(['CONFLICT', 'OPENING', 'CONNECTED']);
      expect(library.names()).not.toContain('disconnected');
    });

    test('without takeoverOnConflict a conflict ends the session with CONFLICT', async () => {
      const library = await bench.linkedClient();
      library.forget();
      await bench.control.conflict(PHONE);
      expect(await library.until('disconnected')).toEqual(['CONFLICT']);
    });

    test('userAgent, evalOnNewDoc, deviceName, browserName, bypassCSP, proxyAuthentication: as given', async () => {
      const library = bench.newClient({
        options: {
          userAgent: 'Practice/1.0 (a test)',
          evalOnNewDoc: () => {
            const page = globalThis as unknown as { seenBeforeThePage: string; require?: unknown };
            page.seenBeforeThePage = typeof page.require;
          },
          deviceName: 'Till 3',
          browserName: 'Firefox',
          bypassCSP: true,
          proxyAuthentication: { username: 'anna', password: 'secret' },
        },
      });
      await library.start();
      await library.qr();
      const seen = await library.inPage(() => {
        const page = globalThis as unknown as {
          seenBeforeThePage: string;
          require(name: string): { info(): { os: string; name: string } };
        };
        return [navigator.userAgent, page.seenBeforeThePage, page.require('WAWebMiscBrowserUtils').info()] as const;
      });
      expect(seen[0]).toBe('Practice/1.0 (a test)');
      expect(seen[1]).toBe('undefined');
      expect(seen[2]).toMatchObject({ os: 'Till 3', name: 'Firefox' });
    });

    test('ffmpegPath: taken as it is; the program is looked for at the first video sticker', () => {
      const options = { ...clientOptions(target, bench.network.port), ffmpegPath: '/nowhere/ffmpeg' };
      expect(() => new Client(options)).not.toThrow();
    });
  },
  { renamed: 'never' },
);
