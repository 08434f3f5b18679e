import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Departure, dayMs, hourMs } from '../../../../electron/domain/sending/departures';
import { allowedOnDay, warmUpProgress, warmUpUntilMs } from '../../../../electron/domain/sending/warm-up';
import { departed, messageId, trustedMs } from './gate-view';

const twoWeeks = { days: 14, firstDay: 20 };

describe('warm-up', () => {
  it('allows half as much again every day', () => {
    expect([1, 2, 3, 4, 5, 14].map((day) => allowedOnDay(twoWeeks, day))).toEqual([20, 30, 45, 68, 101, 3_892]);
  });

  it('counts days from the moment the account was added', () => {
    const dayAfter = (ageMs: number): number | undefined =>
      warmUpProgress(twoWeeks, trustedMs - ageMs, [], trustedMs)?.day;
    expect([0, dayMs - 1, dayMs, 14 * dayMs - 1, 14 * dayMs].map(dayAfter)).toEqual([1, 1, 2, 14, undefined]);
  });

  it('holds until an earlier message is a day old', () => {
    const departures = departed('api', 20 * hourMs, hourMs);
    const sinceMs = trustedMs - dayMs - 10 * hourMs;
    expect(warmUpUntilMs({ days: 5, firstDay: 1 }, sinceMs, departures, trustedMs)).toBe(trustedMs + 4 * hourMs);
  });

  it('holds until the next day allows more, when that comes first', () => {
    const departures = departed('bulk', 2 * hourMs, hourMs);
    const sinceMs = trustedMs - 20 * hourMs;
    expect(warmUpUntilMs({ days: 5, firstDay: 2 }, sinceMs, departures, trustedMs)).toBe(trustedMs + 4 * hourMs);
  });

  it('holds until it is over, when that comes first', () => {
    const departures = departed('bulk', 3, 2, 1);
    const sinceMs = trustedMs - dayMs + 5_000;
    expect(warmUpUntilMs({ days: 1, firstDay: 1 }, sinceMs, departures, trustedMs)).toBe(trustedMs + 5_000);
    expect(warmUpUntilMs({ days: 1, firstDay: 1 }, sinceMs - 5_000, departures, trustedMs)).toBeUndefined();
  });

  it('counts only what is automatic', () => {
    const warmUp = { days: 5, firstDay: 1 };
    expect(warmUpUntilMs(warmUp, trustedMs, departed('person', 3, 2, 1), trustedMs)).toBeUndefined();
    expect(warmUpProgress(warmUp, trustedMs, departed('person', 3, 2, 1), trustedMs)).toMatchObject({ used: 0 });
  });

  it('never lets more leave in 24 hours than the day allows, and lets as much leave as it allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (days, firstDay) => {
        const warmUp = { days, firstDay };
        const departures: Departure[] = [];
        // A queue that never runs dry, from the first moment on.
        for (let nowMs = 0; nowMs < days * dayMs; ) {
          const untilMs = warmUpUntilMs(warmUp, 0, departures, nowMs);
          if (untilMs === undefined)
            departures.push({ messageId: messageId(departures.length), trustedMs: nowMs, lane: 'api' });
          nowMs = untilMs ?? nowMs + 1;
        }
        for (const { trustedMs: atMs } of departures) {
          const day = Math.floor(atMs / dayMs) + 1;
          const count = departures.filter((one) => one.trustedMs <= atMs && one.trustedMs > atMs - dayMs).length;
          expect(count).toBeLessThanOrEqual(allowedOnDay(warmUp, day));
        }
        for (let day = 1; day <= days; day += 1) {
          const soFar = departures.filter(({ trustedMs: atMs }) => atMs < day * dayMs);
          const used = warmUpProgress(warmUp, 0, soFar, day * dayMs - 1)?.used;
          expect(used).toBe(allowedOnDay(warmUp, day));
        }
      }),
    );
  });
});
