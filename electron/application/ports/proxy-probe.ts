import type { ProxyInput } from '../../contract/entities/account-settings';

/** Goes out through a proxy once, to see whether it works and which address the world sees. */
export interface ProxyProbe {
  /**
   * Asks `url` through the proxy and answers with the body, cut to 4 KB. Rejects with an Error whose message says in words
   * what is wrong, without the password; never asks directly.
   */
  ask(proxy: ProxyInput, url: string): Promise<string>;
}
