const sandbox = 'takes the browser’s sandbox away';
const origins = 'lets pages read what belongs to other sites';
const certificates = 'accepts forged certificates';
const remote = 'lets other programs drive the browser and read the login';
const code = 'runs other code inside the browser';
const owned = 'is set by the console itself';
const way = 'could lead around the account’s proxy; set a proxy in the account’s settings instead';
const secrets = 'writes keys or traffic to disk';
const reach = 'opens the browser to pages that lie about themselves';

/** What weakens the browser, spies on it, or is not the person's to set. Names without dashes, in lower case. */
const refused: Readonly<Record<string, string>> = {
  'no-sandbox': sandbox,
  'disable-setuid-sandbox': sandbox,
  'disable-seccomp-filter-sandbox': sandbox,
  'disable-namespace-sandbox': sandbox,
  'disable-gpu-sandbox': sandbox,
  'disable-win32k-lockdown': sandbox,
  'allow-sandbox-debugging': sandbox,
  'no-zygote-sandbox': sandbox,
  'no-zygote': sandbox,
  'single-process': sandbox,
  'in-process-gpu': sandbox,
  'process-per-site': sandbox,
  'disable-web-security': origins,
  'disable-site-isolation-trials': origins,
  'disable-site-isolation-for-policy': origins,
  'isolate-origins': origins,
  'allow-file-access-from-files': origins,
  'allow-file-access': origins,
  'allow-universal-access-from-files': origins,
  'disable-popup-blocking': reach,
  'allow-running-insecure-content': reach,
  'unsafely-treat-insecure-origin-as-secure': reach,
  'allow-insecure-localhost': certificates,
  'disable-client-side-phishing-detection': reach,
  'safebrowsing-disable-auto-update': reach,
  'use-fake-ui-for-media-stream': reach,
  'auto-select-desktop-capture-source': reach,
  'auto-accept-camera-and-microphone-capture': reach,
  'enable-unsafe-swiftshader': reach,
  'enable-unsafe-webgpu': reach,
  'disable-ipc-flooding-protection': reach,
  'ignore-certificate-errors': certificates,
  'ignore-certificate-errors-spki-list': certificates,
  'ignore-urlfetcher-cert-requests': certificates,
  'test-type': certificates,
  'remote-debugging-port': remote,
  'remote-debugging-address': remote,
  'remote-debugging-pipe': owned,
  'remote-debugging-targets': remote,
  'remote-allow-origins': remote,
  inspect: remote,
  'inspect-brk': remote,
  'inspect-port': remote,
  'inspect-publish-uid': remote,
  'enable-automation': owned,
  'load-extension': code,
  'disable-extensions-except': code,
  'allowlisted-extension-id': code,
  'load-component-extension': code,
  'js-flags': code,
  'renderer-cmd-prefix': code,
  'utility-cmd-prefix': code,
  'ppapi-plugin-launcher': code,
  'gpu-launcher': code,
  'browser-subprocess-path': code,
  'register-pepper-plugins': code,
  app: owned,
  'user-data-dir': owned,
  'profile-directory': owned,
  'user-agent': owned,
  'account-browser': owned,
  headless: owned,
  'proxy-server': way,
  'proxy-pac-url': way,
  'proxy-auto-detect': way,
  'proxy-bypass-list': way,
  'no-proxy-server': way,
  'winhttp-proxy-resolver': way,
  'host-resolver-rules': way,
  'host-rules': way,
  'dns-over-https-templates': way,
  'force-webrtc-ip-handling-policy': way,
  'webrtc-ip-handling-policy': way,
  'enable-quic': way,
  'origin-to-force-quic-on': way,
  'ssl-key-log-file': secrets,
  'log-net-log': secrets,
  'net-log-capture-mode': secrets,
  'enable-crash-reporter': secrets,
  'password-store': secrets,
  'use-mock-keychain': secrets,
  'disable-cookie-encryption': secrets,
};

/** Features that must stay on; `--disable-features` may name others. In lower case. */
const neededFeatures: ReadonlySet<string> = new Set([
  'isolateorigins',
  'site-per-process',
  'strictoriginisolation',
  'networkservicesandbox',
  'blockinsecureprivatenetworkrequests',
  'localnetworkaccesschecks',
  'privatenetworkaccesssendpreflights',
  'crossoriginopenerpolicy',
  'samesitebydefaultcookies',
  'rendererappcontainer',
  'winsboxwin32klockdown',
  'encryptedclienthello',
]);

/** The switch without its value, for messages: short, and without what could dress up the sentence. */
export const chromiumFlagName = (flag: string): string =>
  (flag.split('=')[0] ?? '').replace(/[^\x21-\x7E]/g, '?').slice(0, 60);

/**
 * Why a switch is not passed on to an account's browser: it weakens its security, reads its traffic, leads around the
 * account's proxy, or is the console's to set. A clause that follows the switch's name; undefined when it may be passed on.
 *
 * @param flag As written by the person, e.g. `--force-device-scale-factor=2`.
 */
export const chromiumFlagProblem = (flag: string): string | undefined => {
  if (!/^--[a-zA-Z0-9]/.test(flag)) return 'is no switch: one starts with two dashes and its name';
  if (/\p{Cc}/u.test(flag)) return 'holds control characters';
  const [name = '', value = ''] = flag.slice(2).split(/=(.*)/s);
  // Chromium knows its switches in lower case; on Windows it reads them in any.
  const known = name.toLowerCase();
  if (Object.hasOwn(refused, known)) return refused[known];
  if (known === 'disable-features' || known === 'disable-blink-features') {
    const needed = value
      .split(',')
      .find((feature) => neededFeatures.has((feature.split(/[<:]/)[0] ?? '').trim().toLowerCase()));
    return needed === undefined ? undefined : `switches off ${needed.trim()}, which protects the login`;
  }
  if (/sandbox/.test(known)) return sandbox;
  if (/certificate|insecure/.test(known)) return certificates;
  if (/^(remote-|inspect)/.test(known)) return remote;
  if (/proxy|host-resolver/.test(known)) return way;
  return undefined;
};
