import type { Application } from '../application/application';
import type { ServeFlags } from './flags';
import type { LocalApi } from './local-api';

/**
 * The program as a server, without a window: listens, says where, and makes the first key when there is none. Throws a
 * sentence when the address cannot be had.
 */
export const serve = async (
  { apiKeys, webhooks }: Pick<Application, 'apiKeys' | 'webhooks'>,
  localApi: LocalApi,
  { host, port, noKey, webhookHost, useChrome }: ServeFlags,
  installedBrowser: () => string | undefined,
  say: (line: string) => void,
): Promise<void> => {
  if (useChrome && installedBrowser() === undefined) {
    throw new Error(
      '--use-chrome: neither Chrome nor Chromium nor Edge was found on this computer. Install one, or leave the switch out: sessions then run in the built-in browser.',
    );
  }
  const { address, problem } = await localApi.apply({ enabled: true, host, port });
  if (address === undefined) throw new Error(problem ?? 'The local API does not listen.');
  if (noKey) say('WARNING: calls need no API key (--no-key): every program on this computer can read and send.');
  else if (apiKeys.isEmpty) {
    const { secret } = await apiKeys.create({ name: 'First key', scopes: ['read', 'send', 'control', 'admin'] });
    say(`There was no API key, so this one was made. It is shown this once: ${secret}`);
  }
  const secret = await webhooks.fromCommandLine(webhookHost);
  if (secret !== undefined) {
    say(
      `${webhookHost} is told of all events. Its signatures are checked with this secret, shown this once: ${secret}`,
    );
  }
  say(
    `Switchboard serves at ${address}/api/v1 (console: ${address}/, calls: ${address}/api-docs, health: ${address}/health)`,
  );
};
