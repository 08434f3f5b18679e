import assert from 'node:assert/strict';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { mustSucceed } from '../fixtures/console-app';
import { holdTime } from '../fixtures/console-time';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';
import { scanCode } from '../fixtures/linked-accounts';
import { browserOf, isAlive } from '../fixtures/processes';

/**
 * What each cause does, to whom, and what the person is told. Desk 0 suffers; desk 1 is at work and must not notice; desk 2 is
 * stopped, and its profile must stay as it is to the last byte.
 */
describe('recovery', () => {
  const customer = '5511977770001';
  const chatId = `${customer}@c.us` as ChatId;
  let desks: Desks;
  let neighbour: number;
  let sleeping: string;
  let sent: string[];

  beforeAll(async () => {
    desks = await openDesks(3);
    await mustSucceed(desks.app.invoke('sessions.stop', { accountId: desks.id(2) }));
    await desks.practice.createCustomer({ number: customer, name: 'Ana' });
    for (const place of [0, 1]) {
      await desks.practice.writeAs(customer, { phone: desks.phone(place), body: 'Oi' });
      await eventually('the chat', async () => {
        const { chats } = await mustSucceed(desks.app.invoke('chats.list', { accountId: desks.id(place) }));
        return chats.some((chat) => chat.id === chatId);
      });
    }
  }, 180_000);
  afterAll(() => desks.close(), 60_000);

  beforeEach(async () => {
    await desks.until(0, 'ready');
    await desks.until(1, 'ready');
    neighbour = desks.browserPid(1);
    sleeping = desks.profileHash(2);
    sent = [];
  });
  afterEach(async () => {
    await desks.practice.endAllFaults();
    assert.equal((await desks.status(1)).state, 'ready', 'the neighbour was touched');
    assert.equal(desks.browserPid(1), neighbour, 'the neighbour has another browser');
    assert.equal(desks.profileHash(2), sleeping, 'a stopped account’s profile was written to');
    const received = await desks.practice.receivedBy(customer, desks.phone(0));
    for (const body of sent) {
      assert.ok(received.filter((one) => one.body === body).length <= 1, `"${body}" was sent twice`);
    }
    assert.ok(
      received.every((one) => one.copies === 1),
      'the customer saw a message twice',
    );
  }, 60_000);

  const send = async (body: string): Promise<void> => {
    sent.push(body);
    await mustSucceed(desks.app.invoke('messages.send', { accountId: desks.id(0), chatId, body }));
  };
  const untilReceived = (body: string) =>
    eventually(`"${body}" at the customer`, async () => {
      const received = await desks.practice.receivedBy(customer, desks.phone(0));
      return received.some((one) => one.body === body);
    });

  it('network gone: reconnecting since a time, nothing wiped, and it goes on by itself', async () => {
    const browser = desks.browserPid(0);
    const fault = await desks.practice.fault({ name: 'socket-down', phone: desks.phone(0) });
    const status = await desks.until(0, 'reconnecting');
    expect(status.reason).not.toBe('');
    expect(status.sinceMs).toBeGreaterThan(Date.now() - 30_000);
    await desks.practice.endFault(fault.id);
    await desks.until(0, 'ready');
    expect(desks.browserPid(0)).toBe(browser);
    await send('after the drop');
    await untilReceived('after the drop');
  }, 90_000);

  it.each(['browser', 'worker'] as const)(
    '%s killed: the other half goes with it, and both come back with the cause in words',
    async (which) => {
      const browser = desks.browserPid(0);
      const worker = browserOf(desks.app.profileDir(desks.id(0)))?.parent ?? 0;
      const before = desks.processes(0);
      process.kill(which === 'browser' ? browser : worker, 'SIGKILL');
      await eventually('both to be gone', () => ![browser, worker, ...before].some(isAlive));
      await eventually('another browser', () => desks.processes(0).length > 0, 60_000);
      await desks.until(0, 'ready', 60_000);
      const [failure] = (await desks.timeline(0)).filter((words) => words.includes('Next try in'));
      expect(failure).toMatch(/“Desk 0” (lost its browser|lost its page)|The processes of account “Desk 0” ended/);
      // No process too many: as many as before, and not one of those.
      expect(desks.processes(0)).toHaveLength(before.length);
      await send(`after the ${which} was killed`);
      await untilReceived(`after the ${which} was killed`);
    },
    90_000,
  );

  it('page crash: started again with the cause in words', async () => {
    const browser = desks.browserPid(0);
    await desks.practice.crash({ phone: desks.phone(0) });
    await eventually('another browser', () => desks.processes(0).length > 0 && desks.browserPid(0) !== browser, 60_000);
    await desks.until(0, 'ready', 60_000);
    expect(isAlive(browser)).toBe(false);
    expect((await desks.timeline(0)).join('\n')).toMatch(/page/i);
    await send('after the page crash');
    await untilReceived('after the page crash');
  }, 120_000);

  it('page hang: noticed by asking the page, then started again', async () => {
    const browser = desks.browserPid(0);
    await desks.practice.hang({ phone: desks.phone(0) }, 600_000);
    await eventually(
      'another browser',
      () => desks.processes(0).length > 0 && desks.browserPid(0) !== browser,
      120_000,
    );
    await desks.until(0, 'ready', 60_000);
    expect((await desks.timeline(0)).join('\n')).toMatch(/answer/i);
  }, 240_000);

  it('memory above the account’s limit: restarted, and the limit is named', async () => {
    const time = await holdTime(desks.app.app);
    await mustSucceed(
      desks.app.invoke('accounts.configure', { accountId: desks.id(0), settings: { memoryLimitMb: 400 } }),
    );
    await mustSucceed(desks.app.invoke('sessions.restart', { accountId: desks.id(0) }));
    await desks.until(0, 'ready');
    const browser = desks.browserPid(0);
    await desks.practice.eatMemory({ phone: desks.phone(0) }, { megabytes: 700, perSecond: 350 });
    await eventually(
      'another browser',
      async () => {
        const isOther = desks.processes(0).length > 0 && desks.browserPid(0) !== browser;
        // From one measurement to the next; a start needs real time.
        if (!isOther && (await desks.status(0)).state === 'ready') await time.pass(10_000);
        return isOther;
      },
      120_000,
    );
    await desks.until(0, 'ready', 60_000);
    expect((await desks.timeline(0)).join('\n')).toMatch(/400/);
    await mustSucceed(
      desks.app.invoke('accounts.configure', { accountId: desks.id(0), settings: { memoryLimitMb: 'none' } }),
    );
  }, 240_000);

  it('renamed build of WhatsApp Web: messages arrive and sends report truly', async () => {
    await mustSucceed(desks.app.invoke('sessions.stop', { accountId: desks.id(0) }));
    await desks.practice.setBuild('renamed', desks.phone(0));
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(0) }));
    await desks.until(0, 'ready');
    await send('on the renamed build');
    await untilReceived('on the renamed build');
    await desks.practice.writeAs(customer, { phone: desks.phone(0), body: 'heard on the renamed build' });
    await eventually('the answer and a true tick', async () => {
      const { messages } = await mustSucceed(desks.app.invoke('messages.list', { accountId: desks.id(0), chatId }));
      const own = messages.find((message) => message.body === 'on the renamed build');
      return own?.status === 'read' && messages.some((message) => message.body === 'heard on the renamed build');
    });
    await desks.practice.setBuild('by-version', desks.phone(0));
  }, 120_000);

  it('in use in another window: told, not fought over', async () => {
    await desks.practice.conflict(desks.phone(0));
    await eventually('the conflict to be told', async () => {
      const { session } = await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }));
      return (
        session.lastError?.error.code === 'SESSION_CONFLICT' ||
        JSON.stringify(session.status).includes('SESSION_CONFLICT')
      );
    });
    await mustSucceed(desks.app.invoke('sessions.restart', { accountId: desks.id(0) }));
    await desks.until(0, 'ready');
  }, 90_000);

  it('the same number on a second account: refused by name, the first goes on', async () => {
    const { account } = await mustSucceed(desks.app.invoke('accounts.create', { label: 'Twin', network: 'practice' }));
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: account.id }));
    await desks.app.waitForState(account.id, 'linking');
    const { code } = await mustSucceed(desks.app.invoke('sessions.qr', { accountId: account.id }));
    await desks.practice.scan({ qr: code.qr, phone: desks.phone(0) });
    await desks.app.waitForState(account.id, 'failed');
    const { session } = await mustSucceed(desks.app.invoke('sessions.get', { accountId: account.id }));
    expect(session.status).toMatchObject({ state: 'failed', error: { code: 'NUMBER_ALREADY_LINKED' } });
    expect(session.status.state === 'failed' ? session.status.error.message : '').toMatch(/Twin.*Desk 0/);
    expect((await desks.status(0)).state).toBe('ready');
    await mustSucceed(desks.app.invoke('accounts.remove', { accountId: account.id }));
  }, 90_000);

  it('a proxy that does not answer: the session stops with its reason and nothing goes out directly', async () => {
    await mustSucceed(desks.app.invoke('sessions.stop', { accountId: desks.id(0) }));
    await mustSucceed(
      desks.app.invoke('accounts.configure', {
        accountId: desks.id(0),
        settings: {
          proxy: { protocol: 'socks5', host: '127.0.0.1', port: 9, username: 'somebody', password: 'secret word' },
        },
      }),
    );
    const pagesBefore = (await desks.practice.pages()).length;
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(0) }));
    const { error } = await desks.until(0, 'failed', 60_000);
    expect(error.code).toBe('PROXY_FAILED');
    expect(error.message).toContain('Desk 0');
    expect(error.message).not.toContain('secret word');
    expect(desks.processes(0)).toEqual([]);
    expect((await desks.practice.pages()).length).toBeLessThanOrEqual(pagesBefore);
    await mustSucceed(desks.app.invoke('accounts.configure', { accountId: desks.id(0), settings: { proxy: 'none' } }));
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(0) }));
    await desks.until(0, 'ready', 60_000);
  }, 150_000);

  it('signed out on the phone: browser gone first, profile kept aside, history kept, a new code', async () => {
    await desks.practice.kick(desks.phone(0));
    await desks.until(0, 'linking', 60_000);
    const { messages } = await mustSucceed(desks.app.invoke('messages.list', { accountId: desks.id(0), chatId }));
    expect(messages.length).toBeGreaterThan(0);
    await scanCode(desks.app, desks.id(0), desks.phone(0));
  }, 90_000);

  it('killed console: every account comes back, none with a code', async () => {
    await desks.restartAfterKill();
    await desks.until(0, 'ready', 60_000);
    await desks.until(1, 'ready', 60_000);
    neighbour = desks.browserPid(1);
  }, 120_000);

  it.each(['banned', 'blocked'] as const)(
    '%s: failed with the reason, never tried again',
    async (name) => {
      const time = await holdTime(desks.app.app);
      await desks.practice.fault({ name, phone: desks.phone(0) });
      const { error } = await desks.until(0, 'failed', 60_000);
      expect(error.code).toBe(name === 'banned' ? 'SESSION_BANNED' : 'SESSION_TERMS_BLOCKED');
      expect(error.message).toContain('Desk 0');
      expect(desks.processes(0)).toEqual([]);
      await time.pass(24 * 60 * 60_000);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect((await desks.status(0)).state).toBe('failed');
      expect(desks.processes(0)).toEqual([]);
      await desks.practice.endAllFaults();
      await mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(0) }));
      const settled = await eventually(
        'ready, or a code',
        async () => {
          const { state } = await desks.status(0);
          return state === 'ready' || state === 'linking' ? state : undefined;
        },
        60_000,
      );
      if (settled === 'linking') await scanCode(desks.app, desks.id(0), desks.phone(0));
    },
    150_000,
  );

  it('dies again and again: the breaker opens, with a sentence and no process', async () => {
    const time = await holdTime(desks.app.app);
    const last = await eventually(
      'the breaker',
      async () => {
        const status = await desks.status(0);
        if (status.state === 'failed') return status;
        // The wait for the next try.
        if (status.state === 'backoff') await time.pass(Math.max(0, status.retryAtMs - status.sinceMs));
        const [first] = desks.processes(0);
        if (first !== undefined && status.state !== 'stopping') {
          try {
            process.kill(desks.browserPid(0), 'SIGKILL');
          } catch {
            // It ended by itself meanwhile.
          }
        }
        return undefined;
      },
      170_000,
    );
    expect(last.error.message).toContain('Desk 0');
    expect(desks.processes(0)).toEqual([]);
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: desks.id(0) }));
    await desks.until(0, 'ready', 60_000);
  }, 240_000);
});
