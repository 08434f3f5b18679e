import { describe, expect, it } from 'vitest';
import { accountSettingsSchema, type ProxyInput } from '../../../electron/contract/entities/account-settings';
import { configureAccount } from '../../../electron/domain/account-configuration';

const fresh = accountSettingsSchema.parse({});
const proxy: ProxyInput = { protocol: 'socks5', host: 'proxy.example', port: 1080, username: 'me' };
const withProxy = configureAccount(fresh, { proxy: { ...proxy, password: 'secret' } }).settings;

describe('configuring an account', () => {
  it('keeps what is left out', () => {
    const set = configureAccount(fresh, { memoryLimitMb: 900, presence: 'available' }).settings;
    expect(configureAccount(set, { readReceipts: false }).settings).toEqual({ ...set, readReceipts: false });
  });

  it('takes away what is set to none', () => {
    const hibernation = { afterIdleMinutes: 10, lookEveryMinutes: 15 };
    const set = configureAccount(fresh, { memoryLimitMb: 900, hibernation, proxy }).settings;
    const change = { memoryLimitMb: 'none', hibernation: 'none', proxy: 'none' } as const;
    expect(configureAccount(set, change)).toEqual({ settings: fresh, password: { kind: 'remove' } });
  });

  it('changes how the account sends without touching the rest, and the rest without touching how it sends', () => {
    const capped = configureAccount(fresh, { sending: { perHour: 40, quietHours: 'none' } }).settings;
    expect(capped).toEqual({ ...fresh, sending: { ...fresh.sending, perHour: 40 } });
    expect(configureAccount(capped, { presence: 'available' }).settings.sending).toEqual(capped.sending);
    expect(configureAccount(capped, { sending: { perHour: 'none' } }).settings).toEqual(fresh);
  });

  it('never has a password among the settings', () => {
    expect(JSON.stringify(withProxy)).not.toContain('secret');
    expect(withProxy.proxy).toEqual({ ...proxy, hasPassword: true });
  });

  it('keeps the password for the same proxy', () => {
    expect(configureAccount(withProxy, { proxy }).password).toEqual({ kind: 'keep' });
    expect(configureAccount(withProxy, { proxy }).settings.proxy?.hasPassword).toBe(true);
  });

  it.each([{ host: 'other.example' }, { port: 1081 }, { protocol: 'http' as const }, { username: 'you' }])(
    'does not hand the password to another proxy (%j)',
    (change) => {
      const configured = configureAccount(withProxy, { proxy: { ...proxy, ...change } });
      expect(configured.password).toEqual({ kind: 'remove' });
      expect(configured.settings.proxy?.hasPassword).toBe(false);
    },
  );
});
