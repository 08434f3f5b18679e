import { afterEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { OperationError } from '../../electron/contract/errors';
import type { Envelope, Operation } from '../../electron/contract/operation';
import { pageAnswers } from '../../electron/contract/operations/page-answers';
import { pageOperations } from '../../electron/contract/operations/page-operations';
import { type OperationName, operationNames, registry } from '../../electron/contract/registry';
import { restRoutes } from '../../electron/surfaces/rest';
import { toRestFailure } from '../../electron/surfaces/rest/rest-error';
import type { Route } from '../../electron/surfaces/rest/route';
import { accountId, ana, anInbound, anObservedChat, anOwn, bruno, team } from '../fakes/entities';
import { deskState } from '../fixtures/desk-state';
import { type MadeBefore, operationInputs } from '../fixtures/operation-inputs';
import { openRestDesk, type RestAnswer, type RestDesk } from '../fixtures/rest-desk';
import { sampleOf } from '../fixtures/sample-of';

const support = accountId('support');
const routes = restRoutes({
  network: 'practice',
  installedBrowser: () => undefined,
  files: { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
});

/** At their own address the dialect answers in words of its own: there error and effect are compared, and that there is data. */
const inWordsOfTheDialect: ReadonlySet<string> = new Set<OperationName>([
  'sessions.start',
  'sessions.stop',
  'sessions.restart',
  'sessions.logout',
  'sessions.get',
  'sessions.list',
  'sessions.qr',
  'sessions.pairingCode',
  'sessions.logs',
  'proxies.test',
]);

type Input = Readonly<Record<string, unknown>>;
interface Side {
  readonly desk: RestDesk;
  readonly made: MadeBefore;
}

const desks: RestDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

/** A program and its API with the same content as any other side; the ids that it drew at random are in `made`. */
const openSide = async (): Promise<Side> => {
  const desk = await openRestDesk();
  desks.push(desk);
  const { app } = desk;
  await app.store.upsertChats(support, [
    anObservedChat({ lastActivityMs: 3_000 }),
    anObservedChat({ id: bruno, name: 'Bruno', phone: '+551100000002' }),
    anObservedChat({ id: team, name: 'Team', kind: 'group' }),
  ]);
  await app.store.saveMessages(support, [anInbound('3EB0AA'), anOwn('3EB0BB', { status: 'sent' })]);
  const must = async <Data>(answer: Promise<Envelope<Data>>): Promise<Data> => {
    const envelope = await answer;
    if (!envelope.ok) throw new Error(envelope.error.message);
    return envelope.data;
  };
  await must(app.dispatch(app.caller, 'gates.pause', { accountId: support }));
  const send = (body: string) =>
    must(app.dispatch(app.caller, 'messages.send', { accountId: support, chatId: ana, body, priority: 'bulk' }));
  const { upload } = await must(
    app.dispatch(app.caller, 'uploads.create', {
      accountId: support,
      filename: 'a.png',
      mimetype: 'image/png',
      data: 'iVBORw0KGgo=',
      idempotencyKey: 'picture',
    }),
  );
  const { webhook } = await must(
    app.dispatch(app.caller, 'webhooks.create', { url: 'https://example.com/told', events: ['settings.updated'] }),
  );
  const { apiKey } = await app.apiKeys.create({ name: 'Old', scopes: ['read'] });
  const { campaign } = await must(
    app.dispatch(app.caller, 'campaigns.plan', {
      name: 'Autumn tables',
      accountIds: [accountId('sales')],
      text: 'Hello {{name|you}}',
      recipients: [{ contact: '+55 11 0000-0001', variables: { name: 'Ana' } }, { contact: bruno }],
    }),
  );
  const made = {
    queued: (await send('first')).send.messageId,
    another: (await send('second')).send.messageId,
    picture: upload.mediaId,
    keyId: apiKey.id,
    webhookId: webhook.id,
    campaignId: campaign.id,
  };
  await app.settled();
  return { desk, made };
};

const routeOf = (name: OperationName): Route => {
  const { method, path } = registry[name].http;
  const shape = (text: string): string => text.replaceAll(/:\w+/g, ':');
  const found = routes.find((route) => route.method === method && shape(route.path) === shape(path));
  if (found === undefined) throw new Error(`${name} has no route.`);
  return found;
};

/** The same input where HTTP has it: in the path, in the query of a GET, in the body of everything else. */
const overRest = (desk: RestDesk, name: OperationName, input: Input): Promise<RestAnswer> => {
  routeOf(name);
  const { method, path } = registry[name].http;
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map((match) => match[1]));
  const address = path.replaceAll(/:(\w+)/g, (_match, field: string) => encodeURIComponent(String(input[field])));
  // The dialect calls an account a session, also in the body of its own calls.
  const rest = Object.entries(input)
    .filter(([field]) => !inPath.has(field))
    .map(([field, value]) => [name === 'proxies.test' && field === 'accountId' ? 'sessionId' : field, value] as const);
  const { idempotencyKey, ...body } = Object.fromEntries(rest);
  const headers: Record<string, string> =
    typeof idempotencyKey === 'string' ? { 'Idempotency-Key': idempotencyKey } : {};
  if (method !== 'GET') return desk.ask(method, `/api/v1${address}`, body, headers);
  const query = new URLSearchParams(Object.entries(body).map(([field, value]) => [field, String(value)])).toString();
  return desk.ask(method, `/api/v1${address}?${query}`);
};

/** Without what chance, the time of a call, or the caller's own key makes different: the first such word is <1> on both sides. */
const plain = (value: unknown): string => {
  const seen = new Map<string, string>();
  const text =
    JSON.stringify(value, (field, entry: unknown) => (different.has(field) ? undefined : entry)) ?? 'nothing';
  // A report for support holds the log, and that says who called.
  return text
    .replaceAll(/### Log(?:[^"\\]|\\.)*/g, '')
    .replaceAll(
      /\b(3EB0[0-9A-F]{10,}|(?:key|wh|camp)-[0-9a-f]{16}|whsec_[\w+/=]+|sb_[\w-]{6,43}|[0-9A-F]{32})(?![0-9A-Za-z])/g,
      (word) => {
        const known = seen.get(word) ?? `<${seen.size + 1}>`;
        seen.set(word, known);
        return known;
      },
    );
};
const different: ReadonlySet<string> = new Set([
  'leftBy',
  'lastUsedAtMs',
  'hint',
  'durationMs',
  'epoch',
  'correlationId',
]);

/** Calls one operation on both sides; what differs afterwards. */
const differences = async (
  left: Side,
  right: Side,
  name: OperationName,
  inputOf: (made: MadeBefore) => Input = operationInputs[name],
): Promise<{ readonly succeeded: boolean; readonly code: string | undefined; readonly found: readonly string[] }> => {
  const envelope: Envelope<unknown> = await left.desk.app.dispatch(left.desk.app.caller, name, inputOf(left.made));
  const answer = await overRest(right.desk, name, inputOf(right.made));
  const found: string[] = [];
  const compare = (what: string, window: unknown, rest: unknown): void => {
    const [one, other] = [plain(window), plain(rest)];
    if (one === other) return;
    const at = [...one].findIndex((letter, place) => letter !== other[place]);
    const around = (text: string): string => text.slice(Math.max(0, at - 120), at + 120);
    found.push(`${name}: ${what} in the window\n  … ${around(one)} …\nover REST\n  … ${around(other)} …`);
  };
  if (envelope.ok) {
    compare('success', true, answer.body.success);
    if (!inWordsOfTheDialect.has(name)) compare('data', envelope.data, answer.body.data);
    else if (answer.body.data === undefined) found.push(`${name}: there is no data`);
    if (answer.status < 200 || answer.status > 299) found.push(`${name}: ${answer.status} ${answer.text}`);
  } else {
    const { status, body } = toRestFailure(envelope.error);
    compare('error', [status, body.error.code], [answer.status, answer.body.error?.code]);
    // What the dialect checks itself it says in its own words, as it does of a session that is not there; and every error names the
    // session, also where the words of the operation do not.
    const sameWords = routeOf(name).checkedByOperation && envelope.error.code !== 'ACCOUNT_NOT_FOUND';
    if (sameWords && !(answer.body.error?.message ?? '').includes(body.error.message))
      compare('message', body.error.message, answer.body.error.message);
  }
  const [before, after] = [await deskState(left.desk.app), await deskState(right.desk.app)];
  for (const part of Object.keys(before)) compare(`effect on ${part}`, before[part], after[part]);
  return { succeeded: envelope.ok, code: envelope.ok ? undefined : envelope.error.code, found };
};

const named = Object.keys(operationInputs) as unknown as readonly OperationName[];
const isOfThePage = (name: OperationName): name is keyof typeof pageOperations => Object.hasOwn(pageOperations, name);

const answerOf = (operation: string): unknown => {
  const own = (pageAnswers as Readonly<Record<string, z.ZodType>>)[operation];
  const { output } = registry[operation as OperationName] as Operation;
  return sampleOf(own ?? output);
};

/** The account is ready, and its page answers whatever it is asked with something that makes sense. */
const makeReady = async ({ app }: RestDesk): Promise<void> => {
  app.sessions.ready(support);
  const answer = (_account: unknown, { operation }: { readonly operation: string }) => ({
    result: answerOf(operation),
  });
  app.sessions.answers.look = answer;
  app.sessions.answers.act = answer;
  app.sessions.answers.readLimits = () => ({ limits: {} });
  await app.settled();
};

describe('every operation does the same in the window and over REST', () => {
  it('has an input in the table, and they are all of the registry', () => {
    expect(named.toSorted()).toEqual(operationNames.toSorted());
  });

  it('while the account is stopped: what needs its page is refused alike', async () => {
    const [left, right] = [await openSide(), await openSide()];
    const found: string[] = [];
    for (const name of named) {
      const result = await differences(left, right, name);
      found.push(...result.found);
      if (isOfThePage(name)) expect([name, result.code]).toEqual([name, 'SESSION_NOT_READY']);
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('while the account is ready: its page is asked the same, and what it answers comes back alike', async () => {
    const [left, right] = [await openSide(), await openSide()];
    for (const { desk } of [left, right]) await makeReady(desk);
    const found: string[] = [];
    const refused: string[] = [];
    for (const name of named) {
      const result = await differences(left, right, name);
      found.push(...result.found);
      if (!result.succeeded) refused.push(`${name} ${result.code}`);
    }
    expect(found).toEqual([]);
    // Nothing to see there on this desk: a code, a failed message, a proxy, a practice network.
    expect(refused.map((one) => one.split(' ')[0]).filter((name) => isOfThePage(name as OperationName))).toEqual([]);
    expect(refused.length).toBeLessThan(10);
  }, 240_000);

  it('when the page refuses or does not answer: with the same code, and the same word about the effect', async () => {
    const [left, right] = [await openSide(), await openSide()];
    for (const { desk } of [left, right]) {
      await makeReady(desk);
      const refuse = () => {
        throw new OperationError('PAGE_REFUSED', 'WhatsApp did not want to.', { effect: 'unknown' });
      };
      desk.app.sessions.answers.look = refuse;
      desk.app.sessions.answers.act = refuse;
    }
    const found: string[] = [];
    for (const name of named.filter(isOfThePage)) {
      const result = await differences(left, right, name);
      found.push(...result.found);
      expect([name, result.code]).toEqual([name, 'PAGE_REFUSED']);
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('for an account that does not exist, and for a field that it does not know: nothing happens on either side', async () => {
    const [left, right] = [await openSide(), await openSide()];
    const found: string[] = [];
    for (const name of named) {
      const ofAccount = 'accountId' in registry[name].input.shape;
      const given: (made: MadeBefore) => Input = operationInputs[name];
      if (ofAccount) {
        const result = await differences(left, right, name, (made) => ({ ...given(made), accountId: 'nobody' }));
        found.push(...result.found);
      }
      const unknown = await differences(left, right, name, (made) => ({ ...given(made), surprise: 'yes' }));
      found.push(...unknown.found);
      expect([name, unknown.code]).toEqual([name, 'VALIDATION_ERROR']);
    }
    expect(found).toEqual([]);
  }, 240_000);
});
