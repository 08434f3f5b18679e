import { request } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProxyInput } from '../../electron/contract/entities/account-settings';
import { proxyProbe } from '../../electron/platform/proxy-probe';
import { openProxyRelay, type ProxyRelay } from '../../electron/platform/proxy-relay';
import { type LocalServer, startEcho, startHttpProxy, startSocksProxy } from '../fakes/local-proxies';
import { eventually } from '../fixtures/eventually';
import { localCertificate } from '../fixtures/local-certificate';

const login = { username: 'agent:x@y', password: 'p@ss:w/rd %' } as const;
const socksLogin = { ...login, username: 'agent@x' } as const;

let echo: LocalServer;
let proxy: LocalServer | undefined;
let relay: ProxyRelay | undefined;
let failures: string[];
let online: boolean;

beforeEach(async () => {
  echo = await startEcho();
  failures = [];
  online = true;
});
afterEach(async () => {
  await relay?.close();
  await proxy?.close();
  await echo.close();
  relay = undefined;
  proxy = undefined;
});

const at = (
  protocol: ProxyInput['protocol'],
  port: number,
  user?: { username: string; password?: string },
): ProxyInput => ({
  protocol,
  host: '127.0.0.1',
  port,
  ...user,
});

const open = async (through: ProxyInput): Promise<ProxyRelay> => {
  relay = await openProxyRelay({
    proxy: through,
    isOnline: () => online,
    failed: (words) => void failures.push(words),
  });
  return relay;
};

/** What a browser does for an encrypted page: CONNECT, then speak through the tunnel. */
const browse = (url: string, target: string): Promise<number> =>
  new Promise((resolve) => {
    const { hostname, port, username, password } = new URL(url);
    const asking = request({
      host: hostname,
      port,
      method: 'CONNECT',
      path: target,
      agent: false,
      ...(username === ''
        ? {}
        : { headers: { 'proxy-authorization': `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` } }),
    });
    asking.on('connect', (response, socket) => {
      socket.on('error', () => undefined);
      if (response.statusCode === 200) socket.write('GET / HTTP/1.1\r\nHost: echo\r\nConnection: close\r\n\r\n');
      socket.resume();
      socket.on('close', () => resolve(response.statusCode ?? 0));
    });
    asking.on('error', () => resolve(0));
    asking.end();
  });
/** A request for an open page, as a program sends it to a proxy. */
const fetchThrough = (port: number, address: string): Promise<number> =>
  new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: address, agent: false });
    asking.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asking.on('error', () => resolve(0));
    asking.end();
  });
const echoTarget = (): string => `127.0.0.1:${echo.port}`;

const kinds = [
  ['http', () => startHttpProxy({ username: 'agent', password: login.password }), { ...login, username: 'agent' }],
  ['http without login', () => startHttpProxy(), undefined],
  ['socks5', () => startSocksProxy(5, socksLogin), socksLogin],
  ['socks5h', () => startSocksProxy(5, socksLogin), socksLogin],
  ['socks5 without login', () => startSocksProxy(5), undefined],
  ['socks4', () => startSocksProxy(4), { username: 'agent' }],
] as const;
const protocolOf = (kind: string): ProxyInput['protocol'] => (kind.split(' ')[0] ?? 'http') as ProxyInput['protocol'];

describe('a relay to a proxy', () => {
  it.each(kinds)('of kind %s logs in and carries everything through it', async (kind, start, user) => {
    proxy = await start();
    const { url } = await open(at(protocolOf(kind), proxy.port, user));
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect(await browse(url, echoTarget())).toBe(200);
    expect(proxy.reached).toEqual([echoTarget()]);
    expect(echo.reached).toEqual(['/']);
    expect(failures).toEqual([]);
  });

  it('lets nobody through but the session that it was opened for', async () => {
    proxy = await startHttpProxy({ username: 'agent', password: login.password });
    const { url } = await open(at('http', proxy.port, { ...login, username: 'agent' }));
    const { port, password: key } = new URL(url);
    expect(key).toMatch(/^[0-9a-f]{48}$/);
    const others = ['', 'browser@', `browser:${key.slice(1)}0@`, `try:${'0'.repeat(48)}@`, `agent:${login.password}@`];
    for (const other of others.map((guest) => guest.replace('p@ss:w/rd %', 'p%40ss')))
      expect(await browse(`http://${other}127.0.0.1:${port}`, echoTarget()), other).toBe(407);
    const plain = await fetchThrough(Number(port), `http://${echoTarget()}/plain`);
    expect(plain).toBe(407);
    expect(proxy.reached).toEqual([]);
    expect(echo.reached).toEqual([]);
    // Who tries does not bring the session down.
    expect(failures).toEqual([]);
    expect(await browse(url, echoTarget())).toBe(200);
  });

  it('of kind socks5h hands names on to be looked up there, never here', async () => {
    proxy = await startSocksProxy(5);
    const { url } = await open(at('socks5h', proxy.port));
    await browse(url, `localhost:${echo.port}`);
    expect(proxy.reached).toEqual([`localhost:${echo.port}`]);
  });

  it.each(kinds)('of kind %s never goes direct when the proxy is gone, and says so', async (kind, start, user) => {
    proxy = await start();
    const { url } = await open(at(protocolOf(kind), proxy.port, user));
    await proxy.close();
    expect(await browse(url, echoTarget())).not.toBe(200);
    await eventually('the failure', () => failures.length > 0);
    expect(failures).toEqual(['refuses the connection: nothing listens at this address']);
    expect(echo.reached).toEqual([]);
  });

  it.each([kinds[0], kinds[2]])('of kind %s says when the password is wrong', async (kind, start, user) => {
    proxy = await start();
    const { url } = await open(
      at(protocolOf(kind), proxy.port, { ...user, username: user.username, password: 'wrong' }),
    );
    expect(await browse(url, echoTarget())).not.toBe(200);
    await eventually('the failure', () => failures.length > 0);
    expect(failures).toEqual(['does not accept the user name and password']);
    expect(echo.reached).toEqual([]);
  });

  it('of kind https logs in over TLS, and trusts nobody but a certificate for its name', async () => {
    proxy = await startHttpProxy({ username: 'agent', password: login.password }, 'tls');
    const through = at('https', proxy.port, { ...login, username: 'agent' });
    const { url } = await open(through);
    expect(await browse(url, echoTarget())).not.toBe(200);
    await eventually('the failure', () => failures.length > 0);
    expect(failures).toEqual(['shows a certificate that is not valid for its name']);
    expect(proxy.reached).toEqual([]);
    await relay?.close();
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, localCertificate.cert]);
    try {
      const trusted = await open(through);
      expect(await browse(trusted.url, echoTarget())).toBe(200);
      expect(proxy.reached).toEqual([echoTarget()]);
    } finally {
      setDefaultCACertificates(usual);
    }
  });

  it('notices a proxy that dies in the middle of a session', async () => {
    proxy = await startHttpProxy();
    const { url } = await open(at('http', proxy.port));
    expect(await browse(url, echoTarget())).toBe(200);
    await proxy.close();
    await browse(url, echoTarget());
    await eventually('the failure', () => failures.length > 0);
    expect(failures).toHaveLength(1);
  });

  it('does not blame the proxy for where it cannot go', async () => {
    proxy = await startSocksProxy(5);
    proxy.refuse('target');
    const { url } = await open(at('socks5', proxy.port));
    for (let count = 0; count < 3; count += 1) await browse(url, echoTarget());
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(failures).toEqual([]);
    proxy.refuse(undefined);
    expect(await browse(url, echoTarget())).toBe(200);
  });

  it('does not blame the proxy while this computer has no network, and forgives it when it is back', async () => {
    proxy = await startHttpProxy();
    const { url } = await open(at('http', proxy.port));
    online = false;
    proxy.refuse('login');
    await browse(url, echoTarget());
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(failures).toEqual([]);
    proxy.refuse(undefined);
    online = true;
    expect(await browse(url, echoTarget())).toBe(200);
    expect(failures).toEqual([]);
  });

  it('closed leaves no port and no connection', async () => {
    proxy = await startHttpProxy();
    const opened = await open(at('http', proxy.port));
    const socket = await opened.connect(echoTarget());
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    await opened.close();
    await opened.close();
    await closed;
    expect(await browse(opened.url, echoTarget())).toBe(0);
    expect(failures).toEqual([]);
  });
});

describe('testing a proxy', () => {
  it.each(kinds)('of kind %s asks the echo through it', async (kind, start, user) => {
    proxy = await start();
    const answer = await proxyProbe.ask(at(protocolOf(kind), proxy.port, user), `http://127.0.0.1:${echo.port}/ip?x=1`);
    expect(answer).toBe('{"ip":"127.0.0.1"}');
    expect(proxy.reached).toEqual([echoTarget()]);
    expect(echo.reached).toEqual(['/ip?x=1']);
  });

  it('says what is wrong, without the password and without asking directly', async () => {
    proxy = await startHttpProxy(login);
    const url = `http://127.0.0.1:${echo.port}/`;
    const wrong = at('http', proxy.port, { username: 'agent', password: 'nope-nope' });
    await expect(proxyProbe.ask(wrong, url)).rejects.toThrow('it does not accept the user name and password');
    await expect(proxyProbe.ask(at('http', 9), url)).rejects.toThrow('it refuses the connection');
    await expect(proxyProbe.ask(at('socks5', 9), url)).rejects.toThrow('it refuses the connection');
    await expect(proxyProbe.ask(at('https', proxy.port), url)).rejects.toThrow(/^it /);
    await expect(proxyProbe.ask(at('socks5', echo.port), url)).rejects.toThrow(/^it /);
    expect(echo.reached).toEqual([]);
  });

  it('says when what it asked does not answer with 200', async () => {
    proxy = await startHttpProxy();
    const gone = await startEcho();
    await gone.close();
    await expect(proxyProbe.ask(at('http', proxy.port), `http://127.0.0.1:${gone.port}/`)).rejects.toThrow(/502/);
  });
});
