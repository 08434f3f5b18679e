import type { PageWorld } from './page-world';

/** WhatsApp's own limits as the page keeps them; every field may be of another type. */
export interface PageLimits {
  readonly timelock?: { readonly ends: unknown; readonly enforcementType: unknown };
  readonly capping?: {
    readonly status: unknown;
    readonly quota: unknown;
    readonly used: unknown;
    readonly cycleEnds: unknown;
  };
}

/**
 * Runs inside the page: its source text is sent there. Reads what WhatsApp has told this account about its limits. Builds that
 * keep it elsewhere, or not at all, state none.
 */
export const readPageLimits = async (): Promise<PageLimits> => {
  const world = globalThis as unknown as PageWorld;
  const attempt = async <Value>(read: () => Value): Promise<Awaited<Value> | undefined> => {
    try {
      return await read();
    } catch {
      return undefined;
    }
  };
  const stored = async (key: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined> => {
    if (key === undefined) return undefined;
    const value = await attempt(() => world.require('WAWebUserPrefsIndexedDBStorage').userPrefsIdb.get(key));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  };
  const locks = await attempt(() => world.require('WAWebReachoutTimelockUtils'));
  const locked = await attempt(() => locks?.isUserReachoutTimelocked?.());
  const lock = locked === true ? ((await stored(locks?.REACHOUT_TIMELOCK_IDB_KEY)) ?? {}) : undefined;
  const caps = await attempt(() => world.require('WAWebIndividualNewChatMessageCappingLimitUtils'));
  const told = await attempt(() => caps?.getCappingData?.());
  const cap = told ?? (await stored(caps?.NEW_CHAT_MESSAGE_CAPPING_IDB_KEY));
  const status = await attempt(() => caps?.getCappingStatus?.());
  return {
    ...(lock === undefined
      ? {}
      : { timelock: { ends: lock['time_enforcement_ends'], enforcementType: lock['enforcement_type'] } }),
    ...(cap === undefined || cap === null
      ? {}
      : {
          capping: {
            status: status ?? cap['capping_status'],
            quota: cap['total_quota'],
            used: cap['used_quota'],
            cycleEnds: cap['cycle_end_timestamp'],
          },
        }),
  };
};
