import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { InstalledBrowsers } from '../application/ports/installed-browsers';

/** By their programs' names: chrome, google-chrome-stable, chromium-browser, msedge, Microsoft Edge … */
const browserName = /(chrome|chromium|edge)/i;

/** Where the systems that we know put them, the usual one first. */
const usualPlaces: readonly string[] = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A browser that is installed where it usually is; undefined: none. */
export const usualBrowser = (): string | undefined => usualPlaces.find((path) => existsSync(path));

export const installedBrowsers: InstalledBrowsers = {
  async problemWith(path) {
    if (path.includes('\0') || !isAbsolute(path)) return 'is not an absolute path';
    if (!browserName.test(basename(path))) return 'is not a Chrome, Chromium or Edge by its name';
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return 'does not exist';
    if (!found.isFile()) return 'is not a program but a folder or something else';
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    return runs ? undefined : 'may not be run by this user';
  },
};
