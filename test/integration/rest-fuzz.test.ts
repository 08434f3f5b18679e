import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRemoteFiles } from '../../electron/platform/remote-files';
import { restRoutes } from '../../electron/surfaces/rest';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';
import { freePort, type InspectedProcess, inspectProcess } from '../fixtures/inspected-process';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';
import { type ServedConsole, startServedConsole } from '../fixtures/served-console';

/** Another seed for another thousand. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_120);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_000);
/** For all of them, in ms. */
const patienceMs = 240_000 + requests * 20;

let desk: RestDesk;
beforeAll(async () => {
  desk = await openRestDesk({ files: createRemoteFiles() });
});
afterAll(() => desk.close());

const hostile = fc.constantFrom(
  '',
  '../../etc/passwd',
  '\u0000',
  'con',
  '%2e%2e',
  '"; DROP TABLE outbox; --',
  '\u202Eabc',
  'x'.repeat(5_000),
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e309',
);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostile);

// What a call may stop or delete is left alone, so that the others find something to work on; waiting takes its time.
const routes = restRoutes({
  network: 'practice',
  installedBrowser: () => undefined,
  files: { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
}).filter(
  ({ operation, path }) =>
    operation !== 'accounts.remove' &&
    !operation.startsWith('messages.send') &&
    path !== '/sessions' &&
    operation !== 'sessions.qr' &&
    operation !== 'clocks.wait' &&
    // What is outside of this computer may be out of reach: 503 is the honest answer.
    operation !== 'proxies.test',
);

const valid: Readonly<Record<string, unknown>> = {
  accountId: 'support',
  sessionId: 'support',
  chatId: '551100000001@c.us',
  messageId: '3EB0AA',
  contact: '551100000001',
  keyId: 'key-0123456789abcdef',
  webhookId: 'wh-0123456789abcdef',
  // A webhook may lead there, a file is refused: out of reach would be a 502.
  url: 'http://127.0.0.1:1/in',
  events: ['message'],
  filename: 'a.jpg',
  mimetype: 'image/jpeg',
  data: 'AAAA',
};

const aCall = fc.constantFrom(...routes).chain((route) => {
  const { properties = {} } = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, unknown>;
  };
  const fields = fc.record(
    Object.fromEntries(
      Object.keys(properties).map((name) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fc.constant(valid[name] ?? 1) }, { weight: 2, arbitrary: anything }),
      ]),
    ),
    { requiredKeys: [] },
  );
  return fc.record({ route: fc.constant(route), fields, surprise: fc.option(anything, { nil: undefined }) });
});

const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();

type Call = typeof aCall extends fc.Arbitrary<infer Made> ? Made : never;

/** The call as HTTP has it. */
const requestOf = ({ route, fields, surprise }: Call) => {
  const given = fields as Readonly<Record<string, unknown>>;
  const path = route.path.replaceAll(
    /:(\w+)/g,
    (_match, name: string) => encodeURIComponent(asText(given[name] ?? valid[name] ?? 'x')).slice(0, 600) || '%20',
  );
  const rest = { ...given, ...(surprise === undefined ? {} : { surprise }) };
  const isGet = route.method === 'GET';
  const query = isGet
    ? `?${Object.entries(rest)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value)).slice(0, 2_000)}`)
        .join('&')}`
    : '';
  return { method: route.method, path: `${path}${query}`, body: isGet ? undefined : rest };
};

it(
  `never breaks and never hangs, whatever it is asked (${requests} requests, seed ${seed})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(aCall, async (call) => {
        const { method, path, body } = requestOf(call);
        const { status } = await desk.ask(method, `/api/v1${path}`, body);
        expect(status, `${method} ${call.route.path}`).toBeLessThan(500);
      }),
      { seed, numRuns: requests, endOnFailure: true },
    );
  },
  patienceMs,
);

describe('the program as a server', () => {
  const mebibyte = 1024 * 1024;
  /** How often memory is looked at after the warm-up, which is as long as the time between two looks. */
  const looks = 10;
  /** What may be added after the warm-up: lists of the console that are not full yet, such as the events kept for replay. */
  const heapMayGrowBy = 8 * mebibyte;
  const residentMayGrowBy = 64 * mebibyte;
  /** What starts browsers, as many as there are requests. */
  const startsBrowsers: ReadonlySet<string> = new Set(['sessions.start', 'sessions.restart']);

  let served: ServedConsole;
  let inside: InspectedProcess;
  beforeAll(async () => {
    const port = await freePort();
    served = await startServedConsole(temporaryFolder(), 16, [`--inspect=127.0.0.1:${port}`]);
    inside = await inspectProcess(port);
    for (const id of ['support', 'sales'])
      await served.must('POST', '/accounts', { id, label: id, network: 'practice' });
  }, 120_000);
  afterAll(async () => {
    inside.close();
    await served.stop();
    removeTemporaryFolders();
  });

  it(
    `answers them all, and its memory stays steady (${requests} requests, seed ${seed})`,
    async () => {
      const each = Math.ceil(requests / (looks + 1));
      const seen: { readonly heap: number; readonly resident: number }[] = [];
      let asked = 0;
      const calls = aCall.filter(({ route }) => !startsBrowsers.has(route.operation));
      await fc.assert(
        fc.asyncProperty(calls, async (call) => {
          const { method, path, body } = requestOf(call);
          const { status } = await served.ask(method, path, body);
          expect(status, `${method} ${call.route.path}`).toBeLessThan(500);
          asked += 1;
          if (asked % each === 0 || asked === requests) seen.push(await inside.memory());
        }),
        { seed, numRuns: requests, endOnFailure: true },
      );
      const shown = seen.map(
        ({ heap, resident }) => `${(heap / mebibyte).toFixed(1)} (${Math.round(resident / mebibyte)})`,
      );
      process.stdout.write(`heap (resident) in MiB every ${each} requests: ${shown.join(', ')}\n`);
      const [warm, ...later] = seen;
      const last = later.at(-1);
      if (warm === undefined || last === undefined) throw new Error('memory was not looked at');
      expect(last.heap - warm.heap, `heap: ${shown.join(', ')}`).toBeLessThan(heapMayGrowBy);
      expect(last.resident - warm.resident, `resident: ${shown.join(', ')}`).toBeLessThan(residentMayGrowBy);
    },
    patienceMs,
  );
});
