import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelayMs, backoffRules, countFailure, isBreakerOpen } from '../../../electron/domain/backoff';

describe('backoff', () => {
  it('is short after the first failure, and grows threefold with each further one up to five minutes', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((attempt) => backoffDelayMs(attempt, 1));
    expect(longest).toEqual([0.5, 1.5, 4.5, 13.5, 40.5, 121.5, 300, 300, 300, 300].map((seconds) => seconds * 1000));
  });

  it('spreads accounts that failed together over the upper half of the wait', () => {
    expect([0, 0.5, 1].map((fraction) => backoffDelayMs(3, fraction))).toEqual([2_250, 3_375, 4_500]);
  });

  it('always waits, never beyond the limit, whatever it is given', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ noNaN: true }), (attempt, fraction) => {
        const delayMs = backoffDelayMs(attempt, fraction);
        expect(delayMs).toBeGreaterThanOrEqual(backoffRules.baseMs / 2);
        expect(delayMs).toBeLessThanOrEqual(backoffRules.maxMs);
      }),
    );
  });

  it('opens the breaker after six failures within a quarter of an hour', () => {
    let failures: readonly number[] = [];
    for (let failure = 0; failure < 5; failure += 1) failures = countFailure(failures, failure * 60_000);
    expect(isBreakerOpen(failures)).toBe(false);
    expect(isBreakerOpen(countFailure(failures, 5 * 60_000))).toBe(true);
  });

  it('forgets failures that are older than the window', () => {
    let failures: readonly number[] = [];
    for (let failure = 0; failure < 20; failure += 1) failures = countFailure(failures, failure * 4 * 60_000);
    expect(failures).toHaveLength(4);
    expect(isBreakerOpen(failures)).toBe(false);
  });
});
