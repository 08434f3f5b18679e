import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewCampaign, NewCampaignRow, RowStep } from '../../../electron/application/ports/campaign-store';
import { type CampaignRowState, campaignIdSchema, campaignSchema } from '../../../electron/contract/entities/campaign';
import type { Send } from '../../../electron/contract/entities/send';
import { consoleMigrations } from '../../../electron/store/console-migrations/console-migrations';
import { migrate, schemaVersion } from '../../../electron/store/migrate';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId, ana, bruno, chatId, messageId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

let root: string;
let host: StoreHost;
const newHost = (): StoreHost =>
  createStoreHost({
    accountsDir: join(root, 'accounts'),
    consoleFile: join(root, 'console.db'),
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
const sales = accountId('sales');
const one = campaignIdSchema.parse('camp-0000000000000001');
const two = campaignIdSchema.parse('camp-0000000000000002');

const aCampaign = (changes: Partial<NewCampaign> = {}): NewCampaign => ({
  id: one,
  name: 'Spring',
  accountIds: [support, sales],
  text: 'Hello {{name}}',
  policy: 'never_twice',
  createdAtMs: 5,
  ...changes,
});
const aRow = (row: number, changes: Partial<NewCampaignRow> = {}): NewCampaignRow => ({
  row,
  accountId: support,
  contact: '+55 11 0000-0001',
  chatId: ana,
  text: `Hello ${row}`,
  ...changes,
});
const plan = (campaign: NewCampaign, rows: readonly NewCampaignRow[]): void => {
  host.beginCampaign(campaign, undefined);
  host.addCampaignRows(campaign.id, rows, 6);
  host.completeCampaign(campaign.id);
};
const aStep = (to: CampaignRowState, changes: Partial<RowStep> = {}): RowStep => ({
  to,
  attempt: 1,
  messageId: messageId('3EB0AA'),
  problem: undefined,
  departedAtMs: undefined,
  sentAtMs: undefined,
  atMs: 9,
  ...changes,
});
const aSend = (state: Send['state'], changes: Partial<Send> = {}): Send => ({
  accountId: support,
  chatId: ana,
  messageId: messageId('3EB0AA'),
  order: 1,
  lane: 'bulk',
  policy: 'never_twice',
  content: { kind: 'text', body: 'Hello 1' },
  state,
  attempt: 1,
  createdAtMs: 7,
  changedAtMs: 11,
  ...changes,
});
const rowsOf = (id = one) =>
  host.listCampaignRows({ campaignId: id, states: undefined, cursor: undefined, limit: 200 }).rows;
const statesOf = (id = one) => rowsOf(id).map(({ state, mark }) => (mark === undefined ? state : `${state} ${mark}`));
const start = (id = one) => host.moveCampaign(id, ['planned', 'paused'], 'running', 8);
const feed = (row: number, changes: Partial<RowStep> = {}): void => {
  expect(host.beginFeeding(one, row)).toBe(true);
  host.stepCampaignRow(one, row, aStep('queued', changes));
};

it('a console database of before keeps what it has and takes campaigns', () => {
  host.closeAll();
  const older = new DatabaseSync(join(root, 'console.db'));
  migrate(older, undefined, consoleMigrations.slice(0, 4));
  older.exec(`INSERT INTO opt_outs (contact, note, added_ms) VALUES ('551100000001', 'x', 3);
    INSERT INTO webhook_marks (account_id, ord) VALUES ('support', 4)`);
  migrate(older, undefined, consoleMigrations);
  expect(schemaVersion(older)).toBe(consoleMigrations.length);
  older.close();
  host = newHost();
  expect(host.readOptOutContacts()).toEqual(['551100000001']);
  plan(aCampaign(), [aRow(1)]);
  expect(host.findCampaign(one)?.counts.planned).toBe(1);
});

describe('a campaign', () => {
  it('comes back as it was planned, with its rows in their order and their counts', () => {
    const campaign = aCampaign({ pace: { gapMs: 5_000, jitter: 0.5 } });
    plan(campaign, [aRow(2, { chatId: bruno }), aRow(1), aRow(3, { accountId: sales, problem: 'twice' })]);
    host.closeAll();
    host = newHost();
    const found = host.findCampaign(one);
    expect(found).toMatchObject({ ...campaign, state: 'planned', counts: { planned: 2, skipped: 1, sent: 0 } });
    expect(campaignSchema.parse(found)).toEqual(found);
    expect(rowsOf().map(({ row, text, state, problem }) => [row, text, state, problem])).toEqual([
      [1, 'Hello 1', 'planned', undefined],
      [2, 'Hello 2', 'planned', undefined],
      [3, 'Hello 3', 'skipped', 'twice'],
    ]);
    expect(host.reportCampaign(one).map(({ accountId: id, counts }) => [id, counts.planned, counts.skipped])).toEqual([
      ['sales', 0, 1],
      ['support', 2, 0],
    ]);
  });

  it('is seen only when it is whole, and what a crash has left of one is swept away with its key', () => {
    host.beginCampaign(aCampaign(), { key: 'k', request: 'a' });
    host.addCampaignRows(one, [aRow(1)], 6);
    expect([
      host.findCampaign(one),
      host.listCampaigns({ state: undefined, within: undefined, cursor: undefined, limit: 5 }).campaigns,
    ]).toEqual([undefined, []]);
    expect(host.beginCampaign(aCampaign({ id: two }), { key: 'k', request: 'a' })).toEqual({ created: true });
    host.completeCampaign(two);
    expect(host.beginCampaign(aCampaign(), { key: 'k', request: 'a' })).toEqual({
      created: false,
      campaignId: two,
      same: true,
    });
    expect(host.beginCampaign(aCampaign(), { key: 'k', request: 'b' })).toEqual({
      created: false,
      campaignId: two,
      same: false,
    });
    while (host.sweepCampaigns());
    expect([host.countCampaigns(), rowsOf()]).toEqual([1, []]);
  });

  it('is listed newest first in pages, by state, and for some accounts only when all of its own are among them', () => {
    for (let index = 1; index <= 5; index += 1) {
      const id = campaignIdSchema.parse(`camp-000000000000000${index}`);
      plan(aCampaign({ id, accountIds: index % 2 === 0 ? [support] : [support, sales] }), [aRow(1)]);
    }
    start(two);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = host.listCampaigns({ state: undefined, within: undefined, cursor, limit: 2 });
      seen.push(...page.campaigns.map(({ id }) => id.slice(-1)));
      cursor = page.nextCursor;
    } while (cursor !== undefined && seen.length < 10);
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
    const ids = (state: 'running' | undefined, within: readonly ReturnType<typeof accountId>[]) =>
      host.listCampaigns({ state, within, cursor: undefined, limit: 9 }).campaigns.map(({ id }) => id.slice(-1));
    expect([ids(undefined, [support]), ids('running', [support]), ids(undefined, [sales])]).toEqual([
      ['4', '2'],
      ['2'],
      [],
    ]);
    expect(() => host.listCampaigns({ state: undefined, within: undefined, cursor: 'x', limit: 2 })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR' }),
    );
  });

  it('is finished when nothing of it is on its way, and is hidden at once and deleted in parts when it is removed', () => {
    plan(
      aCampaign(),
      Array.from({ length: 1_200 }, (_, index) => aRow(index + 1, { problem: 'twice' })),
    );
    expect(host.finishCampaigns(20)).toEqual([]);
    start();
    expect(host.finishCampaigns(20)).toEqual([one]);
    expect(host.findCampaign(one)).toMatchObject({ state: 'finished', startedAtMs: 8, endedAtMs: 20 });
    expect(host.hideCampaign(one, ['planned'])).toBe(false);
    expect(host.hideCampaign(one, ['finished'])).toBe(true);
    expect(host.findCampaign(one)).toBeUndefined();
    let parts = 0;
    while (host.sweepCampaigns()) parts += 1;
    expect([parts > 2, host.countCampaigns(), rowsOf()]).toEqual([true, 0, []]);
  });
});

describe('a row', () => {
  beforeEach(() => plan(aCampaign(), [aRow(1), aRow(2, { chatId: bruno }), aRow(3, { accountId: sales })]));

  it('is given to one account’s runner at a time, in order, while its campaign runs', () => {
    expect(host.campaignWork(support, 5).running).toEqual([]);
    expect(host.beginFeeding(one, 1)).toBe(false);
    start();
    const [work] = host.campaignWork(support, 5).running;
    expect(work).toMatchObject({ campaignId: one, queued: 0, hasDeparted: false });
    expect(work?.next.map(({ row }) => row)).toEqual([1, 2]);
    expect([host.beginFeeding(one, 1), host.beginFeeding(one, 1)]).toEqual([true, false]);
    expect(host.campaignWork(support, 5).marked.map(({ row, mark }) => [row, mark])).toEqual([[1, 'feeding']]);
    host.stepCampaignRow(one, 1, aStep('queued'));
    expect(host.campaignWork(support, 5)).toMatchObject({ marked: [], queued: 1 });
    expect(host.campaignWork(sales, 5).running[0]?.next.map(({ row }) => row)).toEqual([3]);
    expect(host.listCampaignAccounts().toSorted()).toEqual(['sales', 'support']);
  });

  it('that waits is marked to be taken back in the commit that pauses, also when the outbox takes it a moment later', () => {
    start();
    feed(1);
    expect(host.beginFeeding(one, 2)).toBe(true);
    expect(host.moveCampaign(one, ['running'], 'paused', 10)).toBe(true);
    host.stepCampaignRow(one, 2, aStep('queued', { messageId: messageId('3EB0BB') }));
    expect(statesOf()).toEqual(['queued recalling', 'queued recalling', 'planned']);
    // A person who takes it back, too, changes nothing about that.
    expect(host.noteSends(support, [aSend('cancelled')])).toEqual([]);
    host.stepCampaignRow(one, 1, aStep('planned', { attempt: 2, messageId: undefined }));
    expect(rowsOf()[0]).toMatchObject({ state: 'planned', attempt: 2 });
    expect(rowsOf()[0]?.messageId).toBeUndefined();
    // It was too late for this one.
    host.noteSends(support, [aSend('claimed', { chatId: bruno, messageId: messageId('3EB0BB'), claimedAtMs: 12 })]);
    expect(statesOf()).toEqual(['planned', 'claimed', 'planned']);
  });

  it('of a cancelled campaign that is taken back is cancelled', () => {
    start();
    feed(1);
    host.moveCampaign(one, ['running'], 'cancelled', 10);
    expect(host.listHalfCancelled()).toEqual([one]);
    expect(host.cancelPlannedRows(one, 10)).toBe(false);
    host.stepCampaignRow(one, 1, aStep('planned', { attempt: 2, messageId: undefined }));
    expect([statesOf(), host.listHalfCancelled()]).toEqual([['cancelled', 'cancelled', 'cancelled'], []]);
  });

  it('follows its message by account, chat and id, and keeps when it left first and when it was confirmed', () => {
    start();
    feed(1);
    expect(host.noteSends(sales, [aSend('sent')])).toEqual([]);
    expect(host.noteSends(support, [aSend('sent', { chatId: chatId('551199@c.us') })])).toEqual([]);
    expect(host.noteSends(support, [aSend('claimed', { claimedAtMs: 12 })])).toEqual([
      { campaignId: one, departed: true },
    ]);
    expect(host.noteSends(support, [aSend('sent', { claimedAtMs: 30, sentAtMs: 31 })])).toEqual([
      { campaignId: one, departed: false },
    ]);
    expect(host.noteSends(support, [aSend('sent')])).toEqual([]);
    expect(rowsOf()[0]).toMatchObject({ state: 'sent', departedAtMs: 12, sentAtMs: 31 });
    expect(host.reportCampaign(one)[1]).toMatchObject({
      accountId: 'support',
      firstDepartureMs: 12,
      lastDepartureMs: 12,
    });
    expect(host.rowsInDoubt(support).map(({ row }) => row)).toEqual([1]);
  });

  it('that failed is planned again with its message, and its finished campaign runs again', () => {
    start();
    feed(1);
    host.noteSends(support, [aSend('failed', { problem: 'not there' })]);
    host.stepCampaignRow(one, 2, aStep('skipped', { messageId: undefined }));
    host.stepCampaignRow(one, 3, aStep('unknown', { messageId: messageId('3EB0CC') }));
    expect(host.finishCampaigns(15)).toEqual([one]);
    expect(host.retryCampaign(one, [sales], 16)).toBe(0);
    expect(host.findCampaign(one)?.state).toBe('finished');
    expect(host.retryCampaign(one, [support, sales], 16)).toBe(1);
    expect(host.findCampaign(one)).toMatchObject({ state: 'running', counts: { planned: 1, skipped: 1, unknown: 1 } });
    expect(rowsOf()[0]).toMatchObject({ state: 'planned', messageId: '3EB0AA' });
    // The failure is known already; that it left after all is news.
    expect(host.noteSends(support, [aSend('failed', { problem: 'not there' })])).toEqual([]);
    host.noteSends(support, [aSend('sent')]);
    expect(statesOf()[0]).toBe('sent');
  });

  it('of an account that is gone is skipped, or not certain where it may have left', () => {
    plan(aCampaign({ id: two }), [aRow(1)]);
    start();
    feed(1);
    feed(2, { messageId: messageId('3EB0BB') });
    host.noteSends(support, [aSend('handed', { claimedAtMs: 12 })]);
    const words = { skipped: 'gone', unknown: 'look' };
    expect(host.skipRowsOf(support, words, 20)).toEqual({ campaignIds: [one, two], more: false });
    expect(rowsOf().map(({ state, problem }) => [state, problem])).toEqual([
      ['unknown', 'look'],
      ['skipped', 'gone'],
      ['planned', undefined],
    ]);
    expect(statesOf(two)).toEqual(['skipped']);
  });

  it('of another campaign that runs says so of its chat', () => {
    plan(aCampaign({ id: two }), [aRow(1), aRow(2, { chatId: bruno, problem: 'twice' })]);
    expect(host.chatsOfOthers(one, [ana, bruno])).toEqual([]);
    start(two);
    expect(host.chatsOfOthers(one, [ana, bruno])).toEqual([ana]);
    expect(host.chatsOfOthers(two, [ana, bruno])).toEqual([]);
    expect(host.countOthersAhead(one)).toEqual([{ accountId: 'support', rows: 1 }]);
  });
});
