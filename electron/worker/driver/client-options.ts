import type { AuthStrategy, ClientOptions } from 'whatsapp-web.js';
import type { Launch } from '../../contract/frames';

/** For the browser's first answer over the pipe, in ms. */
const browserStartLimitMs = 30_000;
/** For any single command to the page, in ms; every caller has a shorter limit of its own. */
const protocolLimitMs = 120_000;

/** Everything goes through the relay or not at all: no way around it for loopback, names, media or QUIC. */
const proxyArguments = (proxyServer: string): readonly string[] => [
  // Without the key: everybody on this computer can read command lines.
  `--proxy-server=${new URL(proxyServer).origin}`,
  '--proxy-bypass-list=<-loopback>',
  // Names are the proxy's to resolve; the relay itself is reached by its address.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
];

const browserArguments = (launch: Launch): string[] => [
  ...launch.browser.args,
  ...(launch.browser.kind === 'installed' ? ['--headless=new', '--no-first-run', '--no-default-browser-check'] : []),
  // Only the practice network's page talks to this computer.
  ...(launch.browser.kind === 'installed' && launch.page !== undefined
    ? ['--disable-features=LocalNetworkAccessChecks']
    : []),
  ...(launch.proxyServer === undefined ? [] : proxyArguments(launch.proxyServer)),
  ...launch.chromiumFlags,
];

/** How the library is to start the account's browser and page. A fresh object each time: the library writes into it. */
export const clientOptions = (launch: Launch, authStrategy: AuthStrategy): ClientOptions => ({
  authStrategy,
  puppeteer: {
    executablePath: launch.browser.executablePath,
    args: browserArguments(launch),
    userDataDir: launch.profileDir,
    // Our own window decides that it is hidden; Electron knows no headless mode, and an installed browser is given its own.
    headless: false,
    // With a pipe the browser ends with its worker, whatever happens to it.
    pipe: true,
    // Electron takes a free argument for the app to run.
    ignoreDefaultArgs: launch.browser.kind === 'builtin' ? ['about:blank'] : [],
    defaultViewport: null,
    timeout: browserStartLimitMs,
    protocolTimeout: protocolLimitMs,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  },
  // The library takes `false` for "the browser's own"; its types know only texts.
  userAgent: false as unknown as string,
  deviceName: 'Switchboard',
  // The codes are counted where the person is told; the library would close the browser without a word.
  qrMaxRetries: 0,
  ...(launch.page === undefined
    ? { webVersionCache: { type: 'none' } }
    : {
        webVersion: launch.page.version,
        webVersionCache: { type: 'remote', remotePath: launch.page.remotePath, strict: true },
      }),
});
