import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId, anObservedChat } from '../fakes/entities';
import { deskState } from '../fixtures/desk-state';
import { type HostileBrowser, hostileBrowsers, openHostileBrowser } from '../fixtures/hostile-browser';
import { type Passed, startHole, startHostileSite, startRebinding } from '../fixtures/hostile-site';
import { type HostileTarget, installHostileTools } from '../fixtures/hostile-tools';
import type { HostileWay } from '../fixtures/hostile-way';
import { hostileWays } from '../fixtures/hostile-ways';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

/** For an answer to come, in ms: a refusal comes at once, what never comes is waited for so long. */
const refused = { atATime: 200, patienceMs: 4_000 };
/** Where it must come, the ways do not stand in each other's. */
const letThrough = { atATime: 80, patienceMs: 6_000 };
const secretName = 'Marker of a secret customer';
const support = accountId('support');

const openDesk = async (allowWithoutKey: boolean): Promise<RestDesk> => {
  const desk = await openRestDesk({ allowWithoutKey });
  await desk.app.store.upsertChats(support, [anObservedChat({ name: secretName })]);
  desk.app.sessions.ready(support);
  desk.app.sessions.ready(accountId('sales'));
  await desk.app.settled();
  return desk;
};

type Fields = Pick<HostileTarget, 'base' | 'helper' | 'id' | 'key'>;

const filled = <Value>(value: Value, { base, helper, id, key }: Fields): Value =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('{base}', base)
      .replaceAll('{helper}', helper)
      .replaceAll('{id}', id)
      .replaceAll('{key}', key),
  ) as Value;

const idOf = (way: HostileWay): string => `w${hostileWays.indexOf(way)}`;

/** Tries every way, so many at a time; what each could read, by its name. */
const tryAll = async (
  { page }: HostileBrowser,
  aim: (way: HostileWay) => Pick<Fields, 'base' | 'helper' | 'key'>,
  { atATime, patienceMs }: { readonly atATime: number; readonly patienceMs: number },
): Promise<ReadonlyMap<string, string>> => {
  await page.evaluate(installHostileTools, patienceMs);
  const tryOne = async (way: HostileWay): Promise<readonly [string, string]> => {
    const target = { ...aim(way), id: idOf(way) };
    const { request = { path: '' }, given = {}, fields = {} } = way;
    const seen = await page.evaluate(way.run as (target: unknown) => Promise<unknown>, {
      ...target,
      patienceMs,
      ...filled({ request, given, fields }, target),
    });
    return [way.name, String(seen)];
  };
  const tried: (readonly [string, string])[] = [];
  for (let first = 0; first < hostileWays.length; first += atATime) {
    tried.push(...(await Promise.all(hostileWays.slice(first, first + atATime).map(tryOne))));
  }
  return new Map(tried);
};

/** What no page may read: whatever is only in an answer that is a success, or in a page of the API's own. */
const ofTheApi =
  /"success":true|lastActivity|"openapi"|"checks"|Marker of|swagger-ui|retry: 1000|Switchboard<|trusted-types/;

const reads = (seen: ReadonlyMap<string, string>): string[] =>
  [...seen].filter(([, text]) => ofTheApi.test(text)).map(([name]) => name);

describe.each(hostileBrowsers)('a hostile page in %s', (kind) => {
  let site: Awaited<ReturnType<typeof startHostileSite>>;
  beforeAll(async () => {
    site = await startHostileSite();
  });
  afterAll(() => site.close());

  it.each([
    { keys: 'with keys', from: 'another site' },
    { keys: 'with keys', from: 'another port of this computer' },
    { keys: 'with keys', from: 'a name that was made to lead here' },
    { keys: 'without keys', from: 'another site' },
    { keys: 'without keys', from: 'another port of this computer' },
    { keys: 'without keys', from: 'a name that was made to lead here' },
  ])(
    'of $from finds no way into an API $keys: nothing changes, and no byte is read',
    async ({ keys, from }) => {
      const desk = await openDesk(keys === 'without keys');
      const rebinding = await startRebinding(site.port, desk.port);
      const browser = await openHostileBrowser(
        kind,
        `MAP rebound.test 127.0.0.1:${rebinding.port}, MAP *.test 127.0.0.1, MAP *.test. 127.0.0.1, MAP localhost. 127.0.0.1`,
      );
      try {
        const before = await deskState(desk.app);
        const isRebound = from === 'a name that was made to lead here';
        const origins = {
          'another site': `http://attacker.test:${site.port}`,
          'another port of this computer': `http://127.0.0.1:${site.port}`,
          'a name that was made to lead here': `http://rebound.test:${desk.port}`,
        };
        await browser.page.goto(origins[from as keyof typeof origins]);
        rebinding.turn();
        const seen = await tryAll(
          browser,
          ({ spelled }) => ({
            base: spelled?.(desk.port) ?? (isRebound ? origins[from] : desk.address),
            helper: `http://127.0.0.1:${site.port}`,
            key: desk.secret,
          }),
          refused,
        );
        expect(seen.size).toBeGreaterThanOrEqual(60);
        expect(reads(seen)).toEqual([]);
        // A page of another origin may not even read that it was refused.
        if (!isRebound) expect([...seen].filter(([, text]) => text.includes('"success"'))).toEqual([]);
        expect(await deskState(desk.app)).toEqual(before);
        // Not even a question got as far as an operation, also where the page could not have read the answer.
        const asked = desk.app.lines.filter(({ fields }) => /^(api|health)/.test(String(fields['caller'])));
        expect(asked).toEqual([]);
      } finally {
        await browser.close();
        await rebinding.close();
        await desk.close();
      }
    },
    180_000,
  );

  it('would find ways in if there were no guard: each of them gets out of the browser', async () => {
    const desk = await openDesk(true);
    const hole = await startHole(desk.port);
    const browser = await openHostileBrowser(kind, 'MAP *.test 127.0.0.1');
    try {
      const before = await deskState(desk.app);
      await browser.page.goto(`http://127.0.0.1:${site.port}`);
      const seen = await tryAll(
        browser,
        (way) => ({
          base: `http://${idOf(way)}.hole.test:${hole.port}`,
          helper: `http://127.0.0.1:${site.port}`,
          key: desk.secret,
        }),
        letThrough,
      );
      const came = new Set(hole.passed.map(({ way }) => way));
      const silent = hostileWays.filter((way) => way.browserRefuses !== true && !came.has(idOf(way)));
      expect(silent.map(({ name }) => name)).toEqual([]);
      const orders = ({ method, status }: Passed): boolean => /POST|PATCH|DELETE/.test(method) && status < 300;
      expect(new Set(hole.passed.filter(orders).map(({ way }) => way)).size).toBeGreaterThanOrEqual(15);
      expect(reads(seen).length).toBeGreaterThanOrEqual(15);
      expect(await deskState(desk.app)).not.toEqual(before);
    } finally {
      await browser.close();
      await hole.close();
      await desk.close();
    }
  }, 180_000);
});
