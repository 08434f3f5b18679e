import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewDelivery, NewWebhook } from '../../../electron/application/ports/console-store';
import { webhookIdSchema } from '../../../electron/contract/entities/webhook';
import { consoleMigrations } from '../../../electron/store/console-migrations/console-migrations';
import { migrate, schemaVersion } from '../../../electron/store/migrate';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

let root: string;
let host: StoreHost;
const file = () => join(root, 'console.db');
const newHost = (): StoreHost =>
  createStoreHost({
    accountsDir: join(root, 'accounts'),
    consoleFile: file(),
    log: createMemoryLog().log,
    nowMs: () => 1,
  });

beforeEach(() => {
  root = temporaryFolder();
  host = newHost();
});
afterEach(() => {
  host.closeAll();
  removeTemporaryFolders();
});

const support = accountId('support');
const one = webhookIdSchema.parse('wh-0000000000000001');
const two = webhookIdSchema.parse('wh-0000000000000002');
const aWebhook = (changes: Partial<NewWebhook> = {}): NewWebhook => ({
  id: one,
  accountId: support,
  url: 'https://shop.example/',
  events: ['message'],
  headerNames: ['Authorization'],
  reach: 'internet',
  origin: 'call',
  createdAtMs: 5,
  status: { state: 'active' },
  ...changes,
});
const aDelivery = (id: string, changes: Partial<NewDelivery> = {}): NewDelivery => ({
  webhookId: one,
  id,
  event: 'message.added',
  accountId: support,
  createdAtMs: 7,
  body: `{"id":"${id}"}`,
  ...changes,
});
const waitingIds = () => host.nextDeliveries(one, 10).map(({ id }) => id);

it('a console database of before has its lists and keys afterwards, and takes webhooks', () => {
  host.closeAll();
  const older = new DatabaseSync(join(root, 'older.db'));
  migrate(older, undefined, consoleMigrations.slice(0, 2));
  older.exec(`INSERT INTO opt_outs (contact, note, added_ms) VALUES ('551100000001', 'x', 3);
    INSERT INTO api_keys (id, hash, name, hint, scopes, created_ms)
    VALUES ('key-0123456789abcdef', 'h', 'Router', 'sb_', '["read"]', 4)`);
  migrate(older, undefined, consoleMigrations);
  expect(schemaVersion(older)).toBe(consoleMigrations.length);
  older.close();
  host = createStoreHost({
    accountsDir: join(root, 'accounts'),
    consoleFile: join(root, 'older.db'),
    log: createMemoryLog().log,
    nowMs: () => 1,
  });
  expect(host.readOptOutContacts()).toEqual(['551100000001']);
  expect(host.listApiKeys()).toMatchObject([{ name: 'Router', hash: 'h' }]);
  host.addWebhook(aWebhook());
  expect(host.listWebhooks()).toHaveLength(1);
});

it('a console database whose webhooks were told without marks keeps them and what waits, and takes marks', () => {
  host.closeAll();
  const older = new DatabaseSync(join(root, 'older.db'));
  migrate(older, undefined, consoleMigrations.slice(0, 3));
  older.exec(`INSERT INTO webhooks (id, url, events, header_names, reach, origin, created_ms, status)
    VALUES ('${one}', 'https://shop.example/', '["*"]', '[]', 'internet', 'call', 5, '{"state":"active"}');
    INSERT INTO webhook_deliveries (webhook_id, id, event, created_ms, body) VALUES ('${one}', 'm1', 'gap', 6, '{}')`);
  older.close();
  host = createStoreHost({
    accountsDir: join(root, 'accounts'),
    consoleFile: join(root, 'older.db'),
    log: createMemoryLog().log,
    nowMs: () => 1,
  });
  expect([host.listMessageMarks(), waitingIds()]).toEqual([[], ['m1']]);
  host.addDeliveries([], [{ accountId: support, order: 3 }]);
  expect(host.listMessageMarks()).toEqual([{ accountId: 'support', order: 3 }]);
});

it('webhooks come back as they were, with what waits for each', () => {
  host.addWebhook(aWebhook());
  const { accountId: _, ...ofAll } = aWebhook({ id: two, status: { state: 'active' } });
  host.addWebhook(ofAll);
  host.addDeliveries([aDelivery('m1'), aDelivery('m2'), aDelivery('m1', { webhookId: two })], []);
  const status = { state: 'failing', sinceMs: 1, nextAttemptMs: 2, problem: 'it answered 500' } as const;
  host.updateWebhook(one, { status, missed: 3, givenUp: 1 });
  host.closeAll();
  host = newHost();
  expect(host.listWebhooks()).toEqual([
    { ...aWebhook(), status, missed: 3, givenUp: 1, waiting: 2, waitingBytes: 22 },
    { ...ofAll, missed: 0, givenUp: 0, waiting: 1, waitingBytes: 11 },
  ]);
});

it('deliveries wait in the order in which they came, each once, and without their webhook not at all', () => {
  host.addWebhook(aWebhook());
  host.addDeliveries([aDelivery('m2'), aDelivery('m1'), aDelivery('m2'), aDelivery('m3', { webhookId: two })], []);
  host.addDeliveries([aDelivery('m1'), aDelivery('m0')], []);
  expect(waitingIds()).toEqual(['m2', 'm1', 'm0']);
  expect(host.nextDeliveries(two, 10)).toEqual([]);
});

it('what was delivered is a record without its text, and what failed once more waits where it was', () => {
  host.addWebhook(aWebhook());
  host.addDeliveries([aDelivery('m1'), aDelivery('m2')], []);
  const [first, second] = host.nextDeliveries(one, 10);
  const attempts = [{ atMs: 10, durationMs: 3, status: 500, problem: 'it answered 500' }];
  host.stepDelivery(first?.position ?? 0, { state: 'waiting', attempts, nextAttemptMs: 20, atMs: 10 });
  expect(host.nextDeliveries(one, 1)).toEqual([{ ...first, attempts, nextAttemptMs: 20 }]);
  host.stepDelivery(second?.position ?? 0, { state: 'delivered', attempts: [], nextAttemptMs: undefined, atMs: 30 });
  expect(waitingIds()).toEqual(['m1']);
  expect(host.listDeliveries(one, { filter: 'all', cursor: undefined, limit: 10 }).deliveries).toMatchObject([
    { id: 'm2', state: 'delivered', settledAtMs: 30 },
    { id: 'm1', state: 'waiting', nextAttemptMs: 20, attempts },
  ]);
  host.closeAll();
  const raw = new DatabaseSync(file());
  expect(raw.prepare('SELECT body FROM webhook_deliveries ORDER BY position').all()).toMatchObject([
    { body: '{"id":"m1"}' },
    { body: '' },
  ]);
  raw.close();
  host = newHost();
});

it('records come in pages by state, and go when they are old; what waits stays', () => {
  host.addWebhook(aWebhook());
  host.addDeliveries(
    Array.from({ length: 7 }, (_, index) => aDelivery(`m${index}`)),
    [],
  );
  for (const { position } of host.nextDeliveries(one, 5)) {
    host.stepDelivery(position, { state: 'failed', attempts: [], nextAttemptMs: undefined, atMs: position });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = host.listDeliveries(one, { filter: 'failed', cursor, limit: 2 });
    seen.push(...page.deliveries.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < 20);
  expect(seen).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
  expect(() => host.listDeliveries(one, { filter: 'all', cursor: 'nonsense', limit: 2 })).toThrow(
    expect.objectContaining({ code: 'VALIDATION_ERROR' }),
  );
  expect(host.sweepDeliveries(3)).toBe(2);
  expect(host.listDeliveries(one, { filter: 'all', cursor: undefined, limit: 10 }).deliveries).toHaveLength(5);
  expect(waitingIds()).toEqual(['m5', 'm6']);
});

it('how far messages have been told is committed with what tells of them', () => {
  host.addWebhook(aWebhook());
  host.addDeliveries([aDelivery('m1')], [{ accountId: support, order: 4 }]);
  host.addDeliveries([], [{ accountId: support, order: 9 }]);
  const broken = { ...aDelivery('m2'), createdAtMs: Number.NaN };
  expect(() => host.addDeliveries([aDelivery('m3'), broken], [{ accountId: support, order: 12 }])).toThrow(Error);
  expect([host.listMessageMarks(), waitingIds()]).toEqual([[{ accountId: 'support', order: 9 }], ['m1']]);
  host.forgetMessageMark(support);
  expect(host.listMessageMarks()).toEqual([]);
});

it('nothing of a webhook is left when it is removed', () => {
  host.addWebhook(aWebhook());
  host.addDeliveries([aDelivery('m1')], []);
  host.removeWebhook(one);
  host.removeWebhook(one);
  expect(host.listWebhooks()).toEqual([]);
  expect(host.listDeliveries(one, { filter: 'all', cursor: undefined, limit: 10 }).deliveries).toEqual([]);
});
