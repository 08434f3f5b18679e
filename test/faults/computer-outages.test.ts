import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { mustSucceed } from '../fixtures/console-app';
import { type ConsoleTime, holdTime } from '../fixtures/console-time';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';

const minuteMs = 60_000;

/** A proxy behind a network that is bad: it listens, and every connection breaks off. */
const startBrokenProxy = async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return { port: address.port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

/** What the computer as a whole does to accounts: its network goes, it sleeps. With the real console and real browsers. */
describe('outages of the computer', () => {
  const customer = '5511977770001';
  const chatId = `${customer}@c.us` as ChatId;
  let desks: Desks;
  let time: ConsoleTime;

  beforeAll(async () => {
    desks = await openDesks(2);
    await desks.practice.createCustomer({ number: customer, name: 'Ana' });
    for (const place of [0, 1]) {
      await desks.practice.writeAs(customer, { phone: desks.phone(place), body: 'Oi' });
      await eventually('the chat', async () => {
        const { chats } = await mustSucceed(desks.app.invoke('chats.list', { accountId: desks.id(place) }));
        return chats.some((chat) => chat.id === chatId);
      });
    }
    time = await holdTime(desks.app.app);
  }, 120_000);
  afterAll(() => desks.close(), 60_000);

  const browsers = () => [desks.browserPid(0), desks.browserPid(1)];
  const generation = async (place: number): Promise<number> =>
    (await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(place) }))).session.generation;
  const deliver = async (place: number, body: string): Promise<void> => {
    await mustSucceed(desks.app.invoke('messages.send', { accountId: desks.id(place), chatId, body }));
    await eventually(`"${body}" at the customer`, async () => {
      const received = await desks.practice.receivedBy(customer, desks.phone(place));
      return received.filter((one) => one.body === body).reduce((sum, one) => sum + one.copies, 0) === 1;
    });
  };
  const setOnline = (online: boolean) =>
    desks.app.app.evaluate(({ net }, answer) => {
      net.isOnline = () => answer;
    }, online);

  it('a connection that is gone for long: a banner with the account and the time, only after 30 s, and nothing is lost', async () => {
    const before = browsers();
    const { page } = desks.app;
    const banner = page.getByText(/Desk 0 lost its connection at .* and is reconnecting/);
    const fault = await desks.practice.fault({ name: 'socket-down', phone: desks.phone(0) });
    await desks.until(0, 'reconnecting');
    await page.getByRole('button', { name: /^Desk 0, reconnecting/ }).waitFor();
    // The clock of the window ticks every second while an account reconnects.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await banner.count()).toBe(0);
    await page.evaluate((ms) => {
      const { now } = Date;
      Object.assign(globalThis, { realNow: now });
      Date.now = () => now() + ms;
    }, 30_000);
    await banner.waitFor();
    await page.evaluate(() => {
      Date.now = (globalThis as unknown as { realNow: () => number }).realNow;
    });
    await desks.practice.endFault(fault.id);
    await desks.until(0, 'ready');
    await banner.waitFor({ state: 'detached' });
    const words = (await desks.timeline(0)).join('\n');
    expect(words).toMatch(/Connection lost: /);
    expect(words).toMatch(/Connected again after \d+ s/);
    expect(browsers()).toEqual(before);
    await deliver(0, 'after the long drop');
  }, 90_000);

  it('a connection that stays away for five minutes: started again with the reason, its login kept, neighbours untouched', async () => {
    const neighbour = desks.browserPid(1);
    const first = await generation(0);
    const fault = await desks.practice.fault({ name: 'socket-down', phone: desks.phone(0) });
    await desks.until(0, 'reconnecting');
    await time.pass(5 * minuteMs);
    await eventually('another life', async () => (await generation(0)) > first);
    await desks.practice.endFault(fault.id);
    await desks.until(0, 'ready', 60_000);
    const words = (await desks.timeline(0)).join('\n');
    expect(words).toMatch(/Account “Desk 0” could not connect to WhatsApp again\./);
    expect(words.split('QR code')).toHaveLength(2);
    expect(desks.browserPid(1)).toBe(neighbour);
    await deliver(0, 'after five minutes');
  }, 120_000);

  it('the computer sleeps for a night: every account is asked, none is restarted, nothing leaves twice', async () => {
    const before = { browsers: browsers(), generations: [await generation(0), await generation(1)] };
    await deliver(0, 'before the night');
    await time.sleep(8 * 60 * minuteMs);
    await time.pass(minuteMs);
    for (const place of [0, 1]) await desks.until(place, 'ready');
    // As long as a beat may take to notice that somebody does not answer.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(browsers()).toEqual(before.browsers);
    expect([await generation(0), await generation(1)]).toEqual(before.generations);
    for (const place of [0, 1]) await deliver(place, `in the morning ${place}`);
    const received = await desks.practice.receivedBy(customer, desks.phone(0));
    expect(received.filter((one) => one.body === 'before the night').map((one) => one.copies)).toEqual([1]);
  }, 90_000);

  it('the connection dies while the computer sleeps: noticed on waking, in the same browser', async () => {
    const before = browsers();
    const fault = await desks.practice.fault({ name: 'socket-down', phone: desks.phone(0) });
    await time.sleep(60 * minuteMs);
    await desks.until(0, 'reconnecting');
    // An hour of sleep is no hour without a connection: the five minutes begin now.
    await time.pass(4 * minuteMs);
    expect((await desks.status(0)).state).toBe('reconnecting');
    await desks.practice.endFault(fault.id);
    await desks.until(0, 'ready');
    expect(browsers()).toEqual(before);
  }, 60_000);

  it('the computer has no network: an account out there waits without a storm, is not blamed, and goes on when it is back', async () => {
    const before = browsers();
    const proxy = await startBrokenProxy();
    await setOnline(false);
    try {
      const { account } = await mustSucceed(
        desks.app.invoke('accounts.create', { label: 'Away', network: 'whatsapp' }),
      );
      const { id: accountId } = account;
      const away = async () => (await mustSucceed(desks.app.invoke('sessions.get', { accountId }))).session;
      const words = async () =>
        (await mustSucceed(desks.app.invoke('sessions.timeline', { accountId }))).entries.map((entry) => entry.words);
      await mustSucceed(
        desks.app.invoke('accounts.configure', {
          accountId,
          settings: { proxy: { protocol: 'http', host: '127.0.0.1', port: proxy.port } },
        }),
      );
      // Main looks for the network every two seconds.
      await eventually('the network to be missed', async () => {
        await mustSucceed(desks.app.invoke('sessions.start', { accountId }));
        const { status, generation: life } = await away();
        if (status.state === 'failed') await mustSucceed(desks.app.invoke('sessions.stop', { accountId }));
        return status.state === 'backoff' && status.error.data?.['offline'] === true && life > 0;
      });
      const { status, generation: life } = await away();
      expect(status.state === 'backoff' ? status.error.message : '').toMatch(/^Away: this computer has no network/);
      for (let hour = 0; hour < 24; hour += 1) await time.pass(60 * minuteMs);
      expect(await away()).toMatchObject({ generation: life, status: { state: 'backoff', attempt: 1 } });
      expect(desks.processesOf(accountId)).toEqual([]);

      await setOnline(true);
      await eventually('a start by itself', async () => (await away()).generation > life);
      expect(await words()).toContain('This computer has a network again');
      // Now it is the proxy's fault, and the person is told so. Nothing goes around it.
      await eventually('the proxy to be named', async () => {
        const { status: now } = await away();
        return (
          now.state === 'failed' && now.error.code === 'PROXY_FAILED' && now.error.message.includes(`${proxy.port}`)
        );
      });
      expect(desks.processesOf(accountId)).toEqual([]);
      await mustSucceed(desks.app.invoke('accounts.remove', { accountId }));
      expect(browsers()).toEqual(before);
      for (const place of [0, 1]) expect((await desks.status(place)).state).toBe('ready');
    } finally {
      await setOnline(true);
      await proxy.close();
    }
  }, 90_000);
});
