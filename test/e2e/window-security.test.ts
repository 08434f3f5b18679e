import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleApp, startConsole, temporaryFolder, type WindowWithApi } from '../fixtures/console-app';

/** The window shows strangers' text all day. Whatever is in it, it must not reach this machine. */
describe('the window is a sandbox', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  beforeAll(async () => {
    console_ = await startConsole(data.path);
    await console_.page.waitForLoadState('load');
  }, 90_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  it('runs on our own origin, sandboxed, isolated and without Node', async () => {
    expect(console_.page.url()).toBe('app://switchboard/');
    const preferences = await console_.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const globals = await console_.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    );
    expect(globals).toEqual([]);
  });

  it('offers the page two functions and nothing else', async () => {
    expect(await console_.page.evaluate(() => Object.keys((globalThis as WindowWithApi).api).sort())).toEqual([
      'invoke',
      'subscribe',
    ]);
  });

  it('has a policy under which no inline or foreign script runs and nothing is fetched elsewhere', async () => {
    const result = await console_.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.__inlineRan = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.__handlerRan = true');
      image.src = 'data:image/png;base64,AA';
      document.body.append(image);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const evaluated = (() => {
        try {
          // oxlint-disable-next-line typescript/no-implied-eval -- that this throws is the promise
          return Function('return true')() as boolean;
        } catch {
          return false;
        }
      })();
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      return { inline: '__inlineRan' in window, handler: '__handlerRan' in window, evaluated, fetched };
    });
    expect(result).toEqual({ inline: false, handler: false, evaluated: false, fetched: false });
    const header = await console_.page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(header).toContain("script-src 'self'");
    expect(header).not.toContain('unsafe');
  });

  it('denies navigation, new windows and frames of other origins', async () => {
    const before = console_.page.url();
    await console_.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    const opened = await console_.page.evaluate(() => window.open('file:///etc/passwd') === null);
    await console_.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(opened).toBe(true);
    expect(console_.page.url()).toBe(before);
    expect(await console_.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(console_.page.frames().every((frame) => !frame.url().startsWith('https://'))).toBe(true);
  });

  it('denies every permission', async () => {
    const answers = await console_.page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'denied',
      ),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('denied'),
        ),
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'given',
        () => 'denied',
      ),
    }));
    expect(answers).toEqual({ notifications: 'denied', camera: 'denied', place: 'denied', clipboard: 'denied' });
  });

  it('serves nothing outside the renderer’s folder', async () => {
    const statuses = await console_.page.evaluate(async () => {
      const paths = [
        '/../main/index.js',
        '/%2e%2e/main/index.js',
        '/..%2f..%2fpackage.json',
        '/%00',
        '/assets/../../preload/index.cjs',
        '/%',
      ];
      return Promise.all(paths.map(async (path) => (await fetch(`app://switchboard${path}`)).status));
    });
    expect(statuses.every((status) => status === 404)).toBe(true);
  });

  it('answers unknown operations and wrong arguments with an error and stays alive', async () => {
    const codes = await console_.page.evaluate(async () => {
      const calls: [string, unknown][] = [
        ['accounts.explode', {}],
        ['__proto__', {}],
        ['toString', {}],
        ['accounts.list', { extra: 1 }],
        ['accounts.list', null],
        ['accounts.create', { label: 'x'.repeat(10_240), network: 'practice' }],
      ];
      const answers = await Promise.all(
        calls.map(([name, input]) => (globalThis as WindowWithApi).api.invoke(name, input)),
      );
      return answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    });
    expect(codes).toEqual([
      'OPERATION_NOT_FOUND',
      'OPERATION_NOT_FOUND',
      'OPERATION_NOT_FOUND',
      'VALIDATION_ERROR',
      'VALIDATION_ERROR',
      'VALIDATION_ERROR',
    ]);
  });

  it('refuses a call that does not come from our own top-level frame', async () => {
    const answer = await console_.app.evaluate(async ({ BrowserWindow, app }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/out/preload/index.cjs`, sandbox: true, contextIsolation: true },
      });
      await stranger.loadURL('data:text/html,<title>stranger</title>');
      const result: unknown = await stranger.webContents.executeJavaScript(
        `window.api.invoke('accounts.list', {}).then((envelope) => envelope.ok ? 'answered' : envelope.error.code, () => 'rejected')`,
      );
      stranger.destroy();
      return result;
    });
    expect(answer).toBe('FORBIDDEN');
  });
});
