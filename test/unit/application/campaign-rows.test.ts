import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { type CampaignBench, createCampaignBench, numberOf, support } from '../../fakes/campaign-bench';
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

describe('a row', () => {
  it('of somebody who came on the do-not-contact list meanwhile is skipped, with the reason', async () => {
    const campaign = await bench.plan(3);
    await bench.ready(support);
    await bench.must('optOuts.add', { contact: numberOf(2) });
    await start(campaign);
    await bench.app.settled();
    expect(await bench.states(campaign)).toEqual(['sent', 'skipped', 'sent']);
    expect((await bench.rows(campaign))[1]?.problem).toMatch(/do-not-contact list/);
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished' });
  });

  it('that failed goes again when that is wanted, under its own id; the others do not', async () => {
    const refusals = new Set(chatsOf(2));
    bench.answer = (_account, input) => {
      if (refusals.delete(input.chatId)) throw new OperationError('NUMBER_NOT_ON_WHATSAPP', 'Support: not there.');
      return 'sent';
    };
    const campaign = await bench.plan(3);
    await bench.ready(support);
    await start(campaign);
    await bench.app.settled();
    expect(await bench.states(campaign)).toEqual(['sent', 'failed', 'sent']);
    const failed = (await bench.rows(campaign))[1];
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { failed: 1 } });
    expect(await bench.must('campaigns.retry', { campaignId: campaign.id })).toMatchObject({ retried: 1 });
    await bench.pass(1_000, 250);
    expect(chats()).toEqual(chatsOf(1, 3, 2));
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'finished', counts: { sent: 3 } });
    expect((await bench.rows(campaign))[1]?.messageId).toBe(failed?.messageId);
    expect(await bench.must('campaigns.retry', { campaignId: campaign.id })).toMatchObject({ retried: 0 });
  });

  it('whose fate nobody knows is shown, and never sent again by itself', async () => {
    bench.answer = () => {
      throw new OperationError('SEND_UNCONFIRMED', 'Support: nobody knows.', { effect: 'unknown' });
    };
    const campaign = await bench.plan(1);
    await bench.ready(support);
    bench.app.sessions.answers.findMessage = () => {
      throw new OperationError('SESSION_TIMEOUT', 'No answer.');
    };
    await start(campaign);
    await bench.app.settled();
    bench.app.marks.marks.clear();
    bench = await bench.killed();
    const expiresAtMs = bench.app.clock.nowMs() + 60_000;
    const code = { method: 'qr', attempt: 1, maxAttempts: 6, expiresAtMs } as const;
    bench.app.sessions.becomes(support, { state: 'linking', sinceMs: 1, ...code });
    await bench.ready(support);
    await bench.pass(900_000, 60_000);
    expect(await bench.states(campaign)).toEqual(['unknown']);
    expect(bench.arrivals).toEqual([]);
    expect((await bench.rows(campaign))[0]?.problem).toEqual(expect.any(String));
    expect(await bench.must('campaigns.retry', { campaignId: campaign.id })).toMatchObject({ retried: 0 });
  });

  it('that a person cancels in the outbox stays cancelled', async () => {
    const campaign = await bench.plan(2);
    await start(campaign);
    await bench.app.settled();
    const [row] = await bench.rows(campaign);
    if (row?.messageId === undefined) throw new Error('no row');
    await bench.must('sends.cancel', { accountId: support, chatId: row.chatId, messageId: row.messageId });
    await bench.ready(support);
    expect(await bench.states(campaign)).toEqual(['cancelled', 'sent']);
  });
});

describe('cancelling and removing', () => {
  it('cancels what has not left, also what waits in the outbox, for good', async () => {
    const campaign = await bench.plan(4);
    await start(campaign);
    await bench.app.settled();
    const { campaign: cancelled } = await bench.must('campaigns.cancel', { campaignId: campaign.id });
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { cancelled: 4, queued: 0, planned: 0 } });
    await bench.ready(support);
    expect(bench.arrivals).toEqual([]);
    await expect(start(campaign)).rejects.toThrow(/CAMPAIGN_STATE “Spring” was cancelled/);
    await expect(bench.must('campaigns.retry', { campaignId: campaign.id })).rejects.toThrow(/CAMPAIGN_STATE/);
  });

  it('goes on cancelling after a crash', async () => {
    const campaign = await bench.plan(4);
    await start(campaign);
    await bench.app.settled();
    bench.app.store.fail('cancelPlannedRows', full, 1_000);
    bench.app.store.fail('stepCampaignRow', full, 1_000);
    await expect(bench.must('campaigns.cancel', { campaignId: campaign.id })).rejects.toThrow(/STORE_UNAVAILABLE/);
    bench = await bench.killed();
    await bench.app.settled();
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'cancelled', counts: { cancelled: 4 } });
    await bench.ready(support);
    expect(bench.arrivals).toEqual([]);
  });

  it('removes only what does not run, with its ledger', async () => {
    const campaign = await bench.plan(2);
    await start(campaign);
    await expect(bench.must('campaigns.remove', { campaignId: campaign.id })).rejects.toThrow(
      /CAMPAIGN_STATE .*running/,
    );
    await bench.must('campaigns.pause', { campaignId: campaign.id });
    await bench.must('campaigns.remove', { campaignId: campaign.id });
    await bench.app.settled();
    await expect(bench.campaign(campaign)).rejects.toThrow(/CAMPAIGN_NOT_FOUND/);
    expect(await bench.app.store.countCampaigns()).toBe(0);
    expect(bench.app.heardOf('campaign.removed')).toMatchObject([{ campaignId: campaign.id, accountIds: ['support'] }]);
  });
});
