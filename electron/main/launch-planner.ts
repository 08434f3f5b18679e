import { app } from 'electron';
import { proxyOf } from '../application/account-proxy';
import type { AccountFolders } from '../application/ports/accounts';
import type { InstalledBrowsers } from '../application/ports/installed-browsers';
import type { Secrets } from '../application/ports/secrets';
import type { LaunchPlanner, PracticeNetwork } from '../application/ports/sessions';
import type { Account } from '../contract/entities/account';
import { OperationError } from '../contract/errors';
import type { Launch } from '../contract/frames';
import { chromiumFlagName, chromiumFlagProblem } from '../domain/chromium-flags';
import { codesWithin } from '../domain/link-codes';
import type { AccountRelays } from './account-relays';

export interface LaunchPlannerOptions {
  readonly folders: AccountFolders;
  readonly practice: PracticeNetwork;
  readonly secrets: Secrets;
  readonly browsers: InstalledBrowsers;
  readonly relays: AccountRelays;
  readonly noSandbox: boolean;
}

const whatsAppTarget = 'web.whatsapp.com:443';

/**
 * How an account's browser is started, from its settings as they are now: this app's own binary or an installed one, the
 * practice page in place of WhatsApp's where the account is a practice one, the proxy through a relay.
 */
export const createLaunchPlanner = (options: LaunchPlannerOptions): LaunchPlanner => {
  const { folders, practice, secrets, browsers, relays, noSandbox } = options;

  const refuseFlags = ({ label, settings }: Account): void => {
    for (const flag of settings.chromiumFlags) {
      const problem = chromiumFlagProblem(flag);
      if (problem === undefined) continue;
      throw new OperationError(
        'CHROMIUM_FLAG_REFUSED',
        `${label}: the browser switch ${chromiumFlagName(flag)} ${problem}; take it out of the account’s settings.`,
      );
    }
  };

  const browserOf = async ({ label, settings }: Account): Promise<Launch['browser']> => {
    const sandbox = noSandbox ? ['--no-sandbox'] : [];
    if (settings.browser.kind === 'builtin') {
      // A packaged binary knows its app; in development it is told.
      const appPath = app.isPackaged ? [] : [app.getAppPath()];
      return { kind: 'builtin', executablePath: process.execPath, args: [...appPath, '--account-browser', ...sandbox] };
    }
    const { path } = settings.browser;
    const problem = await browsers.problemWith(path);
    if (problem !== undefined) {
      throw new OperationError(
        'BROWSER_NOT_FOUND',
        `${label}: the browser ${path} ${problem}; choose another one in the account’s settings.`,
      );
    }
    return { kind: 'installed', executablePath: path, args: sandbox };
  };

  return {
    plan: async (account) => {
      refuseFlags(account);
      const browser = await browserOf(account);
      await folders.create(account.id);
      const page = account.network === 'practice' ? await practice.page() : undefined;
      const proxy = await proxyOf(account, secrets);
      const target = page === undefined ? whatsAppTarget : new URL(page.remotePath).host;
      const proxyServer = proxy === undefined ? undefined : await relays.open(account, proxy, target);
      const { chromiumFlags, presence, readReceipts, startTimeoutMs, linkTimeoutMs, syncTimeoutMs } = account.settings;
      return {
        profileDir: folders.profileDir(account.id),
        browser,
        chromiumFlags,
        ...(proxyServer === undefined ? {} : { proxyServer }),
        presence,
        readReceipts,
        startTimeoutMs,
        syncTimeoutMs,
        ...(page === undefined ? {} : { page }),
        maxQrAttempts: codesWithin(linkTimeoutMs),
      };
    },
    release: relays.close,
  };
};
