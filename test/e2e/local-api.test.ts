import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';

/** A port that nobody uses at this moment. */
const freePort = async (): Promise<number> => {
  const { server, port } = await occupy();
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const occupy = async (): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer((_request, response) => response.end('somebody else'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

/** What a person does in Settings so that a program can use the console, in the real window. */
describe('the local API in the window', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  let other: { readonly server: Server; readonly port: number };

  beforeAll(async () => {
    other = await occupy();
    console_ = await startConsole(data.path);
    for (const label of ['Sales', 'Support']) {
      await mustSucceed(console_.invoke('accounts.create', { label, network: 'practice' }));
    }
    await console_.page.getByRole('button', { name: /^Sales,/ }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await console_.close();
    await new Promise((resolve) => other.server.close(resolve));
    data.remove();
  }, 60_000);

  const settings = () => console_.page.getByRole('main', { name: 'Settings' });
  const status = (word: string) => settings().getByRole('status', { name: `Local API: ${word}` });
  const apiSwitch = () => settings().getByRole('switch', { name: /^Let programs/ });
  const port = () => settings().getByRole('textbox', { name: 'Port' });
  const choosePort = async (value: string | number): Promise<void> => {
    await port().fill(String(value));
    await port().press('Enter');
  };
  const ask = async (address: string, path: string, key: string): Promise<number> =>
    (await fetch(`${address}${path}`, { headers: { 'X-API-Key': key } })).status;
  const violations = async (): Promise<readonly string[]> => {
    const { violations: found } = await new AxeBuilder({ page: console_.page })
      .setLegacyMode()
      .disableRules(['label-content-name-mismatch'])
      .analyze();
    return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
  };
  const accessibleInBothThemes = async (): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await mustSucceed(console_.invoke('settings.update', { theme }));
      await eventually(`the ${theme} theme`, () =>
        console_.page.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
      );
      expect(await violations()).toEqual([]);
    }
  };

  let address = '';

  it('is off until a person switches it on, by the keyboard alone', async () => {
    const { page } = console_;
    await page.keyboard.press('Control+,');
    await status('Off').waitFor();
    await settings().getByText('No keys yet').waitFor();
    await eventually('the page to have the focus', () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Settings'),
    );
    await accessibleInBothThemes();
    const free = await freePort();
    await choosePort(free);
    await apiSwitch().focus();
    await page.keyboard.press('Space');
    await status('Running').waitFor();
    address = `http://127.0.0.1:${free}`;
    await settings().getByText(address, { exact: true }).waitFor();
    expect(await ask(address, '/health', '')).toBe(200);
  });

  it('shows its calls in the person’s own browser, and the window stays where it is', async () => {
    await console_.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { openedAddresses: opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    await settings()
      .getByRole('link', { name: /^All calls/ })
      .click();
    const opened = await eventually('the link to be opened', async () => {
      const list = await console_.app.evaluate(
        () => (globalThis as typeof globalThis & { openedAddresses: string[] }).openedAddresses,
      );
      return list.length > 0 ? list : undefined;
    });
    expect(opened).toEqual([`${address}/api-docs`]);
    expect(console_.page.url()).toBe('app://switchboard/');
    expect((await fetch(`${address}/api-docs`)).status).toBe(200);
  });

  it('makes a key with the chosen rights, shows it once, and only its own button closes it', async () => {
    const { page } = console_;
    await settings().getByRole('button', { name: 'Make a key' }).click();
    const form = page.getByRole('dialog', { name: 'Make a key' });
    await accessibleInBothThemes();
    await form.getByRole('button', { name: 'Make the key' }).click();
    await form.getByText('Say which program it is for').waitFor();
    await form.getByRole('textbox', { name: 'Program' }).fill('Order system');
    await form.getByRole('radio', { name: /^Only these/ }).check({ force: true });
    await form.getByRole('button', { name: 'Make the key' }).click();
    await form.getByText('Choose at least one account.').waitFor();
    await form.getByRole('checkbox', { name: 'Sales' }).check({ force: true });
    await form.getByRole('button', { name: 'Make the key' }).click();

    const once = page.getByRole('dialog', { name: 'The key of Order system' });
    const secret = await once.getByTestId('api-key').innerText();
    expect(secret).toMatch(/^sb_[\w-]{43}$/);
    await accessibleInBothThemes();
    await once.getByRole('button', { name: 'Copy the key' }).click();
    await once.getByText('Copied', { exact: true }).waitFor();
    expect(await console_.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(secret);
    await page.keyboard.press('Escape');
    await page.mouse.click(4, 4);
    expect(await once.isVisible()).toBe(true);
    await once.getByRole('button', { name: 'I have stored it' }).click();
    await once.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);

    await settings().getByText('Read, send · Sales').waitFor();
    const [sales, support] = await console_.accounts();
    expect(await ask(address, `/api/v1/sessions/${sales?.id}/status`, secret)).toBe(200);
    expect(await ask(address, `/api/v1/sessions/${support?.id}/status`, secret)).toBe(403);
    await settings().getByText('Never used').waitFor({ state: 'detached', timeout: 15_000 });

    await settings().getByRole('button', { name: 'Revoke Order system' }).click();
    const sure = page.getByRole('alertdialog', { name: 'Revoke Order system' });
    await accessibleInBothThemes();
    await page.keyboard.press('Escape');
    expect(await ask(address, `/api/v1/sessions/${sales?.id}/status`, secret)).toBe(200);
    await settings().getByRole('button', { name: 'Revoke Order system' }).click();
    await sure.getByRole('button', { name: 'Revoke', exact: true }).click();
    await settings().getByText('No keys yet').waitFor();
    expect(await ask(address, `/api/v1/sessions/${sales?.id}/status`, secret)).toBe(401);
  });

  it('says which port is taken and how to go on, in Settings and above the inbox', async () => {
    const { page } = console_;
    await choosePort('80');
    await settings().getByText('Type a number from 1024 to 65535.').waitFor();
    await choosePort(other.port);
    await status('Does not listen').waitFor();
    await settings()
      .getByText(`The local API cannot listen on 127.0.0.1:${other.port}: another program uses it.`)
      .waitFor();
    await accessibleInBothThemes();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^All inboxes/ }).click();
    const banner = page.getByRole('alert').filter({ hasText: 'another program uses it' });
    await banner.getByRole('button', { name: 'Open settings' }).click();
    await settings()
      .getByRole('button', { name: `Use port ${other.port + 1}` })
      .click();
    await eventually('another state', async () => (await status('Starting').count()) === 0);
    const free = await freePort();
    await choosePort(free);
    await status('Running').waitFor();
    expect(await ask(`http://127.0.0.1:${free}`, '/health', '')).toBe(200);
    await apiSwitch().click({ force: true });
    await status('Off').waitFor();
    await eventually('the port to be free', () =>
      fetch(`http://127.0.0.1:${free}/health`).then(
        () => false,
        () => true,
      ),
    );
  });

  it('lists many keys with long names, finds one by its name, and stays accessible', async () => {
    const long = 'A program with a very long name that goes on and on and on';
    for (let index = 0; index < 40; index += 1) {
      await mustSucceed(
        console_.invoke('apiKeys.create', { name: index === 7 ? long : `Robot ${index}`, scopes: ['read', 'send'] }),
      );
    }
    await settings().getByText('40 keys').waitFor({ timeout: 15_000 });
    await accessibleInBothThemes();
    await settings().getByRole('textbox', { name: 'Search the keys' }).fill('very long');
    await settings().getByText(long).waitFor();
    expect(
      await settings()
        .getByRole('button', { name: /^Revoke/ })
        .count(),
    ).toBe(1);
  });
});
