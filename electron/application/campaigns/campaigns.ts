import { type Campaign, type CampaignId, type CampaignState, campaignIdSchema } from '../../contract/entities/campaign';
import type { Send } from '../../contract/entities/send';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import { logReason } from '../log-reason';
import { AccountFeeder } from './account-feeder';
import { CampaignNews } from './campaign-news';
import { createPlanRows, type PlanRequest } from './campaign-plan';
import type { CampaignPorts } from './campaign-ports';

/** Rows that one commit adds. */
const rowsAtATime = 500;

/**
 * Bulk sends: each account that a campaign writes from has its own runner, which gives its rows to the outbox one after another.
 * The ledger is durable, the outbox takes each row once by its key, and so a campaign that ran goes on after any crash.
 */
export interface Campaigns {
  /** Begins; a campaign that was running goes on. Resolves when what a crash had left in the outboxes is taken back. */
  load(): Promise<void>;
  plan(request: PlanRequest): Promise<Campaign>;
  /** Rejects with CAMPAIGN_NOT_FOUND. */
  get(campaignId: CampaignId): Promise<Campaign>;
  start(campaignId: CampaignId): Promise<Campaign>;
  /** Resolves when what waited in the outboxes is taken back, as far as those can be reached. */
  pause(campaignId: CampaignId): Promise<Campaign>;
  cancel(campaignId: CampaignId): Promise<Campaign>;
  retry(campaignId: CampaignId): Promise<{ readonly campaign: Campaign; readonly retried: number }>;
  remove(campaignId: CampaignId): Promise<void>;
  /** Settles the rows of an account whose outbox is gone. Rejects when that cannot be noted. */
  accountRemoved(accountId: AccountId, label: string): Promise<void>;
  /** Resolves when nothing more can be done for now. */
  idle(): Promise<void>;
  /** Begins nothing any more, and notes what was heard. */
  close(): Promise<void>;
}

const stateWords: Readonly<Record<CampaignState, string>> = {
  planned: 'has not been started',
  running: 'is running',
  paused: 'is paused',
  finished: 'is finished',
  cancelled: 'was cancelled',
};

export const noSuchCampaign = (campaignId: CampaignId): OperationError =>
  new OperationError(
    'CAMPAIGN_NOT_FOUND',
    `There is no campaign ${campaignId}; campaigns.list names those there are.`,
    {
      data: { campaignId },
    },
  );

const wrongState = ({ id, name, state }: Campaign, whatInstead: string): OperationError =>
  new OperationError('CAMPAIGN_STATE', `“${name}” ${stateWords[state]}, so ${whatInstead}.`, {
    data: { campaignId: id, state },
  });

export const createCampaigns = (ports: CampaignPorts): Campaigns => {
  const { store, accounts, events, clock, randomness, log } = ports;
  const news = new CampaignNews(ports);
  const planRows = createPlanRows(ports);
  const feeders = new Map<AccountId, AccountFeeder>();
  let stopHearing: (() => void) | undefined;
  let isClosed = false;
  /** Plans are made one after another, and nothing half is swept away meanwhile. */
  let planning: Promise<unknown> = Promise.resolve();

  const changed = async (campaignIds: readonly CampaignId[]): Promise<void> => {
    const finished = await store.finishCampaigns(clock.nowMs());
    for (const campaignId of new Set([...campaignIds, ...finished])) news.changed(campaignId);
  };
  const feederOf = (accountId: AccountId): AccountFeeder => {
    const known = feeders.get(accountId);
    if (known !== undefined) return known;
    const made = new AccountFeeder(accountId, { ...ports, changed });
    feeders.set(accountId, made);
    return made;
  };
  const hear = (send: Send): void => {
    if (send.lane === 'bulk' && accounts.find(send.accountId) !== undefined) feederOf(send.accountId).heard(send);
  };
  const wake = ({ accountIds }: Pick<Campaign, 'accountIds'>): readonly AccountFeeder[] => {
    const awake = accountIds.flatMap((id) => (isClosed || accounts.find(id) === undefined ? [] : [feederOf(id)]));
    for (const feeder of awake) feeder.wake();
    return awake;
  };

  const get = async (campaignId: CampaignId): Promise<Campaign> => {
    const campaign = await store.findCampaign(campaignId);
    if (campaign === undefined) throw noSuchCampaign(campaignId);
    return campaign;
  };

  const oneAfterAnother = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = planning.then(work);
    planning = result.catch(() => undefined);
    return result;
  };
  const sweep = (): Promise<void> =>
    oneAfterAnother(async () => {
      while (await store.sweepCampaigns());
    });

  /** From one of the states into another, in which it may be already; in any other it stays, and the call is refused. */
  const move = async (
    { id }: Campaign,
    from: readonly CampaignState[],
    to: CampaignState,
    whatInstead: string,
  ): Promise<Campaign> => {
    const moved = await store.moveCampaign(id, from, to, clock.nowMs());
    const campaign = await get(id);
    if (!moved && campaign.state !== to) throw wrongState(campaign, whatInstead);
    return campaign;
  };
  const cancelRest = async (campaignId: CampaignId): Promise<void> => {
    while (await store.cancelPlannedRows(campaignId, clock.nowMs()));
  };
  /** What waits in the outboxes is taken back by those who have put it there. */
  const takenBack = async (campaign: Campaign): Promise<Campaign> => {
    await Promise.all(wake(campaign).map((feeder) => feeder.idle()));
    await changed([campaign.id]);
    return get(campaign.id);
  };

  const planNow = async (request: PlanRequest): Promise<Campaign> => {
    const { name, accountIds, text, policy, pace, idempotencyKey, recipients } = request;
    for (const accountId of accountIds) accounts.get(accountId);
    const claim =
      idempotencyKey === undefined
        ? undefined
        : { key: idempotencyKey, request: JSON.stringify({ name, accountIds, text, policy, pace, recipients }) };
    if ((await store.countCampaigns()) >= limits.campaigns) {
      const words = `“${name}”: this console already has ${limits.campaigns} campaigns, the most it takes; remove one first.`;
      throw new OperationError('TOO_MANY_CAMPAIGNS', words);
    }
    const rows = await planRows(request);
    const id = campaignIdSchema.parse(`camp-${randomness.hex(16).toLowerCase()}`);
    const campaign = { id, name, accountIds, text, policy, createdAtMs: clock.nowMs() };
    const begun = await store.beginCampaign({ ...campaign, ...(pace === undefined ? {} : { pace }) }, claim);
    if (!begun.created) {
      if (begun.same) return get(begun.campaignId);
      const words = `“${name}”: this idempotency key was already used for another campaign: nothing was planned, use a new key.`;
      throw new OperationError('IDEMPOTENCY_KEY_REUSED', words);
    }
    for (let from = 0; from < rows.length; from += rowsAtATime) {
      await store.addCampaignRows(id, rows.slice(from, from + rowsAtATime), campaign.createdAtMs);
    }
    await store.completeCampaign(id);
    news.changed(id);
    return get(id);
  };

  const accountRemoved: Campaigns['accountRemoved'] = async (accountId, label) => {
    await feeders.get(accountId)?.close();
    feeders.delete(accountId);
    const words = {
      skipped: `The account ${label} was removed before this message left.`,
      unknown: `The account ${label} was removed before WhatsApp had confirmed this message: look at the chat on the phone.`,
    };
    let more = true;
    while (more) {
      const skipped = await store.skipRowsOf(accountId, words, clock.nowMs());
      await changed(skipped.campaignIds);
      ({ more } = skipped);
    }
  };

  return {
    get,
    accountRemoved,
    async load() {
      stopHearing ??= events.subscribe(({ body }) => {
        if (body.type === 'send.updated') hear(body.send);
      });
      await sweep();
      for (const campaignId of await store.listHalfCancelled()) await cancelRest(campaignId);
      for (const accountId of await store.listCampaignAccounts()) {
        if (accounts.find(accountId) === undefined) await accountRemoved(accountId, accountId);
        else feederOf(accountId).wake();
      }
      await Promise.all([...feeders.values()].map((feeder) => feeder.idle()));
      await changed([]);
    },
    plan: (request) => oneAfterAnother(() => planNow(request)),

    async start(campaignId) {
      const words = 'it cannot be started; plan a new one instead';
      const campaign = await move(await get(campaignId), ['planned', 'paused'], 'running', words);
      // One that was removed while the campaign was being planned has left its rows behind.
      for (const id of campaign.accountIds) if (accounts.find(id) === undefined) await accountRemoved(id, id);
      wake(campaign);
      await changed([campaignId]);
      return get(campaignId);
    },

    async pause(campaignId) {
      return takenBack(await move(await get(campaignId), ['running'], 'paused', 'there is nothing to pause'));
    },

    async cancel(campaignId) {
      const words = 'there is nothing left to cancel';
      const campaign = await move(await get(campaignId), ['planned', 'running', 'paused'], 'cancelled', words);
      await cancelRest(campaignId);
      return takenBack(campaign);
    },

    async retry(campaignId) {
      const campaign = await get(campaignId);
      if (campaign.state === 'planned') throw wrongState(campaign, 'nothing of it has failed; start it first');
      if (campaign.state === 'cancelled')
        throw wrongState(campaign, 'nothing more of it leaves; plan a new one instead');
      const present = campaign.accountIds.filter((id) => accounts.find(id) !== undefined);
      const retried = await store.retryCampaign(campaignId, present, clock.nowMs());
      wake(campaign);
      await changed([campaignId]);
      return { campaign: await get(campaignId), retried };
    },

    async remove(campaignId) {
      const before = await get(campaignId);
      if (before.state === 'running') throw wrongState(before, 'pause or cancel it before you remove it');
      const campaign = await takenBack(before);
      if (campaign.counts.queued > 0) {
        throw wrongState(
          campaign,
          'it cannot be removed while some of its messages still wait in the outbox; cancel those (sends.cancel)',
        );
      }
      const hidden = await store.hideCampaign(campaignId, ['planned', 'paused', 'finished', 'cancelled']);
      if (!hidden) throw wrongState(await get(campaignId), 'pause or cancel it before you remove it');
      events.publish({ type: 'campaign.removed', campaignId, accountIds: campaign.accountIds });
      sweep().catch((error: unknown) => {
        log.warn('a removed campaign is not deleted yet', { reason: logReason(error) });
      });
    },

    async idle() {
      await Promise.all([...feeders.values()].map((feeder) => feeder.idle()));
      await news.idle();
      await planning;
    },
    async close() {
      isClosed = true;
      stopHearing?.();
      await Promise.all([...feeders.values()].map((feeder) => feeder.close()));
      news.close();
      await news.idle();
    },
  };
};
