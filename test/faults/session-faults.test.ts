import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccount, scanCode } from '../fixtures/linked-accounts';
import { browserOf, descendantsOf, isAlive, listProcesses } from '../fixtures/processes';

/** What a session does when its processes hang or die, its network drops, or its phone unlinks it. */
describe('faults of a session', () => {
  const data = temporaryFolder();
  const phones = ['5511900000011', '5511900000012'] as const;
  const customer = '5511977770011';
  const ids: AccountId[] = [];
  let console_: ConsoleApp;

  const idOf = (place: number): AccountId => {
    const id = ids[place];
    if (id === undefined) throw new Error(`There is no account ${place}.`);
    return id;
  };
  const profileOf = (place: number): string => console_.profileDir(idOf(place));
  const browserPid = (place: number): number => {
    const browser = browserOf(profileOf(place));
    if (browser === undefined) throw new Error(`Account ${place} has no browser.`);
    return browser.pid;
  };
  /** The neighbour stays ready in the very same process. */
  const untouched = async (neighbour: number): Promise<void> => {
    await console_.waitForState(idOf(1), 'ready', 1_000);
    expect(browserPid(1)).toBe(neighbour);
  };

  beforeAll(async () => {
    console_ = await startConsole(data.path);
    for (const [place, phone] of phones.entries()) ids.push(await linkAccount(console_, `Desk ${place + 1}`, phone));
  }, 120_000);
  afterAll(async () => {
    try {
      await console_.close();
    } finally {
      data.remove();
    }
  }, 60_000);

  it('stops an account whose worker hangs by killing its worker and its browser, and starts it again without a code', async () => {
    const neighbour = browserPid(1);
    const browser = browserOf(profileOf(0));
    const worker = browser?.parent ?? 0;
    process.kill(worker, 'SIGSTOP');
    const { session } = await mustSucceed(console_.invoke('sessions.stop', { accountId: idOf(0) }));
    expect(session.status.state).toBe('stopped');
    expect([worker, browser?.pid ?? 0].map(isAlive)).toEqual([false, false]);
    expect(listProcesses().filter((entry) => entry.commandLine.includes(profileOf(0)))).toEqual([]);
    await untouched(neighbour);
    await mustSucceed(console_.invoke('sessions.start', { accountId: idOf(0) }));
    await console_.waitForState(idOf(0), 'ready');
  }, 90_000);

  it('brings an account back whose page’s process was killed', async () => {
    const neighbour = browserPid(1);
    const before = browserPid(0);
    const page = descendantsOf(before).find((entry) => entry.commandLine.includes('--type=renderer'));
    process.kill(page?.pid ?? 0, 'SIGKILL');
    await eventually('another browser', () => browserOf(profileOf(0))?.pid !== before && browserPid(0) > 0, 60_000);
    await console_.waitForState(idOf(0), 'ready');
    await untouched(neighbour);
  }, 90_000);

  it('waits out a dropped connection in the same browser and misses nothing that was written meanwhile', async () => {
    const practice = await console_.practice();
    await practice.createCustomer({ number: customer, name: 'Ana' });
    const before = browserPid(0);
    await practice.fault({ name: 'socket-down', phone: phones[0], forMs: 1_500 });
    await console_.waitForState(idOf(0), 'reconnecting');
    await practice.writeAs(customer, { phone: phones[0], body: 'Are you there?' });
    await console_.waitForState(idOf(0), 'ready');
    expect(browserPid(0)).toBe(before);
    await eventually('the message', async () => {
      const { chats } = await mustSucceed(console_.invoke('chats.list', { accountId: idOf(0) }));
      return chats.some((chat) => chat.lastMessage?.body === 'Are you there?');
    });
  }, 90_000);

  it('asks for a new code in a fresh profile after the phone unlinked it, and keeps what it knows', async () => {
    const neighbour = browserPid(1);
    const practice = await console_.practice();
    await practice.kick(phones[0]);
    await console_.waitForState(idOf(0), 'linking');
    const kept = readdirSync(join(data.path, 'accounts', idOf(0))).filter((name) =>
      name.startsWith('profile.unlinked-'),
    );
    expect(kept).toHaveLength(1);
    const { chats } = await mustSucceed(console_.invoke('chats.list', { accountId: idOf(0) }));
    expect(chats.map((chat) => chat.lastMessage?.body)).toEqual(['Are you there?']);
    await untouched(neighbour);
    await scanCode(console_, idOf(0), phones[0]);
  }, 90_000);
});
