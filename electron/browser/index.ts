import { app, BrowserWindow, Menu } from 'electron';
import { collectStartGarbage } from './heap-care';
import { yieldToConsole } from './low-priority';
import { ownWindow } from './own-window';
import { guardPages } from './page-guard';

/** How often to see whether the worker that started this browser is still there, in ms. */
const parentCheckMs = 30_000;

const profileDirectory = (): string => {
  const directory = app.commandLine.getSwitchValue('user-data-dir');
  if (directory === '') throw new Error('An account’s browser needs --user-data-dir=<profile directory>');
  return directory;
};

/** The browser’s own user agent, without the tokens that Electron and this program add before and after Chrome’s. */
const plainUserAgent = (userAgent: string): string =>
  userAgent.replace(/ Electron\/\S+/, '').replace(/(\(KHTML, like Gecko\)) .*?(Chrome\/)/, '$1 $2');

const quitWithParent = (): void => {
  const parent = process.ppid;
  // The pipe’s end normally says so first; this covers a parent that died before the pipe was read.
  setInterval(() => {
    if (process.ppid !== parent) app.exit(0);
  }, parentCheckMs).unref();
};

/** Adds to a list that whoever starts the browser may have begun. */
const enableFeature = (feature: string): void => {
  const enabled = app.commandLine.getSwitchValue('enable-features');
  app.commandLine.appendSwitch('enable-features', enabled === '' ? feature : `${enabled},${feature}`);
};

const openPage = async (profile: string): Promise<void> => {
  const window = new BrowserWindow({
    show: false,
    width: 1280,
    height: 800,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // A hidden page has to react as fast as a shown one.
      backgroundThrottling: false,
      // Nobody would see an alert, and it would stop the page.
      disableDialogs: true,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  ownWindow(window, profile);
  window.on('closed', () => app.quit());
  await window.loadURL('about:blank');
};

/**
 * What this binary does as an account’s browser: one window on the account’s own profile, hidden until it is asked for, driven
 * from outside over the debugging pipe, and nothing of the console. Ends when its window, its pipe or its parent is gone.
 */
export const runAccountBrowser = (): void => {
  // Electron would show a dialog that nobody sees.
  process.on('uncaughtException', () => app.exit(1));
  process.on('unhandledRejection', () => app.exit(1));

  yieldToConsole();
  const profile = profileDirectory();
  app.setPath('userData', profile);
  app.setPath('sessionData', profile);
  app.userAgentFallback = plainUserAgent(app.userAgentFallback);

  // A hidden page is painted for nobody. Measured: 21 MB (PSS) less per account.
  app.disableHardwareAcceleration();
  // On Linux the network's own process runs outside the sandbox, with all that this one may do: it protects nothing here.
  // Measured: 11 MB (PSS) less per account.
  if (process.platform === 'linux') enableFeature('NetworkServiceInProcess2');
  // Freed memory goes back to the system once a minute instead of every four seconds, in each of the browser's processes.
  enableFeature('PartitionAllocMemoryReclaimer:interval/60s');
  Menu.setApplicationMenu(null);
  app.setActivationPolicy?.('prohibited');
  app.on('window-all-closed', () => app.quit());
  guardPages(app);
  quitWithParent();
  app.once('ready', () => void openPage(profile).catch(() => app.exit(1)));
  collectStartGarbage();
};
