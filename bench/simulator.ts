// What the practice network costs: a page from load to ready when it is alone and the network knows twenty accounts, the page's
// size and its heap at rest, and 200 messages a second, half of them in each direction, over twenty linked pages.
// Run with: npm run bench -- simulator [--accounts=20 --rounds=9 --rate=200 --seconds=30]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PracticeControl } from '../test/fakes/practice-control';
import { PracticePage } from '../test/fakes/practice-page';
import { temporaryFolder } from '../test/fixtures/console-app';
import { builtPracticePage, LibraryClient } from '../test/fixtures/library-client';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { saveResult } from './measure/result-file';
import { numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';

const accounts = numberFlag('accounts', 20);
const rounds = numberFlag('rounds', 9);
const rate = numberFlag('rate', 200);
const seconds = numberFlag('seconds', 30);
const customersEach = 12;
const historyEach = 50;
const budgetReadyMs = 1_000;
/** Falling behind would show as a lag that grows: this is far below what 30 s of it would give. */
const budgetLagMs = 250;
const mebibyte = 1024 * 1024;

const phoneOf = (account: number): string => `5511900000${String(account).padStart(3, '0')}`;
const customerOf = (account: number, customer: number): string =>
  `55219${String(account).padStart(3, '0')}${String(customer).padStart(4, '0')}`;

const prepare = async (control: PracticeControl): Promise<void> => {
  for (let account = 0; account < accounts; account += 1) {
    const phone = phoneOf(account);
    await control.createPhone({ number: phone, pushname: `Account ${account}` });
    for (let customer = 0; customer < customersEach; customer += 1) {
      const number = customerOf(account, customer);
      await control.createCustomer({ number, name: `Customer ${customer}`, deliverAfterMs: 0, readAfterMs: 0 });
      await control.addHistory(phone, { chat: number, count: historyEach, days: 20 });
    }
  }
};

interface PageCost {
  readonly startMs: readonly number[];
  readonly loadMs: readonly number[];
  readonly heapMiB: number;
}

/** One page alone: browser start to ready, page load to ready, and what it keeps in its heap. */
const measurePage = async (port: number, control: PracticeControl, profiles: string): Promise<PageCost> => {
  const first = new LibraryClient({ port, profiles });
  await first.start();
  await control.scan({ qr: await first.qr(), phone: phoneOf(0) });
  await first.until('ready');
  await first.stop();
  const startMs: number[] = [];
  const loadMs: number[] = [];
  let heapMiB = 0;
  for (let round = 0; round < rounds; round += 1) {
    const client = new LibraryClient({ port, profiles });
    const begun = performance.now();
    const ready = new Promise((resolve) => client.client.once('ready', resolve));
    await client.start();
    await ready;
    startMs.push(performance.now() - begun);
    const reloaded = performance.now();
    const again = new Promise((resolve) => client.client.once('ready', resolve));
    await client.client.pupPage?.reload();
    await again;
    loadMs.push(performance.now() - reloaded);
    const session = await client.client.pupPage?.createCDPSession();
    await session?.send('HeapProfiler.collectGarbage');
    heapMiB = ((await client.client.pupPage?.metrics())?.JSHeapUsedSize ?? 0) / mebibyte;
    await client.stop();
  }
  return { startMs, loadMs, heapMiB };
};

const openPage = async (port: number, control: PracticeControl, phone: string): Promise<PracticePage> => {
  const page = await PracticePage.open(port);
  page.hello();
  const { ref } = await page.next('ref');
  const scanned = control.scan({ qr: `${ref},noise,identity,adv,1`, phone });
  page.hello((await page.next('pair')).login);
  await scanned;
  await page.next('synced');
  return page;
};

interface Traffic {
  readonly sent: number;
  readonly lost: number;
  readonly doubled: number;
  readonly lagMs: readonly number[];
}

/** Writes at a fixed pace, whatever comes back, and notes when each message has arrived where it was meant to. */
const measureTraffic = async (port: number, control: PracticeControl): Promise<Traffic> => {
  const pages: PracticePage[] = [];
  for (let account = 0; account < accounts; account += 1) pages.push(await openPage(port, control, phoneOf(account)));
  const begun = new Map<string, number>();
  const arrived = new Map<string, number>();
  const lagMs: number[] = [];
  const note = (key: string): void => {
    const start = begun.get(key);
    if (start === undefined) return;
    arrived.set(key, (arrived.get(key) ?? 0) + 1);
    if (arrived.get(key) === 1) lagMs.push(performance.now() - start);
  };
  for (const page of pages) {
    page.heard = (event) => {
      // An incoming message is there when the page hears of it, an outgoing one when the customer has read it.
      if (event.kind === 'message' && !event.message.fromMe) note(event.message.body);
      if (event.kind === 'ack' && event.ack === 3) note(event.id);
    };
  }
  const total = rate * seconds;
  const start = performance.now();
  for (let number = 0; number < total; number += 1) {
    const due = start + (number * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const account = number % accounts;
    const customer = customerOf(account, Math.floor(number / accounts) % customersEach);
    if (Math.floor(number / accounts) % 2 === 0) {
      const body = `message ${number}`;
      begun.set(body, performance.now());
      void control.writeAs(customer, { phone: phoneOf(account), body });
    } else {
      const id = `3EB0${String(number).padStart(16, '0')}`;
      begun.set(id, performance.now());
      void pages[account]?.request('send', { id, chatId: `${customer}@c.us`, type: 'chat', body: `answer ${number}` });
    }
  }
  const deadline = performance.now() + 10_000;
  while (arrived.size < total && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const page of pages) await page.close();
  const doubled = [...arrived.values()].filter((count) => count > 1).length;
  return { sent: total, lost: total - arrived.size, doubled, lagMs: lagMs.toSorted((one, other) => one - other) };
};

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const folder = temporaryFolder();
const network = await startPracticeNetwork(folder.path);
try {
  await prepare(network.control);
  const html = readFileSync(builtPracticePage);
  const pageKb = html.length / 1_000;
  const gzipKb = gzipSync(html).length / 1_000;
  const page = await measurePage(network.port, network.control, join(folder.path, 'profiles'));
  const [start, load] = [spreadOf(page.startMs), spreadOf(page.loadMs)];
  process.stdout.write(
    `One page alone, the network knows ${accounts} accounts (${rounds} rounds, median [95 %]):\n` +
      `  browser start to ready   ${describeSpread(start, ' ms')}   budget ≤ ${budgetReadyMs}: ${start.median <= budgetReadyMs ? 'met' : 'MISSED'}\n` +
      `  page load to ready       ${describeSpread(load, ' ms')}\n` +
      `  page size                ${pageKb.toFixed(0)} kB, ${gzipKb.toFixed(0)} kB gzip\n` +
      `  heap at rest             ${page.heapMiB.toFixed(1)} MiB\n`,
  );
  const { lagMs, ...traffic } = await measureTraffic(network.port, network.control);
  const [p50, p95, p99, max] = [at(lagMs, 0.5), at(lagMs, 0.95), at(lagMs, 0.99), at(lagMs, 1)];
  const kept = traffic.lost === 0 && traffic.doubled === 0 && p99 <= budgetLagMs;
  process.stdout.write(
    `${rate} messages a second for ${seconds} s over ${accounts} pages, written down before ack 1:\n` +
      `  sent ${traffic.sent}, lost ${traffic.lost}, doubled ${traffic.doubled}\n` +
      `  written to arrived       p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms   budget p99 ≤ ${budgetLagMs}, none lost: ${kept ? 'met' : 'MISSED'}\n`,
  );
  saveResult('simulator', {
    accounts,
    rounds,
    budgetReadyMs,
    startMs: start,
    loadMs: load,
    pageKb: Math.round(pageKb),
    gzipKb: Math.round(gzipKb),
    heapMiB: Number(page.heapMiB.toFixed(1)),
    rate,
    seconds,
    ...traffic,
    lagMs: { p50, p95, p99, max },
  });
} finally {
  await network.stop();
  folder.remove();
}
