import { randomBytes, timingSafeEqual } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { Server } from 'proxy-chain';
import type { ProxyInput } from '../contract/entities/account-settings';
import { relayGreeting } from '../contract/relay';
import { type ProxyFault, proxyFault } from './proxy-fault';

/** A try through the proxy, from asking to an answer. */
const tryLimitMs = 15_000;
/** A proxy that certainly refuses gets this long to come back… */
const certainFaultMs = 1_500;
/** …and one that may only be behind a bad network, this long. */
const uncertainFaultMs = 60_000;
/** Pause between two tries of a proxy that is under suspicion. */
const retryMs = 1_000;
const greetingHost = new URL(relayGreeting).hostname;
const welcome = {
  statusCode: 200,
  headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
  body: '',
};
/** Who comes to a relay: the account's browser, or the relay's own tries, which raise no suspicion themselves. */
const guests = { browser: 'browser', ownTry: 'try' } as const;

export interface ProxyRelayOptions {
  readonly proxy: ProxyInput;
  /** Whether this computer has a network: without one, nothing can be said about the proxy. */
  readonly isOnline: () => boolean;
  /** Called at most once, when the proxy has stopped working; the words follow its name. */
  readonly failed: (words: string) => void;
}

/**
 * A proxy on loopback, for one session, that sends everything on to the account's own proxy: Chromium itself cannot log in to
 * a SOCKS proxy and ignores a password in its proxy switch. There is no way through it that is direct, and nobody else on this
 * computer gets through: every session has a key of its own.
 */
export interface ProxyRelay {
  /** Where it listens, with the key of this session: `http://browser:<key>@127.0.0.1:40123`. A secret. */
  readonly url: string;
  /** Opens a connection to `host:port` through the proxy; rejects with a ProxyRefusal. The caller closes the socket. */
  connect(target: string): Promise<Socket>;
  /** Ends every connection and stops listening. Idempotent. */
  close(): Promise<void>;
}

/** Why a connection through the proxy did not come about. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly fault: ProxyFault;
  constructor(fault: ProxyFault) {
    super(fault.words);
    this.fault = fault;
  }
}

const proxyUrl = ({ protocol, host, port, username, password }: ProxyInput): string => {
  const login =
    username === undefined
      ? ''
      : `${encodeURIComponent(username)}${password === undefined ? '' : `:${encodeURIComponent(password)}`}@`;
  return `${protocol}://${login}${host}:${port}`;
};

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

export const openProxyRelay = async ({ proxy, isOnline, failed }: ProxyRelayOptions): Promise<ProxyRelay> => {
  const upstreamProxyUrl = proxyUrl(proxy);
  const key = randomBytes(24).toString('hex');
  const isKey = (given: string): boolean =>
    given.length === key.length && timingSafeEqual(Buffer.from(given), Buffer.from(key));
  /** Where each open connection wanted to go. */
  const targets = new Map<number, string>();
  let closed = false;
  let examining = false;

  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ connectionId, hostname, port, username, password, isHttp }) => {
      if (!isKey(password)) return { requestAuthentication: true };
      if (isHttp && hostname === greetingHost) return { upstreamProxyUrl, customResponseFunction: () => welcome };
      if (username === guests.browser) targets.set(connectionId, `${hostname}:${port}`);
      return { upstreamProxyUrl };
    },
  });
  await server.listen();
  const url = `http://${guests.browser}:${key}@127.0.0.1:${server.port}`;

  const connect = (target: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const asking = request({
        host: '127.0.0.1',
        port: server.port,
        method: 'CONNECT',
        path: target,
        headers: { 'proxy-authorization': `Basic ${Buffer.from(`${guests.ownTry}:${key}`).toString('base64')}` },
        agent: false,
      });
      const late = setTimeout(() => {
        reject(
          new ProxyRefusal({
            words: `did not answer within ${tryLimitMs / 1_000} seconds`,
            of: 'proxy',
            certain: false,
          }),
        );
        asking.destroy();
      }, tryLimitMs);
      asking.on('connect', (response, socket) => {
        clearTimeout(late);
        const fault = proxyFault(response.statusCode ?? 0, response.statusMessage ?? '');
        if (fault === undefined) return resolve(socket);
        socket.destroy();
        reject(new ProxyRefusal(fault));
      });
      asking.on('error', () => {
        clearTimeout(late);
        reject(new ProxyRefusal({ words: 'broke the connection off', of: 'proxy', certain: false }));
      });
      asking.end();
    });

  const faultNow = async (target: string): Promise<ProxyFault | undefined> => {
    try {
      (await connect(target)).destroy();
      return undefined;
    } catch (error) {
      return error instanceof ProxyRefusal ? error.fault : undefined;
    }
  };

  /** A connection came to nothing: is it the proxy, and does it stay so? */
  const examine = async (target: string): Promise<void> => {
    if (examining || closed) return;
    examining = true;
    const sinceMs = performance.now();
    while (!closed) {
      const fault = await faultNow(target);
      // What the proxy says of the other end is not the proxy's fault.
      if (fault?.of !== 'proxy') break;
      const lastsMs = performance.now() - sinceMs;
      if (!closed && isOnline() && lastsMs >= (fault.certain ? certainFaultMs : uncertainFaultMs)) {
        closed = true;
        failed(fault.words);
        break;
      }
      await pause(retryMs);
    }
    examining = false;
  };

  server.on(
    'connectionClosed',
    ({ connectionId, stats }: { connectionId: number; stats?: { trgRxBytes: number | null } }) => {
      const target = targets.get(connectionId);
      targets.delete(connectionId);
      if (target !== undefined && (stats?.trgRxBytes ?? 0) === 0) void examine(target);
    },
  );
  // A proxy that answers, and says no, has sent bytes.
  server.on('tunnelConnectFailed', ({ proxyChainId }: { proxyChainId: number }) => {
    const target = targets.get(proxyChainId);
    if (target !== undefined) void examine(target);
  });

  let closing: Promise<void> | undefined;
  return {
    url,
    connect,
    close() {
      closed = true;
      closing ??= server.close(true);
      return closing;
    },
  };
};
