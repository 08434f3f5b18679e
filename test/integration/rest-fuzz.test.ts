import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { restRoutes } from '../../electron/surfaces/rest';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

/** Another seed for another thousand. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_120);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_000);

let desk: RestDesk;
beforeAll(async () => {
  desk = await openRestDesk();
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

// What a call may stop or delete is left alone, so that the others find something to work on; waiting for a code takes a minute.
const routes = restRoutes({
  network: 'practice',
  useChrome: false,
  installedBrowser: () => undefined,
  files: { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
}).filter(
  ({ operation, path }) =>
    operation !== 'accounts.remove' &&
    !operation.startsWith('messages.send') &&
    path !== '/sessions' &&
    operation !== 'sessions.qr' &&
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
  url: 'https://hook.example/in',
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

it(`never breaks and never hangs, whatever it is asked (${requests} requests, seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(aCall, async ({ route, fields, surprise }) => {
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
      const { status } = await desk.ask(route.method, `/api/v1${path}${query}`, isGet ? undefined : rest);
      expect(status, `${route.method} ${route.path}`).toBeLessThan(500);
    }),
    { seed, numRuns: requests, endOnFailure: true },
  );
}, 240_000);
