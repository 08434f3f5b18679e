import { app, BrowserWindow, Menu, nativeTheme, screen, session, type WebFrameMain } from 'electron';
import { appOrigin } from './app-protocol';
import { openExternalLink } from './external-links';
import type { WindowBounds } from './settings-file';

export interface MainWindowOptions {
  readonly preload: string;
  readonly bounds: WindowBounds | undefined;
  readonly boundsChanged: (bounds: WindowBounds) => void;
  readonly theme: 'system' | 'light' | 'dark';
  /** Off for screenshots, where the size must be the asked one. */
  readonly size?: { readonly width: number; readonly height: number };
}

const defaultSize = { width: 1440, height: 900 } as const;
const smallestSize = { minWidth: 760, minHeight: 520 } as const;

/** The only place that makes a window of ours. What it must never allow is asserted by test/e2e/window-security.test.ts. */
export const createMainWindow = (options: MainWindowOptions): BrowserWindow => {
  nativeTheme.themeSource = options.theme;
  const size = options.size ?? visibleBounds(options.bounds) ?? defaultSize;
  const window = new BrowserWindow({
    ...size,
    ...smallestSize,
    show: false,
    title: 'Switchboard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1216' : '#f5f6f8',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: true,
      // A conversation in the background must still move its ticks.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  const remember = (): void => {
    if (!window.isDestroyed() && !window.isMinimized() && !window.isFullScreen())
      options.boundsChanged(window.getNormalBounds());
  };
  window.on('resized', remember);
  window.on('moved', remember);
  void window.loadURL(`${appOrigin}/`);
  return window;
};

/** Shows the window over all others, also when it was minimized or hidden. */
export const bringToFront = (window: BrowserWindow): void => {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  // Windows lets no program in the background raise itself, but a window that is on top of all stays there when it is let go.
  if (process.platform === 'win32') {
    window.setAlwaysOnTop(true);
    window.setAlwaysOnTop(false);
  }
  window.focus();
};

/** Whether a call comes from the top-level frame of our window, on our origin: a frame inside it or another page is a stranger. */
export const isOurFrame = (window: BrowserWindow | undefined, frame: WebFrameMain | null): boolean => {
  if (window === undefined || window.isDestroyed() || frame === null || frame.isDestroyed()) return false;
  return frame === window.webContents.mainFrame && originOf(frame.url) === appOrigin;
};

const originOf = (address: string): string => {
  const url = URL.parse(address);
  return url === null ? '' : `${url.protocol}//${url.host}`;
};

/** Denies what no page of this process may ever do, whichever window it is in. Call once before the first window. */
export const lockDownWebContents = (): void => {
  Menu.setApplicationMenu(applicationMenu());
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      openExternalLink(url);
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
};

/** The menu exists for its editing shortcuts; reload and developer tools are not part of the product. */
const applicationMenu = (): Menu | null =>
  process.platform === 'darwin'
    ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
    : null;

/** Bounds of a screen that has been unplugged would open the window where nobody sees it. */
const visibleBounds = (bounds: WindowBounds | undefined): WindowBounds | undefined => {
  if (bounds?.x === undefined || bounds.y === undefined) return bounds;
  const { x, y } = bounds;
  const seen = screen.getAllDisplays().some(({ workArea }) => {
    const horizontally = x < workArea.x + workArea.width - 80 && x + bounds.width > workArea.x + 80;
    return horizontally && y >= workArea.y - 8 && y < workArea.y + workArea.height - 80;
  });
  return seen ? bounds : { width: bounds.width, height: bounds.height };
};
