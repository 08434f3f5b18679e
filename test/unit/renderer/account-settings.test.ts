import { describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../../electron/contract/entities/account-settings';
import {
  accountSettingsChangeSchema,
  accountSettingsSchema,
} from '../../../electron/contract/entities/account-settings';
import {
  draftOf,
  editOf,
  isEdited,
  isSavedProxy,
  problemsOf,
  type SettingsDraft,
} from '../../../renderer/features/account-settings/settings-draft';

const anAccountWith = (settings: Partial<AccountSettings> = {}) => ({
  autoStart: true,
  settings: accountSettingsSchema.parse(settings),
});
const aDraft = (changes: Partial<SettingsDraft> = {}, settings: Partial<AccountSettings> = {}): SettingsDraft => ({
  ...draftOf(anAccountWith(settings)),
  ...changes,
});
const proxy = {
  protocol: 'socks5',
  host: 'proxy.example.com',
  port: 1080,
  username: 'ana',
  hasPassword: true,
} as const;

describe('form of an account’s settings', () => {
  it('changes nothing when nothing was typed', () => {
    for (const settings of [
      {},
      { proxy, memoryLimitMb: 900, hibernation: { afterIdleMinutes: 9, lookEveryMinutes: 7 } },
    ]) {
      const account = anAccountWith(settings);
      expect(isEdited(draftOf(account), account)).toBe(false);
      expect(editOf(draftOf(account), account)).toEqual({ settings: undefined, autoStart: undefined });
      expect(problemsOf(draftOf(account))).toEqual({});
    }
  });

  it('sends only what differs, in a form that the contract takes', () => {
    const { settings, autoStart } = editOf(
      aDraft({
        autoStart: false,
        restartOnCrash: false,
        memoryLimitOn: true,
        memoryLimitMb: ' 800 ',
        syncTimeoutMinutes: '20',
        presence: 'available',
        sleepOn: true,
        chromiumFlags: '--disable-gpu\n\n  --mute-audio ',
        browser: 'installed',
        browserPath: ' /usr/bin/chromium ',
      }),
      anAccountWith(),
    );
    expect(autoStart).toBe(false);
    expect(settings).toEqual({
      restartOnCrash: false,
      memoryLimitMb: 800,
      syncTimeoutMs: 1_200_000,
      presence: 'available',
      hibernation: { afterIdleMinutes: 30, lookEveryMinutes: 15 },
      chromiumFlags: ['--disable-gpu', '--mute-audio'],
      browser: { kind: 'installed', path: '/usr/bin/chromium' },
    });
    expect(accountSettingsChangeSchema.parse(settings)).toEqual(settings);
  });

  it('takes away what was switched off', () => {
    const account = anAccountWith({
      proxy,
      memoryLimitMb: 900,
      hibernation: { afterIdleMinutes: 9, lookEveryMinutes: 7 },
    });
    const draft = { ...draftOf(account), proxyOn: false, memoryLimitOn: false, sleepOn: false };
    expect(editOf(draft, account).settings).toEqual({ proxy: 'none', memoryLimitMb: 'none', hibernation: 'none' });
  });

  it('never shows a saved password and does not send one unless it was typed', () => {
    const account = anAccountWith({ proxy });
    const draft = draftOf(account);
    expect(draft.proxyPassword).toBe('');
    expect(isSavedProxy(draft, account.settings)).toBe(true);
    const { settings } = editOf({ ...draft, proxyPort: '1081' }, account);
    expect(settings?.proxy).toEqual({ protocol: 'socks5', host: 'proxy.example.com', port: 1081, username: 'ana' });
    const retyped = { ...draft, proxyPassword: 'new one' };
    expect(isSavedProxy(retyped, account.settings)).toBe(false);
    expect(editOf(retyped, account).settings?.proxy).toMatchObject({ password: 'new one' });
  });

  it.each([
    ['', /host name or address/],
    ['http://proxy.example.com', /protocol/],
    ['proxy.example.com:8080', /port/],
    ['ana@proxy.example.com', /user or password/],
    ['proxy example', /letters, digits/],
    ['::1', /brackets/],
  ])('refuses the proxy host %j with a sentence that says what to do', (proxyHost, sentence) => {
    expect(problemsOf(aDraft({ proxyOn: true, proxyHost })).proxyHost).toMatch(sentence);
  });

  it.each(['proxy.example.com', '10.0.0.7', '[2001:db8::1]', 'proxy_1'])('takes the proxy host %j', (proxyHost) => {
    expect(problemsOf(aDraft({ proxyOn: true, proxyHost }))).toEqual({});
  });

  it('names every number outside of its limits, and only those that are switched on', () => {
    const wrong = {
      memoryLimitMb: '12',
      afterIdleMinutes: '1',
      lookEveryMinutes: 'often',
      proxyPort: '0',
      proxyHost: '!',
    };
    expect(problemsOf(aDraft(wrong))).toEqual({});
    expect(
      Object.keys(
        problemsOf(
          aDraft({
            ...wrong,
            memoryLimitOn: true,
            sleepOn: true,
            proxyOn: true,
            startTimeoutSeconds: '9',
            syncTimeoutMinutes: '61',
          }),
        ),
      ).sort(),
    ).toEqual([
      'afterIdleMinutes',
      'lookEveryMinutes',
      'memoryLimitMb',
      'proxyHost',
      'proxyPort',
      'startTimeoutSeconds',
      'syncTimeoutMinutes',
    ]);
  });

  it('refuses a password that the protocol cannot carry or that belongs to nobody', () => {
    const typed = { proxyOn: true, proxyHost: 'p', proxyPassword: 'x' } as const;
    expect(problemsOf(aDraft({ ...typed, proxyUsername: '' })).proxyUsername).toMatch(/needs a user/);
    expect(problemsOf(aDraft({ ...typed, proxyUsername: 'ana', proxyProtocol: 'socks4' })).proxyPassword).toMatch(
      /SOCKS5/,
    );
  });

  it('keeps times that are no whole seconds or minutes as they are', () => {
    const account = anAccountWith({ startTimeoutMs: 12_500, syncTimeoutMs: 61_234 });
    expect(problemsOf(draftOf(account))).toEqual({});
    expect(editOf({ ...draftOf(account), readReceipts: false }, account).settings).toEqual({ readReceipts: false });
  });
});
