import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { mustSucceed } from '../fixtures/console-app';
import { type ConsoleTime, holdTime } from '../fixtures/console-time';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';

const minuteMs = 60_000;
/** An account that woke up only to look sleeps again after so long without news. */
const lookMs = 20_000;

/** Desk 0 sleeps by choice, with real processes; only the time of main is the test's. Desk 1 stays awake and untouched. */
describe('an account that may sleep', () => {
  const customer = '5511977770001';
  const chatId = `${customer}@c.us` as ChatId;
  let desks: Desks;
  let time: ConsoleTime;
  let neighbour: number;

  beforeAll(async () => {
    desks = await openDesks(2);
    await desks.practice.createCustomer({ number: customer, name: 'Ana' });
    await desks.practice.writeAs(customer, { phone: desks.phone(0), body: 'Oi' });
    await untilHeard('Oi');
    neighbour = desks.browserPid(1);
    time = await holdTime(desks.app.app);
    await mustSucceed(
      desks.app.invoke('accounts.configure', {
        accountId: desks.id(0),
        settings: { hibernation: { afterIdleMinutes: 5, lookEveryMinutes: 7 } },
      }),
    );
    await mustSucceed(desks.app.invoke('sessions.restart', { accountId: desks.id(0) }));
    await desks.until(0, 'ready', 60_000);
  }, 180_000);
  afterAll(() => desks.close(), 60_000);

  const heard = async (body: string): Promise<boolean> => {
    // From the list of chats: reading the messages themselves would wake the account.
    const { chats } = await mustSucceed(desks.app.invoke('chats.list', { accountId: desks.id(0) }));
    return chats.some((chat) => chat.lastMessage?.body === body);
  };
  const untilHeard = (body: string) => eventually(`"${body}"`, () => heard(body));
  const untilAsleep = async () => {
    const status = await desks.until(0, 'asleep');
    expect(desks.processes(0)).toEqual([]);
    return status;
  };
  const copies = async (body: string): Promise<number> => {
    const received = await desks.practice.receivedBy(customer, desks.phone(0));
    return received.filter((one) => one.body === body).reduce((sum, one) => sum + one.copies, 0);
  };

  it('falls asleep when nobody has needed it for as long as was set: no process, nothing to pay, an honest badge', async () => {
    await time.pass(4 * minuteMs);
    expect((await desks.status(0)).state).toBe('ready');
    await time.pass(minuteMs);
    const status = await untilAsleep();
    expect(status.lookEveryMinutes).toBe(7);
    expect(status.nextLookAtMs - status.sinceMs).toBe(7 * minuteMs);
    const { usage } = await mustSucceed(desks.app.invoke('usage.get', {}));
    expect(usage.accounts.map((one) => one.accountId)).toEqual([desks.id(1)]);
    const { page } = desks.app;
    await page.getByRole('button', { name: 'Desk 0, asleep, looks every 7 minutes' }).waitFor();
    await page.getByRole('button', { name: 'Console', exact: true }).click();
    await page.getByText(/looks every 7 minutes, next at \d{1,2}:\d{2}/).waitFor();
    expect((await desks.status(0)).state).toBe('asleep');
    expect(desks.browserPid(1)).toBe(neighbour);
  }, 90_000);

  it('wakes by its schedule, brings what came meanwhile, and goes back to sleep with its login', async () => {
    await desks.practice.writeAs(customer, { phone: desks.phone(0), body: 'while you slept' });
    const profile = desks.profileHash(0);
    await time.pass(6 * minuteMs);
    expect((await desks.status(0)).state).toBe('asleep');
    expect(await heard('while you slept')).toBe(false);
    expect(desks.profileHash(0)).toBe(profile);
    await time.pass(minuteMs);
    await desks.until(0, 'ready', 60_000);
    await untilHeard('while you slept');
    await time.pass(lookMs);
    await untilAsleep();
    const words = (await desks.timeline(0)).join('\n');
    expect(words).toContain('Wakes up to look for news');
    // A login that was lost would have asked for a code.
    expect(words.split('QR code')).toHaveLength(2);
  }, 120_000);

  it('wakes when somebody opens it in the window, and then stays awake as long as was set', async () => {
    await desks.app.page.getByRole('button', { name: /^Desk 0,/ }).click();
    await desks.until(0, 'ready', 60_000);
    await time.pass(lookMs + 5_000);
    expect((await desks.status(0)).state).toBe('ready');
    await time.pass(5 * minuteMs);
    await untilAsleep();
  }, 120_000);

  it('wakes for a send, which reaches the customer once', async () => {
    await mustSucceed(desks.app.invoke('messages.send', { accountId: desks.id(0), chatId, body: 'woken by this' }));
    await desks.until(0, 'ready', 60_000);
    await eventually('the message at the customer', async () => (await copies('woken by this')) > 0);
    await time.pass(5 * minuteMs);
    await untilAsleep();
    await time.pass(7 * minuteMs);
    await desks.until(0, 'ready', 60_000);
    expect(await copies('woken by this')).toBe(1);
    await time.pass(lookMs);
    await untilAsleep();
  }, 120_000);

  it('makes up for a look that the computer slept through, once, when the computer wakes up', async () => {
    const before = (await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }))).session.generation;
    await time.sleep(8 * 60 * minuteMs);
    await desks.until(0, 'ready', 60_000);
    await time.pass(lookMs);
    await untilAsleep();
    const after = (await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }))).session.generation;
    expect(after).toBe(before + 1);
    expect(desks.browserPid(1)).toBe(neighbour);
    expect((await desks.status(1)).state).toBe('ready');
  }, 120_000);

  it('no longer wakes once it was stopped', async () => {
    await mustSucceed(desks.app.invoke('sessions.stop', { accountId: desks.id(0) }));
    await time.pass(60 * minuteMs);
    expect((await desks.status(0)).state).toBe('stopped');
    expect(desks.processes(0)).toEqual([]);
    expect(desks.browserPid(1)).toBe(neighbour);
  }, 60_000);
});
