import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../electron/contract/entities/message';
import type { AccountId, ChatId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccount } from '../fixtures/linked-accounts';
import { browserOf, descendantsOf, isAlive } from '../fixtures/processes';

/**
 * Kill -9 in the middle of sending. Every message that was accepted is afterwards either at the customer exactly once, or
 * shown as failed or not certain. None is there twice, and none is called sent that is not.
 */
describe('killing a process while messages are being sent', () => {
  const data = temporaryFolder();
  const phone = '5511900000001';
  const customer = '5511977770001';
  const chatId = `${customer}@c.us` as ChatId;
  const atTheServer = new Set(['sent', 'delivered', 'read', 'played']);
  let console_: ConsoleApp;
  let accountId: AccountId;

  beforeAll(async () => {
    console_ = await startConsole(data.path);
    accountId = await linkAccount(console_, 'Desk', phone);
    const practice = await console_.practice();
    await practice.createCustomer({ number: customer, name: 'Ana' });
    await practice.writeAs(customer, { phone, body: 'Oi' });
    await eventually(
      'the chat',
      async () => (await mustSucceed(console_.invoke('chats.list', { accountId }))).chats.length > 0,
    );
  }, 120_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  /** Twelve messages one after another, with a kill after the fifth was accepted; what was accepted. */
  const sendAround = async (round: string, kill: () => void): Promise<readonly Message[]> => {
    const accepted: Message[] = [];
    for (let count = 0; count < 12; count += 1) {
      if (count === 5) kill();
      const answer = await console_
        .invoke('messages.send', { accountId, chatId, body: `${round} ${count}`, idempotencyKey: `${round}-${count}` })
        .catch(() => undefined);
      if (answer?.ok === true) accepted.push(answer.data.message);
    }
    return accepted;
  };

  const checkTruth = async (accepted: readonly Message[]): Promise<void> => {
    await console_.waitForState(accountId, 'ready');
    const stored = await eventually(
      'every accepted message to be settled',
      async () => {
        const { messages } = await mustSucceed(console_.invoke('messages.list', { accountId, chatId, limit: 200 }));
        const own = messages.filter((message) => accepted.some((one) => one.id === message.id));
        return own.length === accepted.length && own.every((message) => message.status !== 'pending') ? own : undefined;
      },
      45_000,
    );
    const practice = await console_.practice();
    const arrived = stored.filter((message) => atTheServer.has(message.status ?? ''));
    // What the server has reaches the customer's phone a moment later.
    const received = await eventually('what is called sent to be at the customer', async () => {
      const list = await practice.receivedBy(customer, phone);
      return arrived.every((message) => list.some((one) => one.body === message.body)) ? list : undefined;
    });
    for (const message of stored) {
      const copies = received.filter((one) => one.body === message.body).length;
      expect(copies, `${message.body} (${message.status})`).toBeLessThanOrEqual(1);
      if (!arrived.includes(message)) expect(['failed', 'unknown']).toContain(message.status);
    }
  };

  it.each(['browser', 'worker'] as const)(
    '%s: nothing lost, nothing twice, nothing falsely called sent',
    async (which) => {
      const browser = browserOf(console_.profileDir(accountId));
      const victim = which === 'browser' ? browser?.pid : browser?.parent;
      const accepted = await sendAround(which, () => process.kill(victim ?? 0, 'SIGKILL'));
      expect(accepted.length).toBeGreaterThanOrEqual(5);
      await eventually('the victim to be gone', () => !isAlive(victim ?? 0));
      await checkTruth(accepted);
    },
    120_000,
  );

  it('main: nothing lost, nothing twice, nothing falsely called sent', async () => {
    const family = descendantsOf(console_.pid).map((entry) => entry.pid);
    const accepted = await sendAround('main', () => process.kill(console_.pid, 'SIGKILL'));
    expect(accepted.length).toBeGreaterThanOrEqual(5);
    await eventually('every process of the console to end', () => !family.some(isAlive), 15_000);
    console_ = await startConsole(data.path);
    await checkTruth(accepted);
  }, 120_000);
});
