import { type IncomingMessage, request as requestHttp } from 'node:http';
import { connect as connectTls } from 'node:tls';
import type { ProxyProbe } from '../application/ports/proxy-probe';
import { openProxyRelay, ProxyRefusal } from './proxy-relay';

/** From the connection through the proxy to the whole answer. */
const answerLimitMs = 15_000;
const longestAnswer = 4_096;

/** Goes out through a relay of its own, just as an account's browser would. */
export const proxyProbe: ProxyProbe = {
  async ask(proxy, address) {
    const url = new URL(address);
    const relay = await openProxyRelay({ proxy, isOnline: () => true, failed: () => undefined });
    try {
      const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
      const socket = await relay.connect(`${url.hostname}:${port}`).catch((error: unknown) => {
        if (error instanceof ProxyRefusal) throw new Error(`it ${error.message}`);
        throw error;
      });
      const stream =
        url.protocol === 'https:'
          ? connectTls({ socket, servername: url.hostname, ALPNProtocols: ['http/1.1'] })
          : socket;
      return await new Promise<string>((resolve, reject) => {
        const fail = (why: string) => (): void => reject(new Error(why));
        const asking = requestHttp({
          method: 'GET',
          path: `${url.pathname}${url.search}`,
          headers: { host: url.host, accept: 'text/plain, application/json', connection: 'close' },
          createConnection: () => stream,
          signal: AbortSignal.timeout(answerLimitMs),
        });
        stream.on('error', fail(`the connection to ${url.hostname} behind it broke off`));
        asking.on('error', fail(`${url.hostname} behind it did not answer`));
        asking.on('response', (response) => {
          if ((response.statusCode ?? 0) !== 200) {
            fail(`${url.hostname} behind it answered with status ${response.statusCode}`)();
            asking.destroy();
            return;
          }
          readShort(response).then(resolve, reject);
        });
        asking.end();
      });
    } finally {
      await relay.close();
    }
  },
};

const readShort = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length >= longestAnswer) break;
  }
  return text.slice(0, longestAnswer);
};
