import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../electron/contract/entities/api-key';
import { apiKeyIdSchema } from '../../../electron/contract/entities/api-key';
import { accountsWords, rightsWords } from '../../../renderer/features/settings/api-key-words';
import { phaseOfLocalApi } from '../../../renderer/state/local-api-words';
import { accountId, anAccount } from '../../fakes/entities';
import { aConsole, anEvent, aPending, aSnapshot } from './renderer-fixtures';

const keyId = (number: number) => apiKeyIdSchema.parse(`key-${String(number).padStart(16, '0')}`);
const aKey = (number: number, changes: Partial<ApiKey> = {}): ApiKey => ({
  id: keyId(number),
  name: `Program ${number}`,
  hint: 'sb_abc123',
  scopes: ['read'],
  createdAtMs: number,
  ...changes,
});

describe('how the local API stands', () => {
  const on = { enabled: true, port: 8_080 };

  it('is running only at the port that was asked for: while it moves it is starting', () => {
    expect(phaseOfLocalApi({ enabled: false, port: 8_080 }, { address: 'http://127.0.0.1:8080' })).toBe('off');
    expect(phaseOfLocalApi(on, {})).toBe('starting');
    expect(phaseOfLocalApi(on, { address: 'http://127.0.0.1:8081' })).toBe('starting');
    expect(phaseOfLocalApi(on, { address: 'http://127.0.0.1:8080' })).toBe('running');
    expect(phaseOfLocalApi(on, { problem: 'another program uses it' })).toBe('failed');
  });

  it('comes with the snapshot and follows main’s events', () => {
    const { store, sink } = aConsole();
    sink.applySnapshot(aSnapshot(2, { api: { address: 'http://127.0.0.1:8080' } }), false);
    expect(store.getState().localApi).toEqual({ address: 'http://127.0.0.1:8080' });
    sink.applyEvents([anEvent(3, { type: 'api.changed', api: { problem: 'Taken.' } })]);
    expect(store.getState().localApi).toEqual({ problem: 'Taken.' });
  });
});

describe('the list of keys in the window', () => {
  const ids = (console_: ReturnType<typeof aConsole>) => console_.store.getState().apiKeys?.entries.map(({ id }) => id);

  it('shows a new key at once, answers its secret, and keeps the secret out of the state', async () => {
    const console_ = aConsole({
      'apiKeys.list': () => ({ apiKeys: [aKey(1)] }),
      'apiKeys.create': () => ({ apiKey: aKey(2), secret: 'sb_very-secret' }),
    });
    await console_.actions.readApiKeys();
    expect(await console_.actions.makeApiKey({ name: 'Program 2', scopes: ['read'] })).toBe('sb_very-secret');
    expect(ids(console_)).toEqual([keyId(2), keyId(1)]);
    expect(JSON.stringify(console_.store.getState())).not.toContain('sb_very-secret');
  });

  it('is not undone by the answer to a question from before: a revoked key stays gone', async () => {
    const late = aPending<unknown>();
    const answers = [() => ({ apiKeys: [aKey(1)] }), () => late.promise];
    const console_ = aConsole({ 'apiKeys.list': () => answers.shift()?.(), 'apiKeys.revoke': () => ({}) });
    await console_.actions.readApiKeys();
    const again = console_.actions.readApiKeys();
    await console_.actions.revokeApiKey(keyId(1));
    late.resolve({ apiKeys: [aKey(1)] });
    await again;
    expect(ids(console_)).toEqual([]);
  });

  it('keeps what was read when it cannot be read again, and says why', async () => {
    const answers = [
      () => ({ apiKeys: [aKey(1)] }),
      () => {
        throw new Error('The store does not answer.');
      },
    ];
    const console_ = aConsole({ 'apiKeys.list': () => answers.shift()?.() });
    await console_.actions.readApiKeys();
    await console_.actions.readApiKeys();
    expect(console_.store.getState().apiKeys).toMatchObject({ phase: 'failed', error: 'The store does not answer.' });
    expect(ids(console_)).toEqual([keyId(1)]);
  });

  it('is forgotten when it is closed, also while it is being read', async () => {
    const late = aPending<unknown>();
    const console_ = aConsole({ 'apiKeys.list': () => late.promise });
    const reading = console_.actions.readApiKeys();
    console_.actions.closeApiKeys();
    late.resolve({ apiKeys: [aKey(1)] });
    await reading;
    expect(console_.store.getState().apiKeys).toBeUndefined();
  });

  it('says what a key may do, weakest right first, and names accounts that are gone', () => {
    expect(rightsWords({ scopes: ['admin', 'control', 'send', 'read'] })).toBe('All rights');
    expect(rightsWords({ scopes: ['send', 'read'] })).toBe('Read, send');
    const accounts = { [accountId('sales')]: anAccount('sales', { label: 'Sales' }) };
    expect(accountsWords({}, accounts)).toBe('All accounts');
    expect(accountsWords({ accountIds: [accountId('sales'), accountId('old')] }, accounts)).toBe(
      'Sales, old (removed)',
    );
  });
});
