import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  desktopEnvironment,
  electronBinary,
  repositoryRoot,
  rootArguments,
  temporaryFolder,
} from '../fixtures/console-app';

/** What an account's page may not do, tried from inside the page. */
describe('the browser of an account', () => {
  const data = temporaryFolder();
  const profile = join(data.path, 'profile');
  let browser: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    browser = await _electron.launch({
      executablePath: electronBinary,
      args: [...rootArguments(), repositoryRoot, '--account-browser', `--user-data-dir=${profile}`],
      env: desktopEnvironment(),
    });
    page = await browser.firstWindow();
    // Nothing leaves this machine: whatever address is asked for, this is the answer.
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<title>stand-in</title>' }));
    await page.goto('https://web.whatsapp.com/');
  }, 60_000);
  afterAll(async () => {
    try {
      await browser.close();
    } finally {
      data.remove();
    }
  });

  it('opens one hidden window on its own profile, without a menu', async () => {
    const facts = await browser.evaluate(({ app, BrowserWindow, Menu }) => ({
      visible: BrowserWindow.getAllWindows().map((window) => window.isVisible()),
      menu: Menu.getApplicationMenu() === null,
      userData: app.getPath('userData'),
      sessionData: app.getPath('sessionData'),
    }));
    expect(facts).toEqual({ visible: [false], menu: true, userData: profile, sessionData: profile });
  });

  it('says nothing of this program in its user agent', async () => {
    const userAgent = await page.evaluate(() => navigator.userAgent);
    expect(userAgent).toMatch(
      /^Mozilla\/5\.0 \([^)]+\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) Chrome\/[\d.]+ Safari\/[\d.]+$/,
    );
  });

  it('gives the page no way into the machine', async () => {
    const types = await page.evaluate(() => [typeof globalThis.require, typeof globalThis.process]);
    expect(types).toEqual(['undefined', 'undefined']);
  });

  it('refuses every permission, asked for or looked up', async () => {
    const answers = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read', 'persistent-storage'];
      const states = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
      return {
        states: (await Promise.all(states)).map((status) => status.state),
        asked: await Notification.requestPermission(),
        persisted: await navigator.storage.persist(),
      };
    });
    expect(answers).toEqual({ states: Array.from({ length: 6 }, () => 'denied'), asked: 'denied', persisted: false });
  });

  it('opens no window, shows no dialog and leaves WhatsApp’s addresses for nobody', async () => {
    expect(await page.evaluate(() => [window.open('https://example.com/'), window.confirm('?')])).toEqual([
      null,
      false,
    ]);
    for (const address of [
      'https://example.com/',
      'https://web.whatsapp.com.example.com/',
      'http://web.whatsapp.com/',
    ]) {
      await page.evaluate((there) => {
        window.location.href = there;
      }, address);
      await page.waitForTimeout(300);
      expect(page.url()).toBe('https://web.whatsapp.com/');
    }
    expect(browser.windows()).toHaveLength(1);
  });

  it('loads no foreign page into a frame', async () => {
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    });
    await page.waitForTimeout(300);
    expect(page.frames().map((frame) => frame.url())).not.toContain('https://example.com/');
  });

  it('downloads nothing', async () => {
    const refused = browser.evaluate(
      ({ session }) =>
        new Promise<boolean>((resolve) => {
          // Heard after the guard, which has decided by then.
          session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented));
        }),
    );
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'data:application/octet-stream,secret';
      link.download = 'secret.bin';
      document.body.append(link);
      link.click();
    });
    expect(await refused).toBe(true);
  });

  it('still lets the page reload itself', async () => {
    const loaded = page.waitForEvent('load');
    await page.evaluate(() => window.location.reload());
    await loaded;
    expect(await page.title()).toBe('stand-in');
  });
});
