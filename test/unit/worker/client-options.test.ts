import { describe, expect, it } from 'vitest';
import type { AuthStrategy } from 'whatsapp-web.js';
import { type Launch, launchSchema } from '../../../electron/contract/frames';
import { clientOptions } from '../../../electron/worker/driver/client-options';

const launch = (changes: Partial<Launch> = {}): Launch => ({
  ...launchSchema.parse({
    profileDir: '/data/accounts/sales/profile',
    browser: { executablePath: '/opt/switchboard', args: ['--account-browser'] },
    maxQrAttempts: 6,
  }),
  ...changes,
});
const argumentsOf = (changes: Partial<Launch> = {}): readonly string[] =>
  clientOptions(launch(changes), {} as AuthStrategy).puppeteer?.args ?? [];

describe('how an account’s browser is started', () => {
  it('goes through the relay or not at all', () => {
    const proxyServer = 'http://browser:the-key@127.0.0.1:40123';
    const given = argumentsOf({ proxyServer });
    expect(given).toContain('--proxy-server=http://127.0.0.1:40123');
    // Others on this computer can read the command line.
    expect(given.join(' ')).not.toContain('the-key');
    // Without this, Chromium goes to addresses of this computer directly.
    expect(given).toContain('--proxy-bypass-list=<-loopback>');
    expect(given).toContain('--force-webrtc-ip-handling-policy=disable_non_proxied_udp');
    expect(given).toContain('--disable-quic');
    expect(given.some((argument) => argument.startsWith('--host-resolver-rules=MAP * ~NOTFOUND'))).toBe(true);
    expect(argumentsOf().some((argument) => argument.includes('proxy'))).toBe(false);
  });

  it('hangs on a pipe and on its own profile, whichever browser it is', () => {
    for (const kind of ['builtin', 'installed'] as const) {
      const options = clientOptions(
        launch({ browser: { kind, executablePath: '/opt/browser', args: [] } }),
        {} as AuthStrategy,
      );
      expect(options.puppeteer).toMatchObject({ pipe: true, userDataDir: '/data/accounts/sales/profile' });
    }
  });

  it('hides an installed browser in its own way and never weakens it', () => {
    const installed: Launch['browser'] = { kind: 'installed', executablePath: '/usr/bin/chromium', args: [] };
    const given = argumentsOf({ browser: installed, chromiumFlags: ['--force-device-scale-factor=2'] });
    expect(given).toContain('--headless=new');
    expect(given).toContain('--force-device-scale-factor=2');
    expect(given.join(' ')).not.toMatch(/sandbox|web-security|certificate|LocalNetworkAccess/);
    expect(argumentsOf()).not.toContain('--headless=new');
  });

  it('counts codes itself: the library would close the browser without a word', () => {
    expect(clientOptions(launch(), {} as AuthStrategy).qrMaxRetries).toBe(0);
  });
});
