import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, startEcho, startSocksProxy } from '../fakes/local-proxies';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccount } from '../fixtures/linked-accounts';

const login = { username: 'agent', password: 'very-secret-word' } as const;

/** What an operator sees of an account, and an account that goes out through a proxy, with real processes. */
describe('an account behind a proxy, and what is written down about it', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  let proxy: LocalServer;
  let echo: LocalServer;
  let sales = '';
  let support = '';

  beforeAll(async () => {
    [proxy, echo] = await Promise.all([startSocksProxy(5, login), startEcho()]);
    console_ = await startConsole(data.path);
    sales = await linkAccount(console_, 'Sales', '5511900000001');
    support = await linkAccount(console_, 'Support', '5511900000002');
  }, 180_000);
  afterAll(async () => {
    await console_.close();
    await Promise.all([proxy.close(), echo.close()]);
    data.remove();
  }, 60_000);

  const setProxy = (password: string) =>
    console_.invokeRaw('accounts.configure', {
      accountId: sales,
      settings: { proxy: { protocol: 'socks5h', host: '127.0.0.1', port: proxy.port, username: 'agent', password } },
    });
  const stateOf = async (accountId: string) =>
    (await mustSucceed(console_.invokeRaw('sessions.get', { accountId }))) as {
      readonly session: { readonly status: { readonly state: string; readonly error?: { readonly code: string } } };
    };

  it('has its password in the system’s secret store, and nowhere in its folder as text', async () => {
    const set = await setProxy(login.password);
    expect(set).toMatchObject({ ok: true, data: { account: { settings: { proxy: { hasPassword: true } } } } });
    const folder = join(data.path, 'accounts', sales);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
    for (const file of [join(folder, 'secrets.json'), join(data.path, 'settings.json')]) {
      expect(readFileSync(file, 'utf8')).not.toContain(login.password);
    }
  });

  it('shows the exit address that a test through the proxy finds', async () => {
    await mustSucceed(console_.invokeRaw('settings.update', { proxyTestUrl: `http://127.0.0.1:${echo.port}/address` }));
    expect(await console_.invokeRaw('proxies.test', { accountId: sales })).toMatchObject({
      ok: true,
      data: { exitAddress: '127.0.0.1' },
    });
    expect(echo.reached).toEqual(['/address']);
    expect(proxy.reached).toEqual([`127.0.0.1:${echo.port}`]);
  });

  it('goes out through it, without a new code', async () => {
    await mustSucceed(console_.invokeRaw('sessions.restart', { accountId: sales }));
    await console_.waitForState(sales, 'ready');
    const { port } = JSON.parse(readFileSync(join(data.path, 'practice', 'control.json'), 'utf8')) as { port: number };
    expect(proxy.reached.filter((target) => target === `127.0.0.1:${port}`).length).toBeGreaterThan(1);
  });

  it('stops when the proxy fails, says so, never goes direct, and leaves its neighbour alone', async () => {
    await proxy.close();
    await console_.waitForState(sales, 'failed', 40_000);
    const { session } = await stateOf(sales);
    expect(session.status.error).toMatchObject({
      code: 'PROXY_FAILED',
      message: expect.stringMatching(/Sales.*socks5h proxy 127\.0\.0\.1.*refuses the connection/),
    });
    expect((await stateOf(support)).session.status.state).toBe('ready');
    await mustSucceed(console_.invokeRaw('sessions.start', { accountId: sales }));
    await console_.waitForState(sales, 'failed', 40_000);
  });

  it('comes back without the proxy when it is taken away, still without a new code', async () => {
    await mustSucceed(console_.invokeRaw('accounts.configure', { accountId: sales, settings: { proxy: 'none' } }));
    expect(readdirSync(join(data.path, 'accounts', sales))).not.toContain('secrets.json');
    await mustSucceed(console_.invokeRaw('sessions.start', { accountId: sales }));
    await console_.waitForState(sales, 'ready');
  });

  it('is measured with what it costs', async () => {
    await console_.invoke('usage.get', {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { usage } = await mustSucceed(console_.invoke('usage.get', {}));
    expect(usage.accounts.map(({ accountId }) => accountId)).toEqual([sales, support]);
    for (const { cost } of usage.accounts) {
      // Worker, browser and its children.
      expect(cost.processes).toBeGreaterThanOrEqual(4);
      expect(cost.memoryMb).toBeGreaterThan(60);
      expect(cost.memoryMb).toBeLessThan(600);
    }
    expect(usage.console.processes).toBeGreaterThanOrEqual(3);
    expect(usage.machine.roomForAccounts).toBeGreaterThan(0);
    await mustSucceed(console_.invokeRaw('sessions.stop', { accountId: support }));
    const after = await mustSucceed(console_.invoke('usage.get', {}));
    expect(after.usage.accounts.map(({ accountId }) => accountId)).toEqual([sales]);
  });

  it('has a timeline and a log, and a support bundle without anything private', async () => {
    const { entries } = (await mustSucceed(console_.invokeRaw('sessions.timeline', { accountId: sales }))) as {
      readonly entries: readonly { readonly kind: string; readonly words: string }[];
    };
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.map(({ words }) => words).join('\n')).toMatch(/Settings changed: proxy/);
    const { lines } = (await mustSucceed(console_.invokeRaw('sessions.logs', { accountId: sales, limit: 1_000 }))) as {
      readonly lines: readonly unknown[];
    };
    expect(lines.length).toBeGreaterThan(5);
    const { text } = await mustSucceed(console_.invoke('supportBundles.create', {}));
    expect(text).toContain('## Sales');
    const told = [JSON.stringify(entries), JSON.stringify(lines), text].join('\n');
    for (const secret of [login.password, '5511900000001', '5511900000002', '@c.us']) {
      expect(told).not.toContain(secret);
    }
  });

  it('is written down for the next run too', async () => {
    await console_.close();
    console_ = await startConsole(data.path);
    const timeline = await eventually('the timeline', async () => {
      const { entries } = (await mustSucceed(console_.invokeRaw('sessions.timeline', { accountId: sales }))) as {
        readonly entries: readonly { readonly words: string }[];
      };
      return entries;
    });
    expect(timeline.some(({ words }) => words.startsWith('Settings changed'))).toBe(true);
  });
});
