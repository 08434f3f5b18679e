import type { DatabaseSync } from 'node:sqlite';
import type { CampaignStore } from '../application/ports/campaign-store';
import { createCampaignLedger } from './campaign-ledger';
import { createCampaignTable } from './campaign-table';
import {
  decodeCampaignCursor,
  decodeCampaignRowCursor,
  encodeCampaignCursor,
  encodeCampaignRowCursor,
} from './cursors';
import { inDurableTransaction } from './transactions';

/** The campaign store's methods, answering at once: this side of the thread nothing waits. */
export type CampaignDatabase = {
  readonly [Method in keyof CampaignStore]: (
    ...parameters: Parameters<CampaignStore[Method]>
  ) => Awaited<ReturnType<CampaignStore[Method]>>;
};

/** Bulk sends on top of the console's open, migrated database. */
export const createCampaignDatabase = (database: DatabaseSync): CampaignDatabase => {
  const campaigns = createCampaignTable(database);
  const ledger = createCampaignLedger(database);
  const durably = <Result>(work: () => Result): Result => inDurableTransaction(database, work);
  return {
    countCampaigns: campaigns.count,
    beginCampaign: (campaign, claim) => durably(() => campaigns.begin(campaign, claim)),
    addCampaignRows: (campaignId, rows, atMs) => durably(() => ledger.add(campaignId, rows, atMs)),
    completeCampaign: (campaignId) => durably(() => campaigns.complete(campaignId)),
    hideCampaign: (campaignId, from) => durably(() => campaigns.hide(campaignId, from)),
    sweepCampaigns: () => {
      const campaignId = campaigns.hidden();
      if (campaignId === undefined) return false;
      return durably(() => {
        if (!ledger.removeSome(campaignId)) campaigns.remove(campaignId);
        return true;
      });
    },
    findCampaign: campaigns.find,
    listCampaigns({ cursor, limit, ...query }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCampaignCursor(cursor);
      const found = campaigns.page({ ...query, before, limit: limit + 1 });
      const page = found.slice(0, limit);
      const oldest = page.at(-1);
      return {
        campaigns: page.map(({ campaign }) => campaign),
        nextCursor: found.length > limit && oldest !== undefined ? encodeCampaignCursor(oldest.position) : undefined,
      };
    },
    listCampaignRows({ cursor, ...query }) {
      const after = cursor === undefined ? 0 : decodeCampaignRowCursor(cursor);
      const found = ledger.page({ ...query, limit: query.limit + 1 }, after);
      const rows = found.slice(0, query.limit);
      const last = rows.at(-1);
      return {
        rows,
        nextCursor: found.length > query.limit && last !== undefined ? encodeCampaignRowCursor(last.row) : undefined,
      };
    },
    reportCampaign: campaigns.report,
    countOthersAhead: campaigns.othersAhead,
    chatsOfOthers: ledger.chatsOfOthers,
    moveCampaign: (campaignId, from, to, atMs) =>
      durably(() => {
        if (!campaigns.move(campaignId, from, to, atMs)) return false;
        if (to !== 'running') ledger.recall(campaignId);
        return true;
      }),
    cancelPlannedRows: (campaignId, atMs) => durably(() => ledger.cancelPlanned(campaignId, atMs)),
    retryCampaign: (campaignId, accountIds, atMs) =>
      durably(() => {
        const retried = ledger.planFailed(campaignId, accountIds, atMs);
        if (retried > 0) campaigns.move(campaignId, ['finished'], 'running', atMs);
        return retried;
      }),
    finishCampaigns: (atMs) => (campaigns.areDone() ? durably(() => campaigns.finish(atMs)) : []),
    listHalfCancelled: campaigns.halfCancelled,
    listCampaignAccounts: ledger.accounts,
    campaignWork: ledger.work,
    beginFeeding: (campaignId, row) => durably(() => ledger.beginFeeding(campaignId, row)),
    stepCampaignRow: (campaignId, row, step) =>
      durably(() => ledger.step(campaignId, row, step, campaigns.stateOf(campaignId))),
    noteSends: (accountId, sends) => durably(() => ledger.note(accountId, sends)),
    rowsInDoubt: ledger.inDoubt,
    skipRowsOf: (accountId, words, atMs) => durably(() => ledger.skipOf(accountId, words, atMs)),
  };
};
