import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { limits } from '../../../electron/contract/limits';
import { accountId, anAccount, ana, anInbound } from '../../fakes/entities';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication, testStartMs } from '../../fakes/test-application';

let app: TestApplication;
beforeEach(async () => {
  app = await createTestApplication();
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const create = (label: string) => app.dispatch(app.caller, 'accounts.create', { label, network: 'practice' });
const support = accountId('support');

describe('adding an account', () => {
  it('gives it a folder, a database, the next colour and the last place, and does not start it', async () => {
    const created = await create('  Sales ');
    if (!created.ok) throw new Error(created.error.message);
    const { account } = created.data;
    expect(account).toMatchObject({
      label: 'Sales',
      color: 1,
      position: 1,
      autoStart: false,
      createdAtMs: testStartMs,
    });
    expect(app.folders.existing.has(account.id)).toBe(true);
    expect(await app.store.countUnread(account.id)).toMatchObject({ messages: 0 });
    expect(app.sessions.get(account.id).status.state).toBe('stopped');
    expect(app.heardOf('account.created')).toEqual([{ type: 'account.created', account }]);
  });

  it('notes what the program that adds it gives along', async () => {
    const made = { label: 'Noted', network: 'practice', metadata: { tenant: '4711' } };
    expect(await app.dispatch(app.caller, 'accounts.create', made)).toMatchObject({
      ok: true,
      data: { account: { settings: { metadata: { tenant: '4711' } } } },
    });
    expect(await app.dispatch(app.caller, 'accounts.create', { ...made, metadata: { tenant: 1 } })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', message: 'Add an account: metadata › tenant must be text' },
    });
  });

  it.each(['<img src=x onerror=alert(1)>', '{{label}}', '"; DROP TABLE accounts; --', '=1+1', 'Ação 😀'])(
    'keeps the label %j as the text it is',
    async (label) => {
      expect(await create(label)).toMatchObject({ ok: true, data: { account: { label } } });
    },
  );

  it.each(['Support', 'support', ' SUPPORT'])('refuses the label %j that another account has', async (label) => {
    expect(await create(label)).toMatchObject({
      ok: false,
      error: { code: 'ACCOUNT_LABEL_TAKEN', message: expect.stringContaining('Support') },
    });
  });

  it('gives one of two simultaneous calls the label', async () => {
    const results = await Promise.all([create('Sales'), create('sales')]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(app.folders.existing.size).toBe(2);
  });

  it('refuses more accounts than a console has', async () => {
    for (let count = 1; count < limits.accounts; count += 1) {
      app.accounts.save(anAccount(`a${count}`, { label: `Account ${count}`, position: count }));
    }
    expect(await create('One more')).toMatchObject({ ok: false, error: { code: 'MAX_SESSIONS_REACHED' } });
  });

  it('leaves nothing behind when its database cannot be opened', async () => {
    app.store.fail('open', new OperationError('STORE_UNAVAILABLE', 'the disk is full'), 1);
    expect(await create('Sales')).toMatchObject({
      ok: false,
      error: { code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/^Sales: .*the disk is full/) },
    });
    expect([...app.folders.existing]).toEqual(['support']);
    expect(app.accounts.list()).toHaveLength(1);
    expect(app.heardOf('account.created')).toEqual([]);
  });
});

describe('changing an account', () => {
  it('changes what is given and says so once', async () => {
    const update = { accountId: support, label: 'Help' };
    expect(await app.dispatch(app.caller, 'accounts.update', update)).toMatchObject({
      ok: true,
      data: { account: { label: 'Help', color: 0 } },
    });
    await app.dispatch(app.caller, 'accounts.update', update);
    expect(app.heardOf('account.updated')).toHaveLength(1);
  });

  it('may change the case of its own label but not take another’s', async () => {
    await create('Sales');
    const rename = (label: string) => app.dispatch(app.caller, 'accounts.update', { accountId: support, label });
    expect((await rename('SUPPORT')).ok).toBe(true);
    expect(await rename('sales')).toMatchObject({ ok: false, error: { code: 'ACCOUNT_LABEL_TAKEN' } });
  });
});

describe('removing an account', () => {
  const remove = () => app.dispatch(app.caller, 'accounts.remove', { accountId: support });

  it('stops it, deletes its folder only, forgets it and says so', async () => {
    await create('Sales');
    app.sessions.ready(support);
    await app.settled();
    expect(await remove()).toEqual({ ok: true, data: { accountId: 'support' } });
    expect(app.sessions.get(support).status.state).toBe('stopped');
    expect(app.folders.existing.size).toBe(1);
    expect(app.folders.existing.has(support)).toBe(false);
    expect(app.accounts.find(support)).toBeUndefined();
    expect(app.heardOf('account.removed')).toHaveLength(1);
    expect(await remove()).toMatchObject({ ok: false, error: { code: 'ACCOUNT_NOT_FOUND' } });
  });

  it('ignores what its session still reports', async () => {
    await remove();
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    app.sessions.ready(support);
    await app.settled();
    expect(app.heardOf('message.added')).toEqual([]);
    expect(app.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('does not let a reader bring the database back while the folder goes', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    app.folders.whileRemoving = async () => {
      resolve(await app.dispatch(app.caller, 'chats.list', { accountId: support }));
    };
    expect((await remove()).ok).toBe(true);
    expect(await promise).toMatchObject({
      ok: false,
      error: { code: 'STORE_UNAVAILABLE', message: 'Support: the account is being removed' },
    });
    await expect(app.store.getChat(support, ana)).rejects.toMatchObject({
      message: expect.stringContaining('not open'),
    });
  });

  it('can be asked for again when the folder could not be deleted', async () => {
    app.folders.failNext('remove', new Error('EBUSY: resource busy'));
    expect(await remove()).toMatchObject({
      ok: false,
      error: { code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/^Support: .*EBUSY.*remove it again/) },
    });
    expect(app.accounts.find(support)).toBeDefined();
    expect((await remove()).ok).toBe(true);
  });

  it('asked for twice at once happens once', async () => {
    const results = await Promise.all([remove(), remove()]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(app.heardOf('account.removed')).toHaveLength(1);
  });
});

describe('the console as a whole', () => {
  it('starts with the app what was started, and leaves alone what was stopped', async () => {
    const accounts = [anAccount('sales', { label: 'Sales', autoStart: true }), anAccount('support', { position: 1 })];
    const other = await createTestApplication({ accounts });
    expect(other.sessions.get(accountId('sales')).status.state).toBe('starting');
    expect(other.sessions.get(support).status.state).toBe('stopped');
    other.closeStore();
  });

  it('remembers starting and stopping for the next start', async () => {
    await app.dispatch(app.caller, 'sessions.start', { accountId: support });
    expect(app.accounts.find(support)?.autoStart).toBe(true);
    expect(await app.dispatch(app.caller, 'sessions.stop', { accountId: support })).toMatchObject({
      ok: true,
      data: { session: { status: { state: 'stopped' } } },
    });
    expect(app.accounts.find(support)?.autoStart).toBe(false);
  });

  it('does not take a shutdown for a wish to stay stopped', async () => {
    await app.dispatch(app.caller, 'sessions.start', { accountId: support });
    await app.shutDown();
    expect(app.sessions.get(support).status.state).toBe('stopped');
    expect(app.accounts.find(support)?.autoStart).toBe(true);
  });

  it('is one snapshot of its own accounts for a caller that is bound to them, and of nothing else', async () => {
    await create('Sales');
    const sales = app.accounts.list().find(({ label }) => label === 'Sales')?.id ?? support;
    const caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [sales] } as const;
    const snapshot = await app.dispatch(caller, 'snapshots.get', {});
    if (!snapshot.ok) throw new Error(snapshot.error.message);
    expect(snapshot.data).toEqual({
      epoch: app.events.epoch,
      sequence: app.events.sequence,
      accounts: [expect.objectContaining({ id: sales })],
      sessions: [expect.objectContaining({ accountId: sales })],
      unread: [{ accountId: sales, messages: 0, chats: 0 }],
    });
    const nothing = await app.dispatch({ ...caller, accountIds: [accountId('gone')] }, 'snapshots.get', {});
    expect(nothing).toMatchObject({ ok: true, data: { accounts: [], sessions: [], unread: [] } });
  });

  it('is one snapshot as of one event', async () => {
    await create('Sales');
    const snapshot = await app.dispatch(app.caller, 'snapshots.get', {});
    if (!snapshot.ok) throw new Error(snapshot.error.message);
    expect(snapshot.data.sequence).toBe(app.events.sequence);
    expect(snapshot.data.accounts.map((account) => account.label)).toEqual(['Support', 'Sales']);
    expect(snapshot.data.sessions.map((session) => session.status.state)).toEqual(['stopped', 'stopped']);
    expect(snapshot.data.unread).toHaveLength(2);
  });

  it('shows the others when one account’s messages cannot be read', async () => {
    const accounts = [anAccount('sales', { label: 'Sales' }), anAccount('support', { position: 1 })];
    const other = await createTestApplication({ accounts });
    await other.store.close(accountId('sales'));
    const snapshot = await other.dispatch(other.caller, 'snapshots.get', {});
    expect(snapshot).toMatchObject({ ok: true, data: { unread: [{ accountId: 'support' }] } });
    other.closeStore();
  });

  it('changes settings, says so, and replays it', async () => {
    const changed = await app.dispatch(app.caller, 'settings.update', { theme: 'dark' });
    expect(changed).toMatchObject({ ok: true, data: { settings: { theme: 'dark', enterSends: true } } });
    const replay = await app.dispatch(app.caller, 'events.list', { after: 0 });
    expect(replay).toMatchObject({
      ok: true,
      data: { complete: true, events: [{ sequence: 1, body: { type: 'settings.updated' } }] },
    });
  });
});

describe('the practice phone', () => {
  const scan = () => app.dispatch(app.caller, 'phones.scan', { accountId: support });

  it('scans the code that is on show', async () => {
    app.sessions.showCode({ accountId: support, qr: 'code', attempt: 1, maxAttempts: 5, expiresAtMs: 1 });
    expect(await scan()).toEqual({ ok: true, data: { phone: '+55 4' } });
  });

  it('has nothing to scan when there is no code', async () => {
    expect(await scan()).toMatchObject({
      ok: false,
      error: { code: 'QR_NOT_AVAILABLE', message: expect.stringContaining('Support') },
    });
  });

  it('refuses a real account', async () => {
    app.accounts.save(anAccount('support', { network: 'whatsapp' }));
    expect(await scan()).toMatchObject({
      ok: false,
      error: { code: 'PRACTICE_REFUSED', message: expect.stringContaining('Support') },
    });
  });
});
