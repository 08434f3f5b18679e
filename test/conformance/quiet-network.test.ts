import { beforeAll, expect, test } from 'vitest';
import { quietNetwork } from '../../electron/worker/driver/quiet-network';
import { ANNA_CHAT, describeConformance } from '../fixtures/conformance';

type Options = { readonly webVersion: string; readonly webVersionCache: { readonly remotePath: string } };
type CDPSession = { on(event: string, listener: () => void): void };

describeConformance('a page of whose network nothing is told any more', (target) => {
  const bench = target.linkedOnce();
  let told = 0;

  const page = () => {
    const { pupPage } = bench.client;
    if (pupPage === undefined) throw new Error('The client has no page');
    return pupPage;
  };
  const launch = () => {
    const { webVersion, webVersionCache } = (bench.client as unknown as { readonly options: Options }).options;
    return { page: { version: webVersion, remotePath: webVersionCache.remotePath } };
  };

  beforeAll(() => {
    const own = (page() as unknown as { _client(): CDPSession })._client();
    for (const event of ['webSocketFrameSent', 'webSocketFrameReceived', 'requestWillBeSent']) {
      own.on(`Network.${event}`, () => {
        told += 1;
      });
    }
  });

  test('puppeteer is told of each frame of its socket until then, and of none after', async () => {
    await bench.client.sendMessage(ANNA_CHAT, 'before');
    await bench.library.until('message_ack', ([, ack]) => ack === 3);
    expect(told).toBeGreaterThan(0);
    await quietNetwork(page(), launch());
    bench.library.forget();
    told = 0;
    await bench.client.sendMessage(ANNA_CHAT, 'after');
    await bench.library.until('message_ack', ([, ack]) => ack === 3);
    expect(told).toBe(0);
  });

  test('a second time it changes nothing', async () => {
    await quietNetwork(page(), launch());
    await expect(page().evaluate(() => document.readyState)).resolves.toBe('complete');
  });

  test('when it loads itself anew it is the same page, and the session gets ready again without a code', async () => {
    bench.library.forget();
    await page().evaluate(() => window.location.reload());
    await bench.library.until('ready');
    expect(bench.library.names()).not.toContain('qr');
    expect(page().url()).toBe('https://web.whatsapp.com/');
    await bench.client.sendMessage(ANNA_CHAT, 'once more');
    await bench.library.until('message_ack', ([, ack]) => ack === 3);
    expect(told).toBe(0);
  });
});
