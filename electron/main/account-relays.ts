import type { Machine } from '../application/ports/machine';
import type { Account } from '../contract/entities/account';
import type { ProxyInput } from '../contract/entities/account-settings';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { openProxyRelay, ProxyRefusal, type ProxyRelay } from '../platform/proxy-relay';

/** A network that is only just coming up looks like a proxy that is down: so many tries before a start is given up. */
const triesAtStart = 3;

/** The relays of running sessions, one each. */
export interface AccountRelays {
  /**
   * Opens the session's relay once the proxy lets a connection to `target` through; answers with its address. Rejects with
   * PROXY_FAILED, or with SESSION_START_FAILED while this computer has no network.
   */
  open(account: Account, proxy: ProxyInput, target: string): Promise<string>;
  /** Idempotent. */
  close(accountId: AccountId): Promise<void>;
}

const proxyFailed = ({ label }: Account, proxy: ProxyInput, words: string): OperationError =>
  new OperationError(
    'PROXY_FAILED',
    `${label}: the ${proxy.protocol} proxy ${proxy.host}:${proxy.port} ${words}. The account is stopped and never connects without its proxy; test the proxy in the account’s settings, then start it again.`,
  );

const noNetwork = ({ label }: Account): OperationError =>
  new OperationError(
    'SESSION_START_FAILED',
    `${label}: this computer has no network, so its proxy cannot be reached. It is started again.`,
    { data: { offline: true } },
  );

export interface AccountRelaysOptions {
  readonly machine: Pick<Machine, 'isOnline'>;
  /** The proxy of a running session has stopped working. Called at most once per relay. */
  readonly failed: (accountId: AccountId, error: OperationErrorShape) => void;
}

export const createAccountRelays = ({ machine, failed }: AccountRelaysOptions): AccountRelays => {
  const open = new Map<AccountId, ProxyRelay>();

  const close = async (accountId: AccountId): Promise<void> => {
    const relay = open.get(accountId);
    open.delete(accountId);
    await relay?.close();
  };

  const tryOut = async (relay: ProxyRelay, target: string): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        (await relay.connect(target)).destroy();
        return;
      } catch (error) {
        if (!(error instanceof ProxyRefusal) || error.fault.certain || attempt === triesAtStart) throw error;
      }
    }
  };

  return {
    close,
    async open(account, proxy, target) {
      await close(account.id);
      const relay = await openProxyRelay({
        proxy,
        isOnline: machine.isOnline,
        failed: (words) => failed(account.id, proxyFailed(account, proxy, words).toShape()),
      });
      open.set(account.id, relay);
      try {
        await tryOut(relay, target);
      } catch (error) {
        await close(account.id);
        if (!(error instanceof ProxyRefusal)) throw error;
        // A proxy on this computer needs no network; one elsewhere cannot be blamed while there is none.
        if (!error.fault.certain && !machine.isOnline()) throw noNetwork(account);
        throw proxyFailed(account, proxy, error.message);
      }
      return relay.url;
    },
  };
};
