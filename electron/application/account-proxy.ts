import type { Account } from '../contract/entities/account';
import type { ProxyInput } from '../contract/entities/account-settings';
import { OperationError } from '../contract/errors';
import type { Secrets } from './ports/secrets';

/**
 * The account's proxy with its password; undefined when the account has none. Rejects with PROXY_FAILED when the password
 * cannot be had: a proxy is never tried without it, and never left out.
 */
export const proxyOf = async (account: Account, secrets: Secrets): Promise<ProxyInput | undefined> => {
  const { proxy } = account.settings;
  if (proxy === undefined) return undefined;
  const { hasPassword, ...address } = proxy;
  if (!hasPassword) return address;
  let password: string | undefined;
  try {
    password = await secrets.find(account.id, 'proxyPassword');
  } catch (cause) {
    throw missing(account, cause);
  }
  if (password === undefined) throw missing(account);
  return { ...address, password };
};

const missing = (account: Account, cause?: unknown): OperationError =>
  new OperationError(
    'PROXY_FAILED',
    `${account.label}: the password of its proxy cannot be read on this computer; enter it again in the account’s settings.`,
    { cause },
  );
