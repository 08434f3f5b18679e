import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { readQr } from '../fixtures/read-qr';

/** What a person does at the API's address, in a real page of a browser that has nothing but that address and a key. */
describe('the web console', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  let page: Page;
  let address = '';
  let secret = '';
  let keyId = '';
  const errors: string[] = [];

  const makeKey = (name: string, scopes: ('read' | 'send' | 'control' | 'admin')[], accountIds?: string[]) =>
    mustSucceed(
      console_.invokeRaw('apiKeys.create', { name, scopes, ...(accountIds === undefined ? {} : { accountIds }) }),
    ) as Promise<{ readonly apiKey: { readonly id: string }; readonly secret: string }>;

  beforeAll(async () => {
    // Sessions that are made over the API live where the console's own demo accounts do.
    console_ = await startConsole(data.path, ['--demo']);
    await eventually('the demo accounts', async () => (await console_.accounts()).length === 2);
    address = await eventually('a free port', async () => {
      const port = 20_000 + Math.floor(Math.random() * 20_000);
      await mustSucceed(console_.invoke('settings.update', { api: { enabled: true, port } }));
      return eventually(
        'the local API',
        async () => {
          const state = await mustSucceed(console_.invoke('apis.get', {}));
          return state.address?.endsWith(`:${port}`) ? state.address : undefined;
        },
        5_000,
      );
    });
    const key = await makeKey('The test', ['read', 'send', 'control', 'admin']);
    secret = key.secret;
    keyId = key.apiKey.id;
    const opened = console_.app.waitForEvent('window');
    await console_.app.evaluate(({ BrowserWindow }, url) => {
      const window = new BrowserWindow({
        width: 1_400,
        height: 900,
        webPreferences: { sandbox: true, contextIsolation: true, partition: 'web-console' },
      });
      void window.loadURL(`${url}/`);
    }, address);
    page = await opened;
    page.on('pageerror', (error) => errors.push(error.message));
    await page.getByLabel('API key').waitFor();
  }, 150_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  const accessibleInBothThemes = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 140)}`))).toEqual([]);
    }
  };
  const session = (name: string) =>
    page.getByRole('navigation', { name: 'Sessions' }).getByRole('button', { name: new RegExp(`${name} `) });
  const head = () => page.getByRole('region', { name: 'Session' });
  const open = async (key: string): Promise<void> => {
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Open the console' }).click();
  };

  it('shows nothing without a key, and says what is wrong with one', async () => {
    await accessibleInBothThemes();
    await open('');
    await page.getByText('Type the key first.').waitFor();
    await open('sb_guessed');
    await page.getByText('This API key does not exist or was revoked.').waitFor();
    const { secret: weak } = await makeKey('Weak', ['send']);
    await open(weak);
    await page.getByText('This key may not look at the sessions.').waitFor();
    await accessibleInBothThemes();
    expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).toBe('[]');
  });

  it('shows every session with its live state, and keeps the key in this tab only', async () => {
    await open(secret);
    await session('Sales').waitFor();
    const [sales] = await console_.accounts();
    await console_.waitForState(sales?.id ?? '', 'ready', 90_000);
    await session('Sales').filter({ hasText: 'Ready' }).waitFor();
    const kept = await page.evaluate(async () => ({
      tab: Object.fromEntries(Object.entries<string>(sessionStorage)),
      disk: Object.fromEntries(Object.entries<string>(localStorage)),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
    }));
    expect(kept).toEqual({ tab: { 'switchboard-api-key': secret }, disk: {}, cookies: '', databases: 0 });
    expect(page.url()).not.toContain(secret);
    await page.reload();
    await session('Sales').waitFor();
    await accessibleInBothThemes();
  }, 120_000);

  it('makes a session, shows its code until a phone has scanned it, and its chats then', async () => {
    await page.getByRole('button', { name: 'New session' }).click();
    const dialog = page.getByRole('dialog', { name: 'New session' });
    await dialog.getByLabel('Session id').fill('no spaces please');
    const make = () => dialog.getByRole('button', { name: 'Make and start' }).click();
    await make();
    await dialog.getByText('Use 1 to 64 letters, digits, _ and -.').waitFor();
    await dialog.getByLabel('Session id').fill('Shop_1');
    await dialog.getByText('More settings').click();
    await dialog.getByLabel('Codes are shown for, in seconds').fill('5');
    await dialog.getByText('More settings').click();
    // What is wrong in there is shown, wherever the person has left it.
    await make();
    await dialog.getByText('Type 20 to 3600.').waitFor();
    await accessibleInBothThemes();
    await dialog.getByLabel('Codes are shown for, in seconds').fill('150');
    await dialog.getByLabel('Browser', { exact: true }).selectOption('Built-in');
    await dialog.getByLabel('Switches of the browser').fill('--lang=de\n\n --no-sandbox ');
    await dialog.getByLabel('Show its window').check();
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await make();
    expect((await asked).postDataJSON()).toMatchObject({
      sessionId: 'Shop_1',
      config: { headless: false, useChrome: false, qrTimeout: 150, chromiumArgs: ['--lang=de', '--no-sandbox'] },
    });
    await dialog.getByText(/Shop_1: the browser switch --no-sandbox /).waitFor();
    expect((await console_.accounts()).map(({ id }) => id)).not.toContain('shop_1');
    await dialog.getByLabel('Switches of the browser').fill('--lang=de');
    await dialog.getByLabel('Show its window').uncheck();
    await make();
    await dialog.waitFor({ state: 'detached' });
    await head().getByRole('heading', { name: 'Shop_1' }).waitFor();
    const code = page.getByRole('img', { name: 'QR code to scan with the phone' });
    await code.waitFor({ timeout: 60_000 });
    const account = (await console_.accounts()).find(({ id }) => id === 'shop_1');
    expect(account).toMatchObject({
      network: 'practice',
      settings: {
        linkTimeoutMs: 150_000,
        startTimeoutMs: 60_000,
        chromiumFlags: ['--lang=de'],
        browser: { kind: 'builtin' },
      },
    });
    await accessibleInBothThemes();
    const qr = await eventually('a code that a camera can read', async () => readQr(await code.screenshot()), 60_000);
    const practice = await console_.practice();
    await practice.setHabits(false);
    await practice.createCustomer({ number: '5511977775555', name: 'Rita Moura', autoRead: true });
    await practice.scan({ qr, phone: '5511955550177', pushname: 'Shop' });
    await session('Shop_1').filter({ hasText: 'Ready' }).waitFor({ timeout: 60_000 });
    await code.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(qr);
  }, 150_000);

  it('shows a message as it arrives, as text whatever is in it, and sends the answer once', async () => {
    const practice = await console_.practice();
    const body = 'Bom dia <img src=x onerror="document.title=1"> https://example.com';
    await practice.writeAs('5511977775555', { phone: '5511955550177', body });
    const chat = page.getByRole('region', { name: 'Chats' }).getByRole('button', { name: /Rita Moura/ });
    await chat.click();
    const log = page.getByRole('log', { name: 'Messages' });
    await log.getByText(body, { exact: true }).waitFor();
    expect(await log.locator('img').count()).toBe(0);
    // Read is what a person looks at.
    await page.bringToFront();
    await chat.getByLabel(/unread/).waitFor({ state: 'hidden' });
    await session('Shop_1')
      .getByLabel(/unread/)
      .waitFor({ state: 'hidden' });
    await page.getByText('Answering as Shop_1 · +5511955550177').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('Bom dia, Rita!');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await log.locator('.message').filter({ hasText: 'Bom dia, Rita!' }).getByText('Read').waitFor({ timeout: 30_000 });
    expect((await practice.receivedBy('5511977775555')).map((message) => message.body)).toEqual(['Bom dia, Rita!']);
    await accessibleInBothThemes();
  }, 90_000);

  it('writes to a number that has no chat yet', async () => {
    const practice = await console_.practice();
    await practice.createCustomer({ number: '5511977776666', name: 'New Person', autoRead: true });
    await page.getByLabel('Write to a number').fill('+55 11 97777-6666');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('No messages yet.').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('Olá');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log', { name: 'Messages' }).getByText('Olá').waitFor({ timeout: 30_000 });
    await eventually('the message at the phone', async () => {
      const received = await practice.receivedBy('5511977776666');
      return received.length === 1;
    });
  }, 60_000);

  it('stops and starts a session, shows its log, and deletes it only after asking', async () => {
    await head().getByRole('button', { name: 'Stop' }).click();
    await session('Shop_1').filter({ hasText: 'Stopped' }).waitFor({ timeout: 30_000 });
    await head().getByRole('button', { name: 'Start' }).click();
    await session('Shop_1').filter({ hasText: 'Ready' }).waitFor({ timeout: 60_000 });
    await head().getByRole('button', { name: 'Log', exact: true }).click();
    await page.getByRole('list', { name: 'Log lines' }).getByRole('listitem').first().waitFor();
    await accessibleInBothThemes();
    await head().getByRole('button', { name: 'Delete' }).click();
    const sure = page.getByRole('dialog', { name: 'Delete Shop_1' });
    await accessibleInBothThemes();
    await page.keyboard.press('Escape');
    await sure.waitFor({ state: 'detached' });
    expect((await console_.accounts()).some(({ id }) => id === 'shop_1')).toBe(true);
    await head().getByRole('button', { name: 'Delete' }).click();
    await sure.getByRole('button', { name: 'Delete for good' }).click();
    await session('Shop_1').waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByRole('heading', { name: 'Choose a session' }).waitFor();
    expect((await console_.accounts()).map(({ label }) => label)).toEqual(['Sales', 'Support']);
  }, 150_000);

  it('says when Switchboard does not answer, and goes on by itself when it does', async () => {
    const { settings } = await mustSucceed(console_.invoke('settings.get', {}));
    await mustSucceed(console_.invoke('settings.update', { api: { ...settings.api, enabled: false } }));
    await page.getByText('Switchboard does not answer.').waitFor();
    await accessibleInBothThemes();
    await mustSucceed(console_.invoke('settings.update', { api: { ...settings.api, enabled: true } }));
    await page.getByText('Switchboard does not answer.').waitFor({ state: 'hidden', timeout: 30_000 });
    const [sales] = await console_.accounts();
    await mustSucceed(console_.invoke('accounts.update', { accountId: sales?.id as never, label: 'Sales Brazil' }));
    await session('Sales Brazil').waitFor();
  }, 60_000);

  it('closes with its key, and forgets it', async () => {
    await mustSucceed(console_.invokeRaw('apiKeys.revoke', { keyId }));
    await page.getByText('This API key does not exist or was revoked.').waitFor({ timeout: 30_000 });
    expect(await page.content()).not.toContain('Sales');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    const { secret: next } = await makeKey('Next', ['read']);
    await open(next);
    await session('Sales').waitFor();
    await page.getByRole('button', { name: 'Forget the key' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  }, 60_000);

  it('shows a key of one session that session and no other', async () => {
    const [, support] = await console_.accounts();
    const { secret: bound } = await makeKey('Support only', ['read', 'control'], [support?.id ?? '']);
    await open(bound);
    await session('Support').filter({ hasText: 'Ready' }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('navigation', { name: 'Sessions' }).getByRole('listitem').count()).toBe(1);
    await session('Support').click();
    await page.getByRole('region', { name: 'Chats' }).getByRole('listitem').first().waitFor();
    await head().getByRole('button', { name: 'Delete' }).click();
    const sure = page.getByRole('dialog', { name: 'Delete Support' });
    await sure.getByRole('button', { name: 'Delete for good' }).click();
    await sure.getByRole('alert').waitFor();
    expect(await sure.getByRole('alert').innerText()).toMatch(/may not do this/);
    expect((await console_.accounts()).length).toBe(2);
    await sure.getByRole('button', { name: 'Keep it' }).click();
    expect(errors).toEqual([]);
  }, 60_000);
});
