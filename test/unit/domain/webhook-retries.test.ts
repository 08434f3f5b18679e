import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptOutcome, judgeAttempt, retryDelaysMs } from '../../../electron/domain/webhook-retries';

const answered = (status: number, retryAfterMs?: number): AttemptOutcome => ({
  kind: 'answered',
  status,
  retryAfterMs,
});
const unanswered: AttemptOutcome = { kind: 'unanswered' };

describe('what follows from an attempt', () => {
  it.each([200, 201, 204, 299])('%i is a delivery', (status) =>
    expect(judgeAttempt(answered(status), 1, 0.5)).toEqual({ kind: 'delivered' }),
  );

  it('410 ends it, at whatever attempt', () => {
    expect(judgeAttempt(answered(410), 1, 0.5)).toEqual({ kind: 'gone' });
    expect(judgeAttempt(answered(410), 9, 0.5)).toEqual({ kind: 'gone' });
  });

  it.each([
    unanswered,
    ...[100, 301, 307, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504].map((s) => answered(s)),
  ])('%j is tried again over about three days, and then no more', (outcome) => {
    let totalMs = 0;
    for (let attempts = 1; attempts <= retryDelaysMs.length; attempts += 1) {
      const verdict = judgeAttempt(outcome, attempts, 0.5);
      expect(verdict).toEqual({ kind: 'retry', afterMs: retryDelaysMs[attempts - 1] });
      totalMs += verdict.kind === 'retry' ? verdict.afterMs : 0;
    }
    expect(totalMs / 3_600_000).toBeGreaterThan(72);
    expect(judgeAttempt(outcome, retryDelaysMs.length + 1, 0.5)).toEqual({ kind: 'given_up', because: 'receiver' });
  });

  it.each([400, 413, 415, 422])('%i speaks of the event: after some minutes the next one has its turn', (status) => {
    expect([1, 2, 3].map((attempts) => judgeAttempt(answered(status), attempts, 0.5).kind)).toEqual([
      'retry',
      'retry',
      'retry',
    ]);
    expect(judgeAttempt(answered(status), 4, 0.5)).toEqual({ kind: 'given_up', because: 'event' });
  });

  it('a receiver may ask for a longer pause, at most a day, and not for a shorter one', () => {
    expect(judgeAttempt(answered(429, 90_000), 1, 0.5)).toEqual({ kind: 'retry', afterMs: 90_000 });
    expect(judgeAttempt(answered(503, 10), 2, 0.5)).toEqual({ kind: 'retry', afterMs: 5_000 });
    expect(judgeAttempt(answered(503, 1e12), 1, 0.5)).toEqual({ kind: 'retry', afterMs: 24 * 3_600_000 });
  });

  it('chance moves a pause by a tenth at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: retryDelaysMs.length }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, f) => {
          const verdict = judgeAttempt(unanswered, n, f);
          const plannedMs = retryDelaysMs[n - 1] ?? 0;
          expect(verdict.kind === 'retry' && Math.abs(verdict.afterMs - plannedMs) <= plannedMs * 0.1 + 1).toBe(true);
        },
      ),
    );
  });
});
