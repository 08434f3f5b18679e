import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { NewCampaign, PlanClaim } from '../application/ports/campaign-store';
import {
  type Campaign,
  type CampaignAccountReport,
  type CampaignCounts,
  type CampaignId,
  type CampaignRowState,
  type CampaignState,
  campaignRowStateSchema,
} from '../contract/entities/campaign';
import type { SendPolicy } from '../contract/entities/send';
import type { AccountId } from '../contract/ids';

interface CampaignRecord {
  readonly position: number;
  readonly id: CampaignId;
  readonly name: string;
  readonly accountIds: string;
  readonly text: string;
  readonly policy: SendPolicy;
  readonly pace: string | null;
  readonly state: CampaignState;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

interface CountRecord {
  readonly accountId: AccountId;
  readonly state: CampaignRowState;
  readonly rows: number;
}

/** A campaign with its place in the list. */
export interface PlacedCampaign {
  readonly position: number;
  readonly campaign: Campaign;
}

/** Bulk sends without their rows. Its methods run inside whatever transaction the caller began. */
export interface CampaignTable {
  count(): number;
  begin(
    campaign: NewCampaign,
    claim: PlanClaim | undefined,
  ): { readonly created: true } | { readonly created: false; readonly campaignId: CampaignId; readonly same: boolean };
  complete(campaignId: CampaignId): void;
  hide(campaignId: CampaignId, from: readonly CampaignState[]): boolean;
  /** One that nobody sees. */
  hidden(): CampaignId | undefined;
  remove(campaignId: CampaignId): void;
  find(campaignId: CampaignId): Campaign | undefined;
  stateOf(campaignId: CampaignId): CampaignState | undefined;
  /** Newest first, from before a position on. */
  page(query: {
    readonly state: CampaignState | undefined;
    readonly within: readonly AccountId[] | undefined;
    readonly before: number;
    readonly limit: number;
  }): readonly PlacedCampaign[];
  report(campaignId: CampaignId): readonly CampaignAccountReport[];
  othersAhead(campaignId: CampaignId): readonly { readonly accountId: AccountId; readonly rows: number }[];
  move(campaignId: CampaignId, from: readonly CampaignState[], to: CampaignState, atMs: number): boolean;
  /** Whether `finish` has something to do. */
  areDone(): boolean;
  finish(atMs: number): readonly CampaignId[];
  halfCancelled(): readonly CampaignId[];
}

const digestOf = ({ request }: PlanClaim): string => createHash('sha256').update(request).digest('hex');

const noCounts = (): CampaignCounts =>
  Object.fromEntries(campaignRowStateSchema.options.map((state) => [state, 0])) as CampaignCounts;

export const createCampaignTable = (database: DatabaseSync): CampaignTable => {
  const select = `
    SELECT position, id, name, account_ids AS accountIds, text, policy, pace, state, created_ms AS createdAtMs,
           started_ms AS startedAtMs, ended_ms AS endedAtMs
    FROM campaigns`;
  const countAll = database.prepare('SELECT count(*) AS campaigns FROM campaigns');
  const selectClaim = database.prepare('SELECT id, plan_digest AS digest, visible FROM campaigns WHERE plan_key = ?');
  const giveUpKey = database.prepare('UPDATE campaigns SET plan_key = NULL WHERE plan_key = ?');
  const insert = database.prepare(
    `INSERT INTO campaigns (id, name, account_ids, text, policy, pace, plan_key, plan_digest, created_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const show = database.prepare('UPDATE campaigns SET visible = 1 WHERE id = ?');
  const hide = database.prepare('UPDATE campaigns SET visible = 0, plan_key = NULL WHERE id = ?');
  const selectHidden = database.prepare('SELECT id FROM campaigns WHERE visible = 0 LIMIT 1');
  const remove = database.prepare('DELETE FROM campaigns WHERE id = ?');
  const selectOne = database.prepare(`${select} WHERE id = ? AND visible = 1`);
  const selectState = database.prepare('SELECT state FROM campaigns WHERE id = ?');
  const selectPage = database.prepare(
    `${select} WHERE visible = 1 AND position < ?1 AND (?2 IS NULL OR state = ?2)
       AND (?3 IS NULL OR NOT EXISTS (
         SELECT 1 FROM json_each(account_ids) own WHERE own.value NOT IN (SELECT value FROM json_each(?3))))
     ORDER BY position DESC LIMIT ?4`,
  );
  const selectCounts = database.prepare(
    'SELECT account_id AS accountId, state, rows FROM campaign_counts WHERE campaign_id = ?',
  );
  const selectDepartures = database.prepare(
    `SELECT account_id AS accountId, min(departed_ms) AS firstMs, max(departed_ms) AS lastMs FROM campaign_rows
     WHERE campaign_id = ? AND departed_ms IS NOT NULL GROUP BY account_id`,
  );
  const selectOthers = database.prepare(
    `SELECT n.account_id AS accountId, sum(n.rows) AS rows FROM campaigns c JOIN campaign_counts n ON n.campaign_id = c.id
     WHERE c.state = 'running' AND c.id <> ? AND n.state IN ('planned', 'queued') GROUP BY n.account_id`,
  );
  const setState = database.prepare(
    `UPDATE campaigns SET state = ?1,
       started_ms = CASE WHEN ?1 = 'running' THEN coalesce(started_ms, ?2) ELSE started_ms END,
       ended_ms = CASE WHEN ?1 IN ('finished', 'cancelled') THEN ?2 END
     WHERE id = ?3`,
  );
  const selectDone = database.prepare(
    `SELECT id FROM campaigns c WHERE state = 'running' AND NOT EXISTS (
       SELECT 1 FROM campaign_counts n WHERE n.campaign_id = c.id AND n.rows > 0
         AND n.state IN ('planned', 'queued', 'claimed', 'handed'))`,
  );
  const selectHalf = database.prepare(
    `SELECT DISTINCT c.id FROM campaigns c JOIN campaign_counts n ON n.campaign_id = c.id
     WHERE c.state = 'cancelled' AND c.visible = 1 AND n.state = 'planned' AND n.rows > 0`,
  );

  const countsOf = (campaignId: CampaignId): readonly CountRecord[] =>
    selectCounts.all(campaignId) as readonly unknown[] as readonly CountRecord[];

  // Lists and pace were written by this program alone, from checked values.
  const toCampaign = (record: CampaignRecord): Campaign => {
    const counts = noCounts();
    for (const { state, rows } of countsOf(record.id)) counts[state] += rows;
    return {
      id: record.id,
      name: record.name,
      accountIds: JSON.parse(record.accountIds) as AccountId[],
      text: record.text,
      policy: record.policy,
      ...(record.pace === null ? {} : { pace: JSON.parse(record.pace) as NonNullable<Campaign['pace']> }),
      state: record.state,
      counts,
      createdAtMs: record.createdAtMs,
      ...(record.startedAtMs === null ? {} : { startedAtMs: record.startedAtMs }),
      ...(record.endedAtMs === null ? {} : { endedAtMs: record.endedAtMs }),
    };
  };
  const stateOf = (campaignId: CampaignId): CampaignState | undefined =>
    (selectState.get(campaignId) as { readonly state: CampaignState } | undefined)?.state;
  const find = (campaignId: CampaignId): Campaign | undefined => {
    const record = selectOne.get(campaignId) as CampaignRecord | undefined;
    return record === undefined ? undefined : toCampaign(record);
  };
  const idsOf = (records: readonly unknown[]): readonly CampaignId[] =>
    (records as readonly { readonly id: CampaignId }[]).map(({ id }) => id);

  return {
    find,
    stateOf,
    count: () => (countAll.get() as { readonly campaigns: number }).campaigns,
    begin(campaign, claim) {
      const digest = claim === undefined ? null : digestOf(claim);
      const known = (claim === undefined ? undefined : selectClaim.get(claim.key)) as
        | { readonly id: CampaignId; readonly digest: string; readonly visible: number }
        | undefined;
      if (known?.visible === 1) return { created: false, campaignId: known.id, same: known.digest === digest };
      // What a crash has left of the first try.
      if (claim !== undefined) giveUpKey.run(claim.key);
      insert.run(
        campaign.id,
        campaign.name.toWellFormed(),
        JSON.stringify(campaign.accountIds),
        campaign.text,
        campaign.policy,
        campaign.pace === undefined ? null : JSON.stringify(campaign.pace),
        claim?.key ?? null,
        digest,
        campaign.createdAtMs,
      );
      return { created: true };
    },
    complete: (campaignId) => void show.run(campaignId),
    hide(campaignId, from) {
      const state = find(campaignId)?.state;
      if (state === undefined || !from.includes(state)) return false;
      hide.run(campaignId);
      return true;
    },
    hidden: () => idsOf(selectHidden.all())[0],
    remove: (campaignId) => void remove.run(campaignId),
    page({ state, within, before, limit }) {
      const accounts = within === undefined ? null : JSON.stringify(within);
      const records = selectPage.all(before, state ?? null, accounts, limit) as readonly unknown[];
      return (records as readonly CampaignRecord[]).map((record) => ({
        position: record.position,
        campaign: toCampaign(record),
      }));
    },
    report(campaignId) {
      const ends = selectDepartures.all(campaignId) as readonly unknown[] as readonly {
        readonly accountId: AccountId;
        readonly firstMs: number;
        readonly lastMs: number;
      }[];
      const byAccount = Map.groupBy(countsOf(campaignId), ({ accountId }) => accountId);
      return [...byAccount].map(([accountId, records]) => {
        const counts = noCounts();
        for (const { state, rows } of records) counts[state] += rows;
        const departed = ends.find((one) => one.accountId === accountId);
        return {
          accountId,
          counts,
          ...(departed === undefined ? {} : { firstDepartureMs: departed.firstMs, lastDepartureMs: departed.lastMs }),
        };
      });
    },
    othersAhead: (campaignId) =>
      selectOthers.all(campaignId) as readonly unknown[] as readonly {
        readonly accountId: AccountId;
        readonly rows: number;
      }[],
    move(campaignId, from, to, atMs) {
      const state = find(campaignId)?.state;
      if (state === undefined || !from.includes(state)) return false;
      setState.run(to, atMs, campaignId);
      return true;
    },
    areDone: () => selectDone.get() !== undefined,
    finish(atMs) {
      const done = idsOf(selectDone.all());
      for (const campaignId of done) setState.run('finished', atMs, campaignId);
      return done;
    },
    halfCancelled: () => idsOf(selectHalf.all()),
  };
};
