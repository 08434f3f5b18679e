import type { Account } from '../../contract/entities/account';
import type { AccountSettingsChange, ProxyInput } from '../../contract/entities/account-settings';
import { OperationError } from '../../contract/errors';
import type { accountOperations } from '../../contract/operations/accounts';
import { configureAccount, type ProxyPasswordChange } from '../../domain/account-configuration';
import { chromiumFlagName, chromiumFlagProblem } from '../../domain/chromium-flags';
import { exitAddressIn } from '../../domain/exit-address';
import { settingsWords } from '../../domain/settings-words';
import { proxyOf } from '../account-proxy';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

const notices = {
  obscured:
    'This computer has no secret store: the password is only obscured, and whoever can read Switchboard’s folder can read it.',
  unavailable: 'This computer cannot keep a password.',
} as const;

type ConfigurationHandlers = Pick<HandlersOf<typeof accountOperations>, 'accounts.configure' | 'proxies.test'>;

export const createAccountConfigurationHandlers = (ports: HandlerPorts): ConfigurationHandlers => {
  const { accounts, settings, secrets, browsers, proxyProbe, clock, records, outbox } = ports;

  const refuseFlags = (account: Account, flags: readonly string[]): void => {
    for (const flag of flags) {
      const problem = chromiumFlagProblem(flag);
      if (problem === undefined) continue;
      const name = chromiumFlagName(flag);
      throw new OperationError(
        'CHROMIUM_FLAG_REFUSED',
        `${account.label}: the browser switch ${name} ${problem}; nothing was changed, leave it out.`,
        { data: { flag: name } },
      );
    }
  };

  const refuseBrowser = async (account: Account, browser: AccountSettingsChange['browser']): Promise<void> => {
    if (browser?.kind !== 'installed') return;
    const problem = await browsers.problemWith(browser.path);
    if (problem === undefined) return;
    throw new OperationError(
      'BROWSER_NOT_FOUND',
      `${account.label}: the browser ${browser.path} ${problem}; nothing was changed, choose another one.`,
    );
  };

  const storePassword = async (account: Account, change: ProxyPasswordChange): Promise<string | undefined> => {
    if (change.kind === 'keep') return undefined;
    if (change.kind === 'remove') {
      await secrets.remove(account.id, 'proxyPassword');
      return undefined;
    }
    await secrets.save(account.id, 'proxyPassword', change.password);
    const protection = await secrets.protection();
    return protection === 'system' ? undefined : notices[protection];
  };

  /** The form knows that there is a password, not which: the stored proxy without one is tested with the stored one. */
  const proxyToTest = async (account: Account | undefined, given: ProxyInput | undefined): Promise<ProxyInput> => {
    if (account === undefined) {
      if (given !== undefined) return given;
      throw new OperationError('VALIDATION_ERROR', 'Test a proxy: proxy is missing; give one, or the account to test.');
    }
    const isStored =
      given === undefined || configureAccount(account.settings, { proxy: given }).password.kind === 'keep';
    const proxy = isStored ? await proxyOf(account, secrets) : given;
    if (proxy !== undefined) return proxy;
    throw new OperationError('PROXY_FAILED', `${account.label} has no proxy: give one to test, or set it first.`);
  };

  return {
    'accounts.configure': async ({ accountId, settings: change }) => {
      const account = accounts.get(accountId);
      refuseFlags(account, change.chromiumFlags ?? []);
      await refuseBrowser(account, change.browser);
      const configured = configureAccount(accounts.get(accountId).settings, change);
      // The password first: settings that say there is one must be true.
      const notice = await storePassword(account, configured.password);
      // Read again: the account may have been renamed or removed meanwhile.
      const before = accounts.get(accountId);
      const changed = accounts.change(before, { settings: configured.settings });
      if (changed !== before || configured.password.kind === 'set') {
        const words = `Settings changed: ${settingsWords(change)}`;
        records.happened(accountId, { atMs: clock.nowMs(), kind: 'settings', words });
      }
      if (change.sending !== undefined) outbox.configured(accountId);
      return { account: changed, ...(notice === undefined ? {} : { notice }) };
    },

    'proxies.test': async ({ accountId, proxy: given }) => {
      const account = accountId === undefined ? undefined : accounts.get(accountId);
      const name = account?.label ?? 'Test a proxy';
      const proxy = await proxyToTest(account, given);
      const url = settings.get().proxyTestUrl;
      const startedMs = clock.nowMs();
      let answer: string;
      try {
        answer = await proxyProbe.ask(proxy, url);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new OperationError(
          'PROXY_FAILED',
          `${name}: the ${proxy.protocol} proxy ${proxy.host}:${proxy.port} does not work: ${why}. Check its host, port, user and password, then test it again.`,
          { cause: error },
        );
      }
      const exitAddress = exitAddressIn(answer);
      if (exitAddress === undefined) {
        throw new OperationError(
          'PROXY_FAILED',
          `${name}: the proxy works, but the test address did not answer with an address; choose another test address in the settings.`,
        );
      }
      return { exitAddress, durationMs: clock.nowMs() - startedMs };
    },
  };
};
