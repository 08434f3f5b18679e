import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, anAccount, ana, anInbound, anObservedChat } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

const support = accountId('support');
let app: TestApplication;
let accountsDir: string;
beforeEach(async () => {
  accountsDir = temporaryFolder();
  app = await createTestApplication({
    accountsDir,
    accounts: [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })],
  });
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const happened = (atMs: number, words: string) =>
  app.sessions.happened(support, { atMs, kind: 'phase', words, durationMs: 12.5 });
const timeline = async (of: TestApplication = app) => {
  const answer = await of.dispatch(of.caller, 'sessions.timeline', { accountId: support });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.entries;
};

describe('the timeline of an account', () => {
  it('keeps the last two hundred, newest first, over a restart of the console', async () => {
    for (let count = 1; count <= 230; count += 1) happened(count, `Phase ${count}`);
    await app.settled();
    app.closeStore();
    app = await createTestApplication({ accountsDir });
    const entries = await timeline();
    expect(entries).toHaveLength(200);
    expect(entries[0]).toEqual({ atMs: 230, kind: 'phase', words: 'Phase 230', durationMs: 12.5 });
    expect(entries.at(-1)?.atMs).toBe(31);
  });

  it('holds no number and no code', async () => {
    happened(1, 'Linked 551140020022@c.us with code ABCD-EFGH for +55 11 4002-0022');
    await app.settled();
    expect((await timeline())[0]?.words).toBe('Linked [chat] with code [code] for [number]');
  });

  it('is the account’s own', async () => {
    happened(1, 'Phase');
    await app.settled();
    const other = await app.dispatch(app.caller, 'sessions.timeline', { accountId: accountId('sales') });
    expect(other).toEqual({ ok: true, data: { entries: [] } });
  });
});

describe('the log of an account', () => {
  it('has what its session says and what the console does with it, newest first, by level', async () => {
    happened(5, 'Browser started');
    await app.dispatch(app.caller, 'sessions.start', { accountId: support });
    app.accountLogs.write(support, { atMs: 6, level: 'debug', message: 'detail', fields: {} });
    const read = (level: string) => app.dispatch(app.caller, 'sessions.logs', { accountId: support, level });
    expect(await read('info')).toMatchObject({
      ok: true,
      data: {
        lines: [
          { level: 'info', message: 'call', fields: { operation: 'sessions.start', code: 'OK' } },
          { atMs: 5, message: 'Browser started' },
        ],
      },
    });
    expect(await read('warn')).toEqual({ ok: true, data: { lines: [] } });
    expect(app.accountLogs.linesOf(accountId('sales'))).toEqual([]);
  });
});

describe('what everything costs', () => {
  it('is told for those accounts that run, with the room for more', async () => {
    app.sessions.running.set(support, [100, 200]);
    const asked: unknown[] = [];
    const { measure } = app.outside;
    app.outside.measure = (groups) => {
      asked.push(groups);
      return measure(groups);
    };
    expect(await app.dispatch(app.caller, 'usage.get', {})).toMatchObject({
      ok: true,
      data: {
        usage: {
          accounts: [{ accountId: 'support', cost: { memoryMb: 120, processes: 5 } }],
          console: { memoryMb: 300 },
          machine: { cores: 4, roomForAccounts: 43 },
        },
      },
    });
    expect(asked).toEqual([[[100, 200]]]);
  });
});

describe('a support bundle', () => {
  const bundle = async (input: object = {}) => {
    const answer = await app.dispatch(app.caller, 'supportBundles.create', input);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.data.text;
  };

  it('tells states, settings, timeline and log, and nothing private', async () => {
    const proxy = { protocol: 'http', host: 'proxy.example', port: 3128, username: 'agent-x', password: 'very secret' };
    await app.dispatch(app.caller, 'accounts.configure', { accountId: support, settings: { proxy } });
    app.sessions.report(support, { type: 'chat', chat: anObservedChat({ name: 'Ana Customer' }) });
    app.sessions.report(support, { type: 'messages', messages: [anInbound('A1', { body: 'my private words' })] });
    app.sessions.ready(support);
    happened(5, 'Browser started');
    await app.settled();
    await app.dispatch(app.caller, 'messages.send', { accountId: support, chatId: ana, body: 'my answer' });
    await app.settled();
    const text = await bundle();
    for (const told of ['Switchboard 1.2.3', 'state: ready', 'http with password', 'Browser started', '## Sales']) {
      expect(text).toContain(told);
    }
    for (const kept of [
      'very secret',
      'agent-x',
      'proxy.example',
      'private words',
      'my answer',
      'Ana Customer',
      '5511',
    ]) {
      expect(text).not.toContain(kept);
    }
  });

  it('can be of one account, and says what could not be read', async () => {
    app.accountLogs.read = async () => {
      throw new Error('EIO');
    };
    app.outside.measure = async () => {
      throw new Error('no /proc');
    };
    const text = await bundle({ accountId: support });
    expect(text).toContain('could not be read: the log (Error: EIO)');
    expect(text).toContain('usage: could not be measured');
    expect(text).not.toContain('Sales');
  });
});
