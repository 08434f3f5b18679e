import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeNetwork, type RunningPracticeNetwork } from '../../../electron/supervisor/practice-network';
import { createPlayedProcesses, type PlayedProcess, settle } from '../../fakes/child-processes';
import { anAccount } from '../../fakes/entities';
import { createManualClock } from '../../fakes/manual-clock';
import { createMemoryLog } from '../../fakes/memory-log';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

let server: Server;
let port: number;
let calls: Call[];
let answer: (call: Call) => { readonly status: number; readonly body: unknown };

beforeEach(async () => {
  calls = [];
  answer = ({ path }) =>
    path.startsWith('/control/phones/')
      ? { status: 200, body: { number: path.slice(16), pushname: 'x', devices: [] } }
      : { status: 200, body: { phone: 'the phone', deviceId: 1 } };
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        token: request.headers.authorization,
        body: text === '' ? undefined : JSON.parse(text),
      };
      calls.push(call);
      const { status, body } = answer(call);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const networkWith = (demo: boolean) => {
  const clock = createManualClock(1_000_000);
  const { started, startProcess } = createPlayedProcesses();
  const { log, lines } = createMemoryLog();
  const announced: (number | undefined)[] = [];
  const network = createPracticeNetwork({
    entry: '/app/practice-network.js',
    pageFile: '/app/page.html',
    stateFile: '/data/network.json',
    demo,
    announce: (address) => announced.push(address?.port),
    clock,
    log,
    randomness: { fraction: () => 0, hex: (length) => 'A'.repeat(length) },
    startProcess,
  });
  return { network, clock, started, lines, announced };
};

/** Asks for the page and lets the played process listen. */
const listening = async (network: RunningPracticeNetwork, started: readonly PlayedProcess[]) => {
  const page = network.page();
  await settle();
  started.at(-1)?.say({ type: 'listening', port });
  return page;
};

describe('practice network process', () => {
  it('starts when it is first needed, once, and says where its page is', async () => {
    const { network, started } = networkWith(false);
    expect(started).toHaveLength(0);
    const page = listening(network, started);
    const again = network.page();
    const expected = { version: '2.3000.1017054665', remotePath: `http://127.0.0.1:${port}/page/{version}.html` };
    expect(await Promise.all([page, again])).toEqual([expected, expected]);
    expect(started).toHaveLength(1);
    expect(started[0]?.posted).toEqual([
      {
        type: 'start',
        pageFile: '/app/page.html',
        token: 'A'.repeat(64),
        stateFile: '/data/network.json',
        demo: false,
        port: 0,
      },
    ]);
  });

  it('starts again on the same port when it dies, so that pages find their way back', async () => {
    const { network, started, clock, announced } = networkWith(false);
    await listening(network, started);
    expect(announced).toEqual([port]);
    started[0]?.exit(139);
    expect(announced).toEqual([port, undefined]);
    clock.advance(10_000);
    await settle();
    expect(started).toHaveLength(2);
    expect(started[1]?.posted[0]).toMatchObject({ port, token: 'A'.repeat(64) });
  });

  it('takes another port when its own is taken', async () => {
    const { network, started, clock } = networkWith(false);
    await listening(network, started);
    started[0]?.exit(139);
    clock.advance(10_000);
    await settle();
    started[1]?.say({ type: 'failed', message: 'port in use' });
    await settle();
    expect(started[2]?.posted[0]).toMatchObject({ port: 0 });
  });

  it('rejects with PRACTICE_UNAVAILABLE when it cannot start, and tries anew at the next call', async () => {
    const { network, started } = networkWith(false);
    const outcome = Promise.allSettled([network.page()]);
    await settle();
    started[0]?.say({ type: 'failed', message: 'no page file' });
    expect(await outcome).toMatchObject([
      { reason: { code: 'PRACTICE_UNAVAILABLE', message: expect.stringContaining('no page file') } },
    ]);
    await expect(listening(network, started)).resolves.toHaveProperty('remotePath');
  });

  it('is asked to write its state before it ends, and is killed when it does not', async () => {
    const { network, started, clock } = networkWith(false);
    await listening(network, started);
    const stopped = network.stop();
    await settle();
    expect(started[0]?.posted.at(-1)).toEqual({ type: 'stop' });
    expect(started[0]?.killed).toBe(false);
    clock.advance(5_000);
    await stopped;
    expect(started[0]?.killed).toBe(true);
    await expect(network.page()).rejects.toMatchObject({ code: 'PRACTICE_UNAVAILABLE' });
    clock.advance(60_000);
    await settle();
    expect(started).toHaveLength(1);
  });
});

describe('simulated phone of an account', () => {
  const phoneThatScans = async (demo: boolean, account: Parameters<RunningPracticeNetwork['scan']>[0]) => {
    const { network, started } = networkWith(demo);
    await listening(network, started);
    await network.scan(account, '2@code');
    return calls.at(-1);
  };

  it('is the demo’s own phone for the demo’s accounts', async () => {
    expect(await phoneThatScans(true, anAccount('a1', { label: 'Sales' }))).toEqual({
      method: 'POST',
      path: '/control/scans',
      token: `Bearer ${'A'.repeat(64)}`,
      body: { qr: '2@code', phone: '551140020022', pushname: 'Sales' },
    });
    expect((await phoneThatScans(true, anAccount('a2', { label: 'Support' })))?.body).toMatchObject({
      phone: '442079460018',
    });
  });

  it('is another one when the demo’s phone is taken by another account', async () => {
    answer = ({ path }) =>
      path === '/control/scans'
        ? { status: 200, body: { phone: 'x' } }
        : { status: 200, body: { number: '551140020022', devices: [{ id: 1 }] } };
    const call = await phoneThatScans(true, anAccount('a3', { label: 'Sales' }));
    expect(call?.body).toMatchObject({ phone: expect.stringMatching(/^55119\d{8}$/) });
  });

  it('is the account’s own for ever, and nobody else’s', async () => {
    const numberOf = async (id: string) => (await phoneThatScans(false, anAccount(id, { label: 'Sales' })))?.body;
    const first = await numberOf('a4');
    expect(await numberOf('a4')).toEqual(first);
    expect(await numberOf('a5')).not.toEqual(first);
  });

  it('stays the phone that linked the account once', async () => {
    const identity = { wid: '4915112345678@c.us', phone: '+4915112345678', pushName: 'Shop' };
    const call = await phoneThatScans(true, anAccount('a6', { label: 'Sales', identity }));
    expect(call?.body).toMatchObject({ phone: '4915112345678' });
  });

  it('says in words why it refused', async () => {
    answer = () => ({ status: 410, body: { error: 'This code has expired' } });
    await expect(phoneThatScans(false, anAccount('a7', { label: 'Sales' }))).rejects.toMatchObject({
      code: 'PRACTICE_REFUSED',
      message: expect.stringMatching(/“Sales”.*This code has expired/),
    });
  });

  it('is unavailable when the network does not answer', async () => {
    const { network, started } = networkWith(false);
    await listening(network, started);
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await expect(network.scan(anAccount('a8'), '2@code')).rejects.toMatchObject({ code: 'PRACTICE_UNAVAILABLE' });
    server.listen(port, '127.0.0.1');
  });
});
