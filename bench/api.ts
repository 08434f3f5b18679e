// What the local API bears: messages taken over REST, each on disk before its answer, beside plain whatsapp-web.js behind a server of
// Node's own that awaits `sendMessage` and keeps nothing; events at a thousand a second to fifty readers at once, with one beside them
// that never reads; and pages of chats and messages out of a filled store.
// Run with: npm run bench -- api [--rounds=7 --accepts=1000 --peer-messages=200 --readers=50 --seconds=10 --chats=50 --messages=200 --reads=500]
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { accountId, ana, anInbound, anObservedChat } from '../test/fakes/entities';
import {
  desktopEnvironment,
  electronBinary,
  mustSucceed,
  repositoryRoot,
  temporaryFolder,
} from '../test/fixtures/console-app';
import { eventually } from '../test/fixtures/eventually';
import { phoneOf } from '../test/fixtures/linked-accounts';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { readQr } from '../test/fixtures/read-qr';
import { openRestDesk } from '../test/fixtures/rest-desk';
import { type ServedConsole, startServedConsole } from '../test/fixtures/served-console';
import { percentile } from './measure/percentile';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';
import { startPlainServer } from './peers/plain-server-process';

const connections = 16;
const rounds = numberFlag('rounds', 7);
const accepts = numberFlag('accepts', 1_000);
const peerMessages = numberFlag('peer-messages', 200);
const readers = numberFlag('readers', 50);
const seconds = numberFlag('seconds', 10);
const chats = numberFlag('chats', 50);
const messages = numberFlag('messages', 200);
const reads = numberFlag('reads', 500);
const eventsPerSecond = 1_000;
const acceptRatioBudget = 3;
const acceptP99BudgetMs = 20;
const eventP99BudgetMs = 100;
const readP95BudgetMs = 5;

const customers = Array.from({ length: 10 }, (_, number) => `55219000${String(number).padStart(5, '0')}`);
const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

interface Posts {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Posts bodies over so many kept connections, each after the answer to the one before; every answer must be a success. */
const post = async (
  count: number,
  address: (number: number) => string,
  body: (number: number) => object,
): Promise<Posts> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const one = (number: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body(number));
      const begun = performance.now();
      const call = request(address(number), {
        agent,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) },
      });
      call.once('error', reject);
      call.once('response', (response) => {
        response.resume();
        response.once('end', () => {
          latencies.push(performance.now() - begun);
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${address(number)} answered ${response.statusCode}.`));
        });
      });
      call.end(text);
    });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      await one(number);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const perSecond = (count / (performance.now() - begun)) * 1_000;
  agent.destroy();
  return { perSecond, p99Ms: percentile(latencies, 0.99) };
};

/** Adds an account, lets this phone scan the code as a camera reads it, and waits until it is ready. */
const link = async (server: ServedConsole, id: string, phone: string): Promise<void> => {
  await server.must('POST', '/accounts', { id, label: id, network: 'practice' });
  await server.must('POST', `/sessions/${id}/start`, {});
  const qr = await eventually(
    'a code',
    async () => {
      const { body } = await server.ask('GET', `/sessions/${id}/qr?wait=true`);
      return body.success ? readQr(Buffer.from(String(body.data['qrCode']).split(',')[1] ?? '', 'base64')) : undefined;
    },
    120_000,
  );
  await (await server.practice()).scan({ qr, phone });
  const status = async (): Promise<unknown> => (await server.must('GET', `/sessions/${id}/status`))['status'];
  await eventually('the account to be ready', async () => (await status()) === 'ready', 120_000);
};

const acceptsBeside = async (server: ServedConsole, folder: string) => {
  const network = await startPracticeNetwork(folder);
  try {
    for (const number of customers) await network.control.createCustomer({ number, name: `Customer ${number}` });
    const peer = await startPlainServer(folder, network);
    try {
      const ourP99: number[] = [];
      const peerP99: number[] = [];
      const chatOf = (number: number): string => `${customers[number % customers.length]}@c.us`;
      let round = 0;
      const results = await interleave(
        rounds,
        async () => {
          round += 1;
          // An account of its own for each round: what waits is not more in the last than in the first.
          const id = `accepts${round}`;
          await server.must('POST', '/accounts', { id, label: id, network: 'practice' });
          const send = (count: number): Promise<Posts> =>
            post(
              count,
              (number) => `${server.address}/api/v1/sessions/${id}/chats/${chatOf(number)}/messages`,
              (number) => ({ body: `accept ${number}` }),
            );
          // The first of an account open its database.
          await send(connections);
          const result = await send(accepts);
          ourP99.push(result.p99Ms);
          return result.perSecond;
        },
        async () => {
          const send = (count: number): Promise<Posts> =>
            post(
              count,
              () => peer.address,
              (number) => ({ chatId: chatOf(number), body: `message ${number}` }),
            );
          await send(connections);
          const result = await send(peerMessages);
          peerP99.push(result.p99Ms);
          return result.perSecond;
        },
      );
      const ratio = spreadOf(results.ours.map((value, place) => value / (results.peer[place] ?? Number.NaN)));
      const [ours, plain, p99, plainP99] = [results.ours, results.peer, ourP99, peerP99].map(spreadOf);
      if (ours === undefined || plain === undefined || p99 === undefined || plainP99 === undefined)
        throw new Error('There was no round.');
      process.stdout.write(
        `${accepts} messages taken over ${connections} connections (${rounds} rounds, median [95 %]):\n` +
          `  over REST, on disk       ${describeSpread(ours, ' a second')}, p99 ${describeSpread(p99, ' ms')}   budget ≤ ${acceptP99BudgetMs} ms: ${verdict(p99.median <= acceptP99BudgetMs)}\n` +
          `  plain whatsapp-web.js    ${describeSpread(plain, ' a second')}, p99 ${describeSpread(plainP99, ' ms')}\n` +
          `  ratio                    ${describeSpread(ratio)}   budget ≥ ${acceptRatioBudget}: ${verdict(ratio.median >= acceptRatioBudget)}\n`,
      );
      return { ours, plain, ratio, p99Ms: p99, plainP99Ms: plainP99 };
    } finally {
      await peer.end();
    }
  } finally {
    await network.stop();
  }
};

/** How long one call after another takes, in ms. */
const readTimes = async (server: ServedConsole, path: (number: number) => string): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let number = 0; number < reads; number += 1) {
    const begun = performance.now();
    await server.must('GET', path(number));
    times.push(performance.now() - begun);
  }
  return times;
};

const storeReads = async (server: ServedConsole) => {
  const written = Array.from({ length: chats }, (_, chat) => `5531${String(chat).padStart(9, '0')}`);
  // The network has the phone and its past before the account that is linked to it.
  await server.must('POST', '/accounts', { id: 'first', label: 'first', network: 'practice' });
  await server.must('POST', '/sessions/first/start', {});
  const [phone, practice] = [phoneOf(0), await server.practice()];
  await practice.createPhone({ number: phone, pushname: 'Filled' });
  for (const number of written) {
    await practice.createCustomer({ number, name: `Customer ${number}` });
    await practice.addHistory(phone, { chat: number, count: messages, days: 20 });
  }
  await server.must('DELETE', '/accounts/first');
  await link(server, 'filled', phone);
  const list = async (path: string, name: string): Promise<readonly { readonly id: string }[]> =>
    (await server.must('GET', path))[name] as readonly { readonly id: string }[];
  const stored = await eventually(
    'the whole history in the store',
    async () => {
      const found = await list('/chats?accountId=filled&limit=200', 'chats');
      const full = await Promise.all(
        found.map(async ({ id }) => {
          const page = await list(`/sessions/filled/chats/${id}/messages?limit=${Math.min(messages, 200)}`, 'messages');
          return page.length >= Math.min(messages, 200);
        }),
      );
      return found.length >= chats && full.every((one) => one) ? found : undefined;
    },
    600_000,
  );
  await server.must('POST', '/sessions/filled/stop', {});
  const warm = [
    () => '/sessions/filled/chats?limit=50',
    (number: number) => `/sessions/filled/chats/${stored[number % stored.length]?.id}/messages?limit=50`,
  ] as const;
  for (const path of warm) await server.must('GET', path(0));
  const chatsMs = percentile(await readTimes(server, warm[0]), 0.95);
  const messagesMs = percentile(await readTimes(server, warm[1]), 0.95);
  process.stdout.write(
    `${reads} reads of 50 each from ${chats} chats with ${messages} messages, p95:\n` +
      `  chats                    ${chatsMs.toFixed(1)} ms   budget ≤ ${readP95BudgetMs}: ${verdict(chatsMs <= readP95BudgetMs)}\n` +
      `  messages                 ${messagesMs.toFixed(1)} ms   budget ≤ ${readP95BudgetMs}: ${verdict(messagesMs <= readP95BudgetMs)}\n`,
  );
  return { chatsP95Ms: chatsMs, messagesP95Ms: messagesMs };
};

interface Seen {
  readonly fewest: number;
  readonly most: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Publishes events evenly for so long, as many as are due at each moment. */
const publishEvenly = async (publish: () => void, count: number): Promise<void> => {
  const begun = performance.now();
  for (let published = 0; published < count; ) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1_000) * eventsPerSecond));
    for (; published < due; published += 1) publish();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

const eventStream = async (): Promise<Seen> => {
  const support = accountId('support');
  const desk = await openRestDesk();
  try {
    await desk.app.store.upsertChats(support, [anObservedChat()]);
    await desk.app.store.saveMessages(support, [anInbound('3EB0AA')]);
    const { messages: stored } = await mustSucceed(
      desk.app.dispatch(desk.app.caller, 'messages.list', { accountId: support, chatId: ana }),
    );
    const [message] = stored;
    if (message === undefined) throw new Error('Nothing is stored.');
    // Never reads: its part of the stream stays in the kernel and then in the surface, which cuts it.
    const idle = connect(desk.port, '127.0.0.1');
    idle.on('error', () => {});
    idle.pause();
    idle.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: ${desk.secret}\r\n\r\n`);
    const count = eventsPerSecond * seconds;
    const child = spawn(
      electronBinary,
      [
        ...['--import', join(repositoryRoot, 'bench/resolve.mjs')],
        join(repositoryRoot, 'bench/peers/event-readers.ts'),
        ...[`${desk.address}/events?topics=message`, desk.secret, String(readers), String(count)],
      ],
      { env: { ...desktopEnvironment(), ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let seen: Seen | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as { readonly type: 'listening' } | ({ readonly type: 'seen' } & Seen);
      if (event.type === 'seen') seen = event;
      else {
        void publishEvenly(() => {
          const body = `sent=${Date.now()}; ${'a message of ordinary length '.repeat(4)}`;
          desk.app.events.publish({ type: 'message.added', message: { ...message, body } });
        }, count);
      }
    }
    idle.destroy();
    if (seen === undefined) throw new Error('The readers ended early.');
    if (seen.fewest < count) throw new Error(`A reader saw ${seen.fewest} of ${count} events.`);
    process.stdout.write(
      `${readers} readers of ${eventsPerSecond} events a second for ${seconds} s, beside one that never reads:\n` +
        `  from event to reader     p50 ${seen.p50}, p95 ${seen.p95}, p99 ${seen.p99} ms   budget p99 ≤ ${eventP99BudgetMs}: ${verdict(seen.p99 <= eventP99BudgetMs)}\n`,
    );
    return seen;
  } finally {
    await desk.close();
  }
};

const data = temporaryFolder();
const peerData = temporaryFolder();
const server = await startServedConsole(data.path, connections);
try {
  const accepted = await acceptsBeside(server, peerData.path);
  const read = await storeReads(server);
  const { p50, p95, p99 } = await eventStream();
  saveResult('api', {
    ...{ connections, rounds, accepts, peerMessages, readers, seconds, chats, messages, reads },
    budgets: { acceptRatio: acceptRatioBudget, acceptP99BudgetMs, eventP99BudgetMs, readP95BudgetMs },
    accepts: accepted,
    events: { p50Ms: p50, p95Ms: p95, p99Ms: p99 },
    storeReads: read,
  });
} finally {
  await server.stop();
  data.remove();
  peerData.remove();
}
