import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StatedLimits } from '../../../electron/contract/entities/send';
import { LimitsWatch } from '../../../electron/worker/driver/limits-watch';
import { readPageLimits } from '../../../electron/worker/driver/page-limits';
import { translateLimits } from '../../../electron/worker/translate-limits';

const install = (modules: Readonly<Record<string, unknown>>): void => {
  const require = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`Requiring unknown module "${name}"`);
    return modules[name];
  };
  Object.assign(globalThis, { require });
};

const stored = (values: Readonly<Record<string, unknown>>) => ({
  userPrefsIdb: { get: async (key: string) => values[key] },
});

const readAt = async (nowMs: number): Promise<StatedLimits> => translateLimits(await readPageLimits(), nowMs);

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'require');
  vi.useRealTimers();
});

describe('what WhatsApp states about its limits', () => {
  it('is nothing in a page that has none of these modules', async () => {
    install({});
    expect(await readAt(0)).toEqual({});
  });

  it('is the timelock with its end, whether the page counts in seconds or in ms', async () => {
    for (const [ends, endsAtMs] of [
      [1_900_000_000_123, 1_900_000_000_123],
      [1_900_000_000, 1_900_000_000_000],
    ] as const) {
      install({
        WAWebReachoutTimelockUtils: { REACHOUT_TIMELOCK_IDB_KEY: 'lock', isUserReachoutTimelocked: () => true },
        WAWebUserPrefsIndexedDBStorage: stored({ lock: { enforcement_type: 'BIZ', time_enforcement_ends: ends } }),
      });
      expect(await readAt(0)).toEqual({ timelock: { endsAtMs, enforcementType: 'BIZ' } });
    }
  });

  it('is a timelock until the next full hour where the page does not say its end', async () => {
    install({ WAWebReachoutTimelockUtils: { isUserReachoutTimelocked: async () => true } });
    expect(await readAt(1_000)).toEqual({ timelock: { endsAtMs: 3_600_000, enforcementType: 'DEFAULT' } });
  });

  it('is no timelock once the page says that it is over, whatever is still stored', async () => {
    install({
      WAWebReachoutTimelockUtils: { REACHOUT_TIMELOCK_IDB_KEY: 'lock', isUserReachoutTimelocked: () => false },
      WAWebUserPrefsIndexedDBStorage: stored({ lock: { time_enforcement_ends: 5 } }),
    });
    expect(await readAt(0)).toEqual({});
  });

  it('is the quota of new chats, and nothing where the page says it in words that nobody knows', async () => {
    const data = { capping_status: 'CAPPED', total_quota: 10, used_quota: 10.5, cycle_end_timestamp: 1_900_000_000 };
    const utils = { getCappingData: () => data };
    install({ WAWebIndividualNewChatMessageCappingLimitUtils: utils });
    const capping = { status: 'CAPPED', quota: 10, used: 10, cycleEndsAtMs: 1_900_000_000_000 };
    expect(await readAt(0)).toEqual({ capping });
    data.capping_status = 'ALMOST';
    expect(await readAt(0)).toEqual({});
  });
});

describe('watching the limits', () => {
  let limits: StatedLimits;
  let told: StatedLimits[];
  let watch: LimitsWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    limits = {};
    told = [];
    watch = new LimitsWatch({ read: async () => limits, report: (one) => void told.push(one) });
  });
  afterEach(() => watch.stop());

  it('tells them at the beginning, also when there are none, and then what changes within a minute', async () => {
    watch.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([{}]);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(told).toEqual([{}]);
    limits = { timelock: { endsAtMs: 5, enforcementType: 'DEFAULT' } };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([{}, limits]);
  });

  it('looks soon after a chat was begun, and no more after its end', async () => {
    watch.start();
    await vi.advanceTimersByTimeAsync(0);
    limits = { capping: { status: 'CAPPED', quota: 1, used: 1, cycleEndsAtMs: 9 } };
    watch.lookSoon();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told.at(-1)).toEqual(limits);
    watch.stop();
    limits = {};
    await vi.advanceTimersByTimeAsync(120_000);
    expect(told).toHaveLength(2);
  });

  it('goes on after a page that could not be asked', async () => {
    let broken = true;
    const other = new LimitsWatch({
      read: async () => {
        if (broken) throw new Error('the page is busy');
        return limits;
      },
      report: (one) => void told.push(one),
    });
    other.start();
    await vi.advanceTimersByTimeAsync(0);
    broken = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([{}]);
    other.stop();
  });
});
