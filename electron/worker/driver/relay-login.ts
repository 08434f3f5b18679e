import type { Client } from 'whatsapp-web.js';
import { relayGreeting } from '../../contract/relay';

type Page = NonNullable<Client['pupPage']>;

/**
 * Makes the browser know the key of its relay before anything is loaded: it keeps what it gave a proxy once for all that
 * follows, also for what no page can answer for, as sockets and workers. Rejects when the relay does not let it in.
 */
export const logInToRelay = async (page: Page, proxyServer: string): Promise<void> => {
  const { username, password } = new URL(proxyServer);
  await page.authenticate({ username, password });
  const status = await page.evaluate(
    (address) =>
      fetch(address).then(
        (response) => response.status,
        () => 0,
      ),
    relayGreeting,
  );
  // Else every request of the page would go by way of the worker.
  await page.authenticate(null);
  if (status !== 200) throw new Error(`the relay to the proxy did not let the browser in (${status})`);
};
