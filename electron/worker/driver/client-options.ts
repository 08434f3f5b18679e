import type { AuthStrategy, ClientOptions } from 'whatsapp-web.js';
import type { Launch } from '../../contract/frames';

/** For the browser's first answer over the pipe, in ms. */
const browserStartLimitMs = 30_000;
/** For any single command to the page, in ms; every caller has a shorter limit of its own. */
const protocolLimitMs = 120_000;

/** How the library is to start the account's browser and page. A fresh object each time: the library writes into it. */
export const clientOptions = (launch: Launch, authStrategy: AuthStrategy): ClientOptions => ({
  authStrategy,
  puppeteer: {
    executablePath: launch.browser.executablePath,
    args: [...launch.browser.args],
    userDataDir: launch.profileDir,
    // Our own window decides that it is hidden; Electron knows no headless mode.
    headless: false,
    // With a pipe the browser ends with its worker, whatever happens to it.
    pipe: true,
    // Electron takes a free argument for the app to run.
    ignoreDefaultArgs: ['about:blank'],
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
  qrMaxRetries: launch.maxQrAttempts,
  ...(launch.page === undefined
    ? { webVersionCache: { type: 'none' } }
    : {
        webVersion: launch.page.version,
        webVersionCache: { type: 'remote', remotePath: launch.page.remotePath, strict: true },
      }),
});
