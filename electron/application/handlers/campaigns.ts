import type { Campaign, CampaignId, CampaignRow } from '../../contract/entities/campaign';
import { OperationError } from '../../contract/errors';
import type { campaignOperations } from '../../contract/operations/campaigns';
import type { ParsedInput } from '../../contract/registry';
import { type Caller, mayTouch } from '../caller';
import { noSuchCampaign } from '../campaigns/campaigns';
import { createRehearsal } from '../campaigns/rehearsal';
import { createPageRequests } from '../page-requests';
import type { StoredCampaignRow } from '../ports/campaign-store';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createCampaignHandlers = (ports: HandlerPorts): HandlersOf<typeof campaignOperations> => {
  const { campaigns, consoleStore, accounts, store, stores, outbox } = ports;
  const rehearse = createRehearsal({
    ...ports,
    store: consoleStore,
    messages: store,
    pages: createPageRequests(ports),
  });

  /** One that is not all the caller's own is not there for it. */
  const own = async (campaignId: CampaignId, caller: Caller): Promise<Campaign> => {
    const campaign = await campaigns.get(campaignId);
    if (!campaign.accountIds.every((id) => mayTouch(caller, id))) throw noSuchCampaign(campaignId);
    return campaign;
  };

  /** With why it waits, where it waits in an outbox that can be read. */
  const shown = async ({ mark: _mark, ...row }: StoredCampaignRow): Promise<CampaignRow> => {
    const { accountId, chatId, messageId, state } = row;
    if (state !== 'queued' || messageId === undefined || !stores.openIds().includes(accountId)) return row;
    const send = await store.findSend(accountId, chatId, messageId);
    const [described] = send === undefined ? [] : await outbox.describe(accountId, [send]);
    return described?.wait === undefined ? row : { ...row, wait: described.wait };
  };

  const rowsOf = async ({ campaignId, state, cursor, limit }: ParsedInput<'campaigns.rows'>) => {
    const states = state === undefined ? undefined : [state];
    const { rows, nextCursor } = await consoleStore.listCampaignRows({ campaignId, states, cursor, limit });
    return { rows: await Promise.all(rows.map(shown)), ...(nextCursor === undefined ? {} : { nextCursor }) };
  };

  return {
    'campaigns.plan': async (request, caller) => {
      const foreign = request.accountIds.find((id) => !mayTouch(caller, id));
      if (foreign !== undefined) {
        throw new OperationError(
          'FORBIDDEN',
          `“${request.name}”: ${caller.name} may only write from accounts of its own, and ${foreign} (accountIds) is none.`,
        );
      }
      for (const id of request.accountIds) accounts.get(id);
      return { campaign: await campaigns.plan(request) };
    },

    'campaigns.list': async ({ state, cursor, limit }, { accountIds: within }) => {
      const { campaigns: page, nextCursor } = await consoleStore.listCampaigns({ state, within, cursor, limit });
      return { campaigns: [...page], ...(nextCursor === undefined ? {} : { nextCursor }) };
    },

    'campaigns.get': async ({ campaignId }, caller) => ({ campaign: await own(campaignId, caller) }),

    'campaigns.rows': async (request, caller) => {
      await own(request.campaignId, caller);
      return rowsOf(request);
    },

    'campaigns.rehearse': async (request, caller) => rehearse(await own(request.campaignId, caller), request),

    'campaigns.start': async ({ campaignId }, caller) => ({
      campaign: await campaigns.start((await own(campaignId, caller)).id),
    }),

    'campaigns.pause': async ({ campaignId }, caller) => ({
      campaign: await campaigns.pause((await own(campaignId, caller)).id),
    }),

    'campaigns.cancel': async ({ campaignId }, caller) => ({
      campaign: await campaigns.cancel((await own(campaignId, caller)).id),
    }),

    'campaigns.retry': async ({ campaignId }, caller) => campaigns.retry((await own(campaignId, caller)).id),

    'campaigns.report': async (request, caller) => {
      const campaign = await own(request.campaignId, caller);
      const reports = await consoleStore.reportCampaign(campaign.id);
      const first = reports.flatMap(({ firstDepartureMs }) => firstDepartureMs ?? []);
      const last = reports.flatMap(({ lastDepartureMs }) => lastDepartureMs ?? []);
      return {
        campaign,
        accounts: [...reports],
        ...(first.length === 0 ? {} : { firstDepartureMs: Math.min(...first) }),
        ...(last.length === 0 ? {} : { lastDepartureMs: Math.max(...last) }),
        ...(await rowsOf(request)),
      };
    },

    'campaigns.remove': async ({ campaignId }, caller) => {
      await campaigns.remove((await own(campaignId, caller)).id);
      return {};
    },
  };
};
