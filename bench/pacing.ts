// How exactly the gate keeps its plan while every core is busy: for each bulk message the time that the gate had announced
// against the time at which the message was let go, and against its arrival at the practice network; and whether caps and quiet
// hours hold meanwhile and over a restart of the console. Run with: npm run bench -- pacing [--accounts=4 --messages=60]
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { AccountId, ChatId } from '../electron/contract/ids';
import {
  type ConsoleApp,
  mustSucceed,
  startConsole,
  temporaryFolder,
  type WindowWithApi,
} from '../test/fixtures/console-app';
import { linkAccounts, phoneOf } from '../test/fixtures/linked-accounts';
import { percentile } from './measure/percentile';
import { saveResult } from './measure/result-file';
import { numberFlag } from './measure/rounds';

const accounts = numberFlag('accounts', 4);
const messages = numberFlag('messages', 60);
const budgetMs = 100;
const pace = { minMs: 400, maxMs: 900 };
const capPerHour = 12;
const cappedMessages = 30;
const quietMessages = 5;
/** Far longer than what is held would need without being held. */
const watchMs = 8_000;
/** Several, so that it is the pace that a message waits for, and not the one before it to the same person. */
const customers = Array.from({ length: 20 }, (_, number) => `55219000${String(number).padStart(5, '0')}`);

/** One busy process for each core. */
const loadEveryCore = (): (() => void) => {
  const busy: ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;) {}'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'ignore',
    }),
  );
  return () => {
    for (const child of busy) child.kill('SIGKILL');
  };
};

interface Departure {
  readonly messageId: string;
  readonly plannedMs: number;
  readonly claimedMs: number;
}

/** Queues bulk messages on every account and notes, for each that leaves, the plan that was announced after the one before. */
const watchDepartures = (console_: ConsoleApp, ids: readonly AccountId[]): Promise<readonly Departure[]> =>
  console_.page.evaluate(
    async ([accountIds, numbers, count]) => {
      const { api } = globalThis as WindowWithApi;
      const plans = new Map<string, number>();
      const found: Departure[] = [];
      const claimed = new Set<string>();
      const askPlan = async (accountId: string): Promise<void> => {
        const answer = await api.invoke('gates.get', { accountId });
        if (!answer.ok) return;
        const { wait } = (answer.data as { gate: { wait?: { reason: string; untilMs?: number } } }).gate;
        if (wait?.reason === 'pace' && wait.untilMs !== undefined) plans.set(accountId, wait.untilMs);
      };
      let done: () => void = () => {};
      const all = new Promise<void>((resolve) => {
        done = resolve;
      });
      const unsubscribe = api.subscribe((events) => {
        for (const { body } of events as readonly { body: { type: string; send?: SendSeen } }[]) {
          const { send } = body;
          if (body.type !== 'send.updated' || send?.claimedAtMs === undefined || claimed.has(send.messageId)) continue;
          claimed.add(send.messageId);
          const plannedMs = plans.get(send.accountId);
          if (plannedMs !== undefined)
            found.push({ messageId: send.messageId, plannedMs, claimedMs: send.claimedAtMs });
          plans.delete(send.accountId);
          if (claimed.size === accountIds.length * count) done();
          else void askPlan(send.accountId);
        }
      });
      for (let number = 0; number < count; number += 1) {
        for (const accountId of accountIds) {
          const chatId = `${numbers[number % numbers.length]}@c.us`;
          const input = { accountId, chatId, body: `paced ${number}`, priority: 'bulk' };
          const answer = await api.invoke('messages.send', input);
          if (!answer.ok) throw new Error(answer.error.message);
        }
      }
      await all;
      unsubscribe();
      return found;
    },
    [ids, customers, messages] as const,
  );

interface SendSeen {
  readonly accountId: string;
  readonly messageId: string;
  readonly claimedAtMs?: number;
}

const configure = (console_: ConsoleApp, accountId: AccountId, sending: object): Promise<unknown> =>
  mustSucceed(console_.invoke('accounts.configure', { accountId, settings: { sending } }));

const queueBulk = async (console_: ConsoleApp, accountId: AccountId, count: number): Promise<void> => {
  for (let number = 0; number < count; number += 1) {
    const input = {
      accountId,
      chatId: `${customers[number % customers.length]}@c.us` as ChatId,
      body: `held ${number}`,
      priority: 'bulk' as const,
    };
    await mustSucceed(console_.invoke('messages.send', input));
  }
};

const leftOf = async (console_: ConsoleApp, phone: string): Promise<number> =>
  (await (await console_.practice()).ledger({ phone })).filter((line) => line.kind === 'sent').length;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Two hours around now, in UTC. */
const quietNow = (): object => {
  const clock = (aheadMs: number): string => new Date(Date.now() + aheadMs).toISOString().slice(11, 16);
  return { from: clock(-3_600_000), to: clock(3_600_000), timeZone: 'UTC' };
};

const data = temporaryFolder();
let console_ = await startConsole(data.path);
try {
  const ids = await linkAccounts(console_, accounts + 2);
  const control = await console_.practice();
  for (const number of customers) await control.createCustomer({ number, name: `Customer ${number.slice(-2)}` });
  const paced = ids.slice(0, accounts);
  const [capped, quiet] = ids.slice(accounts);
  if (capped === undefined || quiet === undefined) throw new Error('There are not enough accounts.');
  for (const accountId of paced) await configure(console_, accountId, { bulkPace: pace });
  const fast = { bulkPace: { minMs: 0, maxMs: 50 } };
  await configure(console_, capped, { ...fast, perHour: capPerHour });
  await configure(console_, quiet, { ...fast, quietHours: quietNow() });

  const endLoad = loadEveryCore();
  let departures: readonly Departure[];
  try {
    await queueBulk(console_, capped, cappedMessages);
    await queueBulk(console_, quiet, quietMessages);
    departures = await watchDepartures(console_, paced);
  } finally {
    endLoad();
  }
  const practice = await console_.practice();
  const arrivedAt = new Map<string, number>();
  for (let place = 0; place < accounts; place += 1) {
    for (const line of await practice.ledger({ phone: phoneOf(place) })) {
      if (line.kind === 'sent' && line.id !== undefined) arrivedAt.set(line.id, line.at);
    }
  }
  const lateMs = departures.map(({ plannedMs, claimedMs }) => claimedMs - plannedMs);
  const arrivalMs = departures.map(({ messageId, plannedMs }) => (arrivedAt.get(messageId) ?? Number.NaN) - plannedMs);
  const early = lateMs.filter((ms) => ms < -1).length;

  await console_.close();
  console_ = await startConsole(data.path);
  for (const accountId of [capped, quiet]) await console_.waitForState(accountId, 'ready');
  await pause(watchMs);
  const leftCapped = await leftOf(console_, phoneOf(accounts));
  const leftQuiet = await leftOf(console_, phoneOf(accounts + 1));
  const violations = Math.max(0, leftCapped - capPerHour) + leftQuiet;

  const p99 = percentile(lateMs, 0.99);
  const met = p99 <= budgetMs && early === 0 && violations === 0;
  process.stdout.write(
    `Pacing of ${departures.length} bulk messages on ${accounts} accounts, every core busy:\n` +
      `  let go after its plan    p50 ${percentile(lateMs, 0.5).toFixed(0)}, p95 ${percentile(lateMs, 0.95).toFixed(0)}, p99 ${p99.toFixed(0)} ms; too early ${early}   budget p99 ≤ ${budgetMs}: ${met ? 'met' : 'MISSED'}\n` +
      `  at the network after it  p50 ${percentile(arrivalMs, 0.5).toFixed(0)}, p99 ${percentile(arrivalMs, 0.99).toFixed(0)} ms\n` +
      `  cap of ${capPerHour} an hour        ${leftCapped} of ${cappedMessages} left, before and after a restart\n` +
      `  quiet hours              ${leftQuiet} of ${quietMessages} left\n`,
  );
  saveResult('pacing', {
    accounts,
    messages,
    budgetMs,
    departures: departures.length,
    lateMs: { p50: percentile(lateMs, 0.5), p95: percentile(lateMs, 0.95), p99 },
    arrivalMs: { p50: percentile(arrivalMs, 0.5), p99: percentile(arrivalMs, 0.99) },
    early,
    violations,
  });
} finally {
  await console_.close();
  data.remove();
}
