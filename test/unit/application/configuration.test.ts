import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProxyInput } from '../../../electron/contract/entities/account-settings';
import { accountId } from '../../fakes/entities';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

let app: TestApplication;
beforeEach(async () => {
  app = await createTestApplication();
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const support = accountId('support');
const proxy = { protocol: 'socks5', host: 'proxy.example', port: 1080, username: 'me' } as const;
const configure = (settings: unknown) =>
  app.dispatch(app.caller, 'accounts.configure', { accountId: support, settings });

describe('configuring an account', () => {
  it('changes what is given, says so, and writes it into the timeline without values', async () => {
    const answer = await configure({ memoryLimitMb: 700, presence: 'available' });
    expect(answer).toMatchObject({
      ok: true,
      data: { account: { settings: { memoryLimitMb: 700, presence: 'available', restartOnCrash: true } } },
    });
    expect(app.heardOf('account.updated')).toHaveLength(1);
    await app.settled();
    expect(await app.store.listTimeline(support)).toMatchObject([
      { kind: 'settings', words: 'Settings changed: memory limit, whether it shows as online' },
    ]);
  });

  it('keeps what a program notes, replaces it as a whole, and tells neither timeline nor log nor support bundle', async () => {
    expect(await configure({ metadata: { tenant: 'tenant-4711', 'owner.mail': 'ana@example.com' } })).toMatchObject({
      ok: true,
      data: { account: { settings: { metadata: { tenant: 'tenant-4711', 'owner.mail': 'ana@example.com' } } } },
    });
    await configure({ readReceipts: false });
    expect(app.accounts.find(support)?.settings.metadata).toMatchObject({ tenant: 'tenant-4711' });
    const bundle = await app.dispatch(app.caller, 'supportBundles.create', {});
    const timeline = await app.store.listTimeline(support);
    expect(JSON.stringify(bundle)).toContain('metadata: 2 entries');
    expect(JSON.stringify([bundle, timeline, app.lines, app.accountLogs.linesOf(support)])).not.toContain(
      'tenant-4711',
    );
    expect(await configure({ metadata: { other: '' } })).toMatchObject({
      data: { account: { settings: { metadata: { other: '' } } } },
    });
    await configure({ metadata: {} });
    expect(app.accounts.find(support)?.settings.metadata).toEqual({});
  });

  it.each([
    ['a number', { tenant: 4711 }, 'Support: settings › metadata › tenant must be text'],
    ['an odd name', { 'a\n“b”': 'x' }, 'Support: settings › metadata › a??b? (its name) must be letters'],
    ['a long name', { ['n'.repeat(65)]: 'x' }, 'must have at most 64 characters'],
    ['a long value', { tenant: 'v'.repeat(1_025) }, 'Support: settings › metadata › tenant must have at most 1024'],
    [
      'too many entries',
      Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`n${index}`, 'x'])),
      'Support: settings › metadata must have at most 32 entries',
    ],
    [
      'too much in all',
      Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`n${index}`, 'v'.repeat(1_023)])),
      'Support: settings › metadata must have at most 8192 characters in all',
    ],
    ['a text', 'tenant', 'Support: settings › metadata'],
  ])('refuses metadata with %s by the account and the field and changes nothing', async (_what, metadata, words) => {
    const answer = await configure({ metadata });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(words) },
    });
    expect(app.accounts.find(support)?.settings.metadata).toEqual({});
  });

  it('gives the password to the system’s secret store and to nobody else', async () => {
    const answer = await configure({ proxy: { ...proxy, password: 'very secret' } });
    expect(answer).toMatchObject({ ok: true, data: { account: { settings: { proxy: { hasPassword: true } } } } });
    await app.settled();
    expect([...app.secrets.stored]).toEqual([['support proxyPassword', 'very secret']]);
    const seen = JSON.stringify([answer, app.heard, app.lines, app.accountLogs.linesOf(support), app.accounts.list()]);
    expect(seen).not.toContain('very secret');
  });

  it('says plainly when this computer only obscures passwords', async () => {
    app.secrets.level = 'obscured';
    const answer = await configure({ proxy: { ...proxy, password: 'p' } });
    expect(answer).toMatchObject({ ok: true, data: { notice: expect.stringContaining('no secret store') } });
    expect(await configure({ readReceipts: false })).not.toMatchObject({ data: { notice: expect.anything() } });
  });

  it('forgets the password with the proxy', async () => {
    await configure({ proxy: { ...proxy, password: 'p' } });
    await configure({ proxy: 'none' });
    expect(app.secrets.stored.size).toBe(0);
  });

  it.each([
    ['--no-sandbox', /^Support: the browser switch --no-sandbox /],
    ['--proxy-server=http://me:pw@x', /^Support: the browser switch --proxy-server /],
  ])('refuses the browser switch %s by name and changes nothing', async (flag, words) => {
    const answer = await configure({ chromiumFlags: ['--lang=de', flag], memoryLimitMb: 700 });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'CHROMIUM_FLAG_REFUSED', message: expect.stringMatching(words) },
    });
    expect(JSON.stringify(answer)).not.toContain('pw');
    expect(app.accounts.find(support)?.settings.memoryLimitMb).toBeUndefined();
  });

  it('refuses a browser that is not there', async () => {
    app.outside.browserProblems.set('/opt/chrome', 'does not exist');
    expect(await configure({ browser: { kind: 'installed', path: '/opt/chrome' } })).toMatchObject({
      ok: false,
      error: {
        code: 'BROWSER_NOT_FOUND',
        message: expect.stringContaining('Support: the browser /opt/chrome does not'),
      },
    });
    expect(app.accounts.find(support)?.settings.browser).toEqual({ kind: 'builtin' });
  });

  it.each<[string, unknown, RegExp]>([
    ['a protocol in the host', { ...proxy, host: 'http://proxy.example' }, /proxy › host/],
    ['a port in the host', { ...proxy, host: 'proxy.example:8080' }, /proxy › host/],
    ['an empty label', { ...proxy, host: 'a..b' }, /proxy › host/],
    ['an address that is none', { ...proxy, host: '999.1.1.1' }, /proxy › host/],
    ['brackets around nothing', { ...proxy, host: '[::g]' }, /proxy › host/],
    ['port 0', { ...proxy, port: 0 }, /proxy › port/],
    ['port 65536', { ...proxy, port: 65_536 }, /proxy › port/],
    ['an unknown protocol', { ...proxy, protocol: 'ftp' }, /proxy › protocol/],
    ['a password without a name', { protocol: 'http', host: 'h', port: 1, password: 'p' }, /proxy › username/],
    ['a password for socks4', { ...proxy, protocol: 'socks4', password: 'p' }, /proxy › password/],
    ['a colon in the name', { ...proxy, protocol: 'http', username: 'a:b' }, /proxy › username/],
  ])('refuses a proxy that makes no sense by its field: %s', async (_what, wrong, words) => {
    expect(await configure({ proxy: wrong })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringMatching(words) },
    });
    expect(app.accounts.find(support)?.settings.proxy).toBeUndefined();
  });
});

describe('testing a proxy', () => {
  const test = (given?: ProxyInput) =>
    app.dispatch(app.caller, 'proxies.test', { accountId: support, ...(given === undefined ? {} : { proxy: given }) });
  const asked: { readonly proxy: ProxyInput; readonly url: string }[] = [];
  beforeEach(() => {
    asked.length = 0;
    app.outside.askThrough = async (through, url) => {
      asked.push({ proxy: through, url });
      app.clock.advance(120);
      return '{"ip":"203.0.113.7"}';
    };
  });

  it('answers with the address that the world sees, asked at the address of the settings', async () => {
    await app.dispatch(app.caller, 'settings.update', { proxyTestUrl: 'http://127.0.0.1:9/echo' });
    expect(await test({ ...proxy, password: 'p' })).toEqual({
      ok: true,
      data: { exitAddress: '203.0.113.7', durationMs: 120 },
    });
    expect(asked).toEqual([{ proxy: { ...proxy, password: 'p' }, url: 'http://127.0.0.1:9/echo' }]);
  });

  it('takes the stored password for the stored proxy, and no other', async () => {
    await configure({ proxy: { ...proxy, password: 'stored' } });
    await test();
    await test({ ...proxy });
    await test({ ...proxy, host: 'other.example' });
    expect(asked.map(({ proxy: through }) => through.password)).toEqual(['stored', 'stored', undefined]);
  });

  it('says what is wrong with account, proxy and reason', async () => {
    app.outside.askThrough = async () => {
      throw new Error('it refuses the connection');
    };
    expect(await test(proxy)).toMatchObject({
      ok: false,
      error: {
        code: 'PROXY_FAILED',
        message:
          'Support: the socks5 proxy proxy.example:1080 does not work: it refuses the connection. Check its host, port, user and password, then test it again.',
      },
    });
  });

  it('does not make an address up', async () => {
    app.outside.askThrough = async () => '<html>Please sign in</html>';
    expect(await test(proxy)).toMatchObject({ ok: false, error: { code: 'PROXY_FAILED' } });
  });

  it('of an account without one, or whose password is gone, says so instead of going without', async () => {
    expect(await test()).toMatchObject({ ok: false, error: { message: expect.stringContaining('has no proxy') } });
    await configure({ proxy: { ...proxy, password: 'p' } });
    app.secrets.stored.clear();
    expect(await test()).toMatchObject({
      ok: false,
      error: { code: 'PROXY_FAILED', message: expect.stringContaining('enter it again') },
    });
    expect(asked).toEqual([]);
  });

  it('is asked only at web addresses', async () => {
    for (const proxyTestUrl of ['ftp://example.com', 'javascript:1', 'file:///etc/passwd', '']) {
      expect(await app.dispatch(app.caller, 'settings.update', { proxyTestUrl })).toMatchObject({
        ok: false,
        error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('proxy test url') },
      });
    }
  });
});
