// What the outbox costs: unpaced texts through the practice network, from the first call to the last ack, beside plain
// whatsapp-web.js that awaits `sendMessage` in a loop and keeps nothing, each account in a process of its own on the same browser
// and page; and how many messages are accepted a second, each on disk before its answer, one by one and together.
// Run with: npm run bench -- outbox [--accounts=20 --messages=500 --rounds=7 --accepts=1000]
import type { AccountId } from '../electron/contract/ids';
import type { PracticeControl } from '../test/fakes/practice-control';
import {
  type ConsoleApp,
  mustSucceed,
  startConsole,
  temporaryFolder,
  type WindowWithApi,
} from '../test/fixtures/console-app';
import { linkAccounts } from '../test/fixtures/linked-accounts';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';
import { startPlainSenders } from './peers/plain-senders';

const accounts = numberFlag('accounts', 20);
const messages = numberFlag('messages', 500);
const rounds = numberFlag('rounds', 7);
const accepts = numberFlag('accepts', 1_000);
const customersEach = 10;
const together = 50;
const budgetRatio = 0.9;
const throughLimitMs = 600_000;

const customers = Array.from({ length: customersEach }, (_, number) => `55219000${String(number).padStart(5, '0')}`);

const addCustomers = async (control: PracticeControl): Promise<void> => {
  for (const number of customers) await control.createCustomer({ number, name: `Customer ${number.slice(-2)}` });
};

/** Every account takes its texts at the same time, `together` in one go; ms from the first call until the last is confirmed. */
const sendThroughOutbox = async (console_: ConsoleApp, ids: readonly AccountId[]): Promise<number> => {
  const startedAtMs = await console_.page.evaluate(
    async ([accountIds, chats, count, size]) => {
      const { api } = globalThis as WindowWithApi;
      const sendAll = async (accountId: string): Promise<void> => {
        for (let done = 0; done < count; done += size) {
          const numbers = Array.from({ length: Math.min(size, count - done) }, (_, number) => done + number);
          const calls = numbers.map((number) => {
            const chatId = `${chats[number % chats.length]}@c.us`;
            return api.invoke('messages.send', { accountId, chatId, body: `message ${number}` });
          });
          for (const answer of await Promise.all(calls)) if (!answer.ok) throw new Error(answer.error.message);
        }
      };
      const begun = Date.now();
      await Promise.all(accountIds.map(sendAll));
      return begun;
    },
    [ids, customers, messages, together] as const,
  );
  const ends = await Promise.all(ids.map((accountId) => lastSentAtMs(console_, accountId)));
  return Math.max(...ends) - startedAtMs;
};

/** Waits until nothing of the account is under way; when the last of its messages was confirmed. */
const lastSentAtMs = async (console_: ConsoleApp, accountId: AccountId): Promise<number> => {
  const deadline = Date.now() + throughLimitMs;
  for (;;) {
    const { gate } = await mustSucceed(console_.invoke('gates.get', { accountId }));
    if (gate.attention > 0) throw new Error(`${gate.attention} messages of ${accountId} did not get through.`);
    if (gate.waiting + gate.underway === 0) break;
    if (Date.now() > deadline) throw new Error(`Messages of ${accountId} are still under way.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const { sends } = await mustSucceed(console_.invoke('sends.list', { accountId, limit: 200 }));
  return Math.max(...sends.map((send) => send.sentAtMs ?? 0));
};

/** Messages that a stopped account accepts in a second. */
const acceptRate = (console_: ConsoleApp, accountId: AccountId, atATime: number): Promise<number> =>
  console_.page.evaluate(
    async ([id, chats, count, size]) => {
      const { api } = globalThis as WindowWithApi;
      const begun = performance.now();
      for (let done = 0; done < count; done += size) {
        const calls = Array.from({ length: Math.min(size, count - done) }, (_, number) =>
          api.invoke('messages.send', {
            accountId: id,
            chatId: `${chats[number % chats.length]}@c.us`,
            body: `accept ${done}`,
          }),
        );
        for (const answer of await Promise.all(calls)) if (!answer.ok) throw new Error(answer.error.message);
      }
      return (count / (performance.now() - begun)) * 1_000;
    },
    [accountId, customers, accepts, atATime] as const,
  );

const data = temporaryFolder();
const peerData = temporaryFolder();
const console_ = await startConsole(data.path);
const network = await startPracticeNetwork(peerData.path);
try {
  await addCustomers(network.control);
  const ids = await linkAccounts(console_, accounts);
  await addCustomers(await console_.practice());
  const peers = await startPlainSenders({ accounts, folder: peerData.path, network, customers });
  try {
    const results = await interleave(
      rounds,
      () => sendThroughOutbox(console_, ids),
      () => peers.send(messages),
    );
    const total = accounts * messages;
    const throughput = (ms: readonly number[]) => spreadOf(ms.map((value) => (total / value) * 1_000));
    const [ours, peer] = [throughput(results.ours), throughput(results.peer)];
    // Throughput against throughput: more is better.
    const ratio = spreadOf(results.ours.map((value, round) => (results.peer[round] ?? Number.NaN) / value));
    process.stdout.write(
      `${accounts} accounts × ${messages} texts, first call to last ack (${rounds} rounds, median [95 %]):\n` +
        `  outbox                   ${describeSpread(ours, ' a second')}\n` +
        `  plain whatsapp-web.js    ${describeSpread(peer, ' a second')}\n` +
        `  ratio                    ${describeSpread(ratio)}   budget ≥ ${budgetRatio}: ${ratio.median >= budgetRatio ? 'met' : 'MISSED'}\n`,
    );
    await Promise.all(ids.map((accountId) => mustSucceed(console_.invoke('sessions.stop', { accountId }))));
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label: 'Asleep', network: 'practice' }));
    const accepted = await interleave(
      Math.min(rounds, Math.floor(9_000 / (2 * accepts))),
      () => acceptRate(console_, account.id, together),
      () => acceptRate(console_, account.id, 1),
    );
    const [grouped, single] = [spreadOf(accepted.ours), spreadOf(accepted.peer)];
    process.stdout.write(
      `Durable accepts through the window:\n` +
        `  ${together} at a time             ${describeSpread(grouped, ' a second')}\n` +
        `  one by one               ${describeSpread(single, ' a second')}\n`,
    );
    saveResult('outbox', {
      accounts,
      messages,
      rounds,
      budgetRatio,
      ours,
      peer,
      ratio,
      acceptsTogether: grouped,
      acceptsOneByOne: single,
    });
  } finally {
    await peers.end();
  }
} finally {
  await console_.close();
  await network.stop();
  data.remove();
  peerData.remove();
}
