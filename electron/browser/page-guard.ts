import { type App, type Session, session, type WebContents } from 'electron';

/** WhatsApp's own hosts; an account page has no business anywhere else. */
const isOwnAddress = (address: string): boolean => {
  if (address === 'about:blank') return true;
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && (hostname === 'whatsapp.com' || hostname.endsWith('.whatsapp.com'));
};

/** No permission, no device, no download: the console does what is needed, the page only talks to WhatsApp. */
const guardSession = (guarded: Session): void => {
  guarded.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  guarded.setPermissionCheckHandler(() => false);
  guarded.setDevicePermissionHandler(() => false);
  // Nothing is ever offered to be captured.
  guarded.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  guarded.on('will-download', (event) => event.preventDefault());
  guarded.setSpellCheckerEnabled(false);
};

const guardContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
};

/** Denies every page of this process whatever an account page may not do. To be called once, before `ready`. */
export const guardPages = (app: App): void => {
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  // The default session is created before anybody can listen.
  app.once('ready', () => guardSession(session.defaultSession));
  app.on('login', (event) => event.preventDefault());
  app.on('select-client-certificate', (event) => event.preventDefault());
};
