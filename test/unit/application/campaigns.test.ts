import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { type CampaignBench, createCampaignBench, numberOf, sales, support } from '../../fakes/campaign-bench';
import { ana, chatId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

let bench: CampaignBench;
const full = new OperationError('STORE_UNAVAILABLE', 'console.db: the disk does not answer');

beforeEach(async () => {
  bench = await createCampaignBench(temporaryFolder());
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

const chats = () => bench.arrivals.map(({ chat }) => chat);
const chatsOf = (...places: readonly number[]) => places.map((place) => `${numberOf(place)}@c.us`);
const start = ({ id }: { id: Parameters<typeof bench.campaign>[0]['id'] }) =>
  bench.must('campaigns.start', { campaignId: id });
const both = { accountIds: [support, sales] };

describe('a campaign that runs', () => {
  it('writes to everybody once, spread over its accounts, and is finished when nothing is on its way', async () => {
    const campaign = await bench.plan(6, both);
    expect(campaign).toMatchObject({ state: 'planned', counts: { planned: 6, sent: 0 } });
    await bench.ready(support, sales);
    expect(bench.arrivals).toEqual([]);
    expect((await start(campaign)).campaign.state).toBe('running');
    await bench.pass(2_000, 500);
    expect(chats().toSorted()).toEqual(chatsOf(1, 2, 3, 4, 5, 6));
    expect(bench.arrivals.filter(({ account }) => account === sales)).toHaveLength(3);
    expect(await bench.campaign(campaign)).toMatchObject({
      state: 'finished',
      counts: { sent: 6, planned: 0, queued: 0 },
      endedAtMs: expect.any(Number),
    });
    const report = await bench.must('campaigns.report', { campaignId: campaign.id });
    expect(report.accounts.map(({ accountId, counts }) => [accountId, counts.sent])).toEqual([
      ['sales', 3],
      ['support', 3],
    ]);
    expect(report.firstDepartureMs).toBeLessThanOrEqual(report.lastDepartureMs ?? 0);
    expect(report.rows).toHaveLength(6);
  });

  it('tells of itself with its counts, at most every 250 ms', async () => {
    const campaign = await bench.plan(20);
    await bench.ready(support);
    await start(campaign);
    await bench.app.settled();
    const told = bench.app.heardOf('campaign.updated').length;
    expect(told).toBeLessThan(5);
    await bench.pass(250);
    expect(bench.app.heardOf('campaign.updated').at(-1)?.campaign).toMatchObject({
      state: 'finished',
      counts: { sent: 20 },
    });
  });

  it('has two rows at most in an outbox, in the lane of bulk sends, so that people are never behind it', async () => {
    const campaign = await bench.plan(5);
    await start(campaign);
    await bench.app.settled();
    expect(await bench.states(campaign)).toEqual(['queued', 'queued', 'planned', 'planned', 'planned']);
    expect((await bench.rows(campaign))[0]?.wait).toEqual({ reason: 'account_not_ready' });
    await bench.must('messages.send', { accountId: support, chatId: ana, body: 'by hand' });
    await bench.ready(support);
    expect(bench.arrivals[0]).toMatchObject({ body: 'by hand' });
    expect(chats()).toHaveLength(6);
  });

  it('follows what becomes of each message afterwards, also when it is finished', async () => {
    const campaign = await bench.plan(2);
    await bench.ready(support);
    await start(campaign);
    await bench.app.settled();
    const [first] = bench.arrivals;
    if (first === undefined) throw new Error('nothing arrived');
    const { messageId } = first;
    bench.app.sessions.report(support, {
      type: 'acks',
      acks: [{ chatId: chatId(first.chat), messageId, status: 'read' }],
    });
    await bench.app.settled();
    expect(await bench.states(campaign)).toEqual(['read', 'sent']);
    expect((await bench.campaign(campaign)).state).toBe('finished');
  });

  it('keeps its own pace where that is slower than the account’s, also after a restart', async () => {
    const campaign = await bench.plan(3, { pace: { gapMs: 10_000, jitter: 0 } });
    await bench.ready(support);
    await start(campaign);
    await bench.app.settled();
    expect(bench.arrivals).toHaveLength(1);
    await bench.pass(9_900, 900);
    expect(bench.arrivals).toHaveLength(1);
    await bench.pass(200);
    expect(bench.arrivals).toHaveLength(2);
    bench = await bench.killed();
    bench.app.sessions.ready(support);
    await bench.app.settled();
    await bench.pass(9_900, 900);
    expect(bench.arrivals).toHaveLength(2);
    await bench.pass(30_000, 500);
    expect(chats()).toEqual(chatsOf(1, 2, 3));
  });
});

describe('a console that dies', () => {
  it('between the outbox’s commit and the ledger’s goes on by itself, and nobody gets it twice', async () => {
    const campaign = await bench.plan(8, both);
    await bench.ready(support, sales);
    bench.app.store.fail('stepCampaignRow', full, 1_000);
    await start(campaign);
    await bench.app.settled();
    // Both outboxes have taken one, and the ledger does not know.
    expect(chats()).toHaveLength(2);
    expect(new Set(await bench.states(campaign))).toEqual(new Set(['planned']));
    bench = await bench.killed();
    await bench.ready(support, sales);
    expect(chats().toSorted()).toEqual(chatsOf(1, 2, 3, 4, 5, 6, 7, 8));
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 8 } });
  });

  it('before the outbox’s commit sends what was about to be accepted, once', async () => {
    const campaign = await bench.plan(3);
    await bench.ready(support);
    bench.app.store.fail('queueOutgoing', full, 1_000);
    await start(campaign);
    await bench.app.settled();
    expect(bench.arrivals).toEqual([]);
    bench = await bench.killed();
    await bench.ready(support);
    expect(chats()).toEqual(chatsOf(1, 2, 3));
  });

  it('at any moment of a campaign has written to everybody once after enough starts', async () => {
    const campaign = await bench.plan(12, both);
    await start(campaign);
    for (let round = 0; round < 14; round += 1) {
      for (const id of [support, sales]) bench.app.sessions.ready(id);
      const method = (['stepCampaignRow', 'beginFeeding', 'noteSends', 'stepSends', 'finishCampaigns'] as const)[
        round % 5
      ];
      for (let turn = 0; turn < 3 + round * 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      // What was asked for has happened, or has not: nobody hears.
      bench.app.store[round % 2 === 0 ? 'fail' : 'failAfter'](method ?? 'noteSends', full, 1_000);
      await bench.app.settled();
      bench = await bench.killed();
    }
    await bench.ready(support, sales);
    await bench.pass(200_000, 5_000);
    expect(new Set(chats()).size).toBe(12);
    // The same message may be asked for again after a crash, under the same id: that is one.
    expect(new Set(bench.arrivals.map(({ messageId }) => messageId)).size).toBe(12);
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 12 } });
  });

  it('while its campaign is paused: what the outbox had taken meanwhile is taken back and does not leave', async () => {
    const campaign = await bench.plan(3);
    bench.app.store.fail('stepCampaignRow', full, 1_000);
    await start(campaign);
    await bench.app.settled();
    await bench.must('campaigns.pause', { campaignId: campaign.id });
    bench = await bench.killed();
    await bench.ready(support);
    expect(bench.arrivals).toEqual([]);
    expect(await bench.states(campaign)).toEqual(['planned', 'planned', 'planned']);
    await start(campaign);
    await bench.app.settled();
    expect(chats()).toEqual(chatsOf(1, 2, 3));
  });
});

describe('pausing', () => {
  it('takes back what waits at once, and it goes again under the next attempt, once', async () => {
    const campaign = await bench.plan(4);
    await start(campaign);
    await bench.app.settled();
    const { campaign: paused } = await bench.must('campaigns.pause', { campaignId: campaign.id });
    expect(paused).toMatchObject({ state: 'paused', counts: { planned: 4, queued: 0 } });
    await bench.ready(support);
    expect(bench.arrivals).toEqual([]);
    expect((await bench.must('sends.list', { accountId: support, filter: 'waiting' })).sends).toEqual([]);
    await start(campaign);
    await bench.app.settled();
    expect(chats()).toEqual(chatsOf(1, 2, 3, 4));
    expect((await bench.rows(campaign)).map(({ attempt }) => attempt)).toEqual([2, 2, 1, 1]);
    expect(await bench.must('campaigns.pause', { campaignId: campaign.id }).catch(String)).toContain('CAMPAIGN_STATE');
  });

  it('and starting in quick turns never sends anything twice', async () => {
    const campaign = await bench.plan(10);
    bench.app.sessions.ready(support);
    for (let round = 0; round < 12; round += 1) {
      // Which comes first is not said; a campaign that is finished meanwhile takes neither.
      const calls = [start(campaign), bench.must('campaigns.pause', { campaignId: campaign.id })].map((call) =>
        call.catch((error: unknown) => expect(String(error)).toContain('CAMPAIGN_STATE')),
      );
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await Promise.all(calls);
    }
    await start(campaign).catch(() => undefined);
    await bench.pass(5_000, 500);
    expect(chats().toSorted()).toEqual(chatsOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  });

  it('leaves alone what is with WhatsApp already, and what a person sends again meanwhile', async () => {
    let failures = 1;
    bench.answer = () => {
      failures -= 1;
      if (failures >= 0) throw new OperationError('SEND_FAILED', 'Support: refused.');
      return 'handed';
    };
    const campaign = await bench.plan(5, { pace: { gapMs: 10_000, jitter: 0 } });
    await bench.ready(support);
    await start(campaign);
    await bench.app.settled();
    await bench.pass(10_000, 1_000);
    expect(await bench.states(campaign)).toEqual(['failed', 'handed', 'planned', 'planned', 'planned']);
    const { campaign: paused } = await bench.must('campaigns.pause', { campaignId: campaign.id });
    expect(paused.counts).toMatchObject({ failed: 1, handed: 1, planned: 3 });
    const [failed] = await bench.rows(campaign);
    if (failed?.messageId === undefined) throw new Error('no message');
    await bench.must('gates.pause', { accountId: support });
    const named = { accountId: support, chatId: failed.chatId, messageId: failed.messageId };
    await bench.must('sends.resend', named);
    await bench.pass(20_000, 5_000);
    expect((await bench.states(campaign)).slice(0, 3)).toEqual(['queued', 'handed', 'planned']);
    await bench.must('gates.resume', { accountId: support });
    await bench.pass(20_000, 5_000);
    expect(chats()).toEqual(chatsOf(2, 1));
  });
});

describe('an account', () => {
  it('that is away holds only its own rows', async () => {
    const campaign = await bench.plan(6, both);
    await bench.ready(support);
    await start(campaign);
    await bench.pass(1_000, 250);
    expect(bench.arrivals).toHaveLength(3);
    expect(bench.arrivals.every(({ account }) => account === support)).toBe(true);
    expect(await bench.campaign(campaign)).toMatchObject({
      state: 'running',
      counts: { sent: 3, queued: 2, planned: 1 },
    });
    await bench.ready(sales);
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 6 } });
  });

  it('that is stopped by failures holds only its own rows', async () => {
    bench.answer = (account) => {
      if (account === support) throw new OperationError('SEND_FAILED', 'Support: refused.');
      return 'sent';
    };
    const campaign = await bench.plan(40, both);
    await bench.ready(support, sales);
    await start(campaign);
    await bench.pass(2_000, 250);
    const { counts, state } = await bench.campaign(campaign);
    expect([state, counts.sent]).toEqual(['running', 20]);
    expect(counts.failed).toBeGreaterThan(2);
    expect(counts.planned + counts.queued).toBe(20 - counts.failed);
    const waiting = (await bench.rows(campaign)).find((row) => row.state === 'queued');
    expect(waiting?.wait?.reason).toBe('stopped_by_failures');
  });

  it('that is removed leaves its rows with the reason, and the campaign goes on without it', async () => {
    const campaign = await bench.plan(6, both);
    await bench.ready(support);
    await start(campaign);
    await bench.pass(1_000, 250);
    await bench.must('accounts.remove', { accountId: sales });
    await bench.pass(1_000, 250);
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 3, skipped: 3 } });
    const skipped = (await bench.rows(campaign)).filter(({ state }) => state === 'skipped');
    expect(skipped.map(({ problem }) => problem)).toEqual(
      Array.from({ length: 3 }, () => 'The account Sales was removed before this message left.'),
    );
  });
});

it('an account that was removed before the start leaves its rows with the reason', async () => {
  const campaign = await bench.plan(4, both);
  bench.app.store.fail('skipRowsOf', full, 1);
  await expect(bench.must('accounts.remove', { accountId: sales })).rejects.toThrow(/STORE_UNAVAILABLE/);
  bench.app.accounts.remove(sales);
  await bench.ready(support);
  await start(campaign);
  await bench.pass(1_000, 250);
  expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 2, skipped: 2 } });
});
