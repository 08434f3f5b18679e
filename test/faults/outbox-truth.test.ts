import { describe, expect, it } from 'vitest';
import { liveDays } from '../fixtures/random-days/live-days';

const days = 3;
const seed = 20_261_120;

/** Random sends, cancellations, holds, faults of the network, kills and restarts; `npm run test:faults -- --random=N` has more. */
describe('what callers are told on random days', () => {
  it('is what the ledger of the practice network says', async () => {
    const ends: Record<string, number> = {};
    await liveDays({
      days,
      seed,
      finished: (_steps, outcome) => {
        for (const [state, count] of Object.entries(outcome.ends)) ends[state] = (ends[state] ?? 0) + count;
      },
    });
    // Days on which nothing gets through would prove nothing.
    expect(ends['read'] ?? 0).toBeGreaterThan(days * 5);
  }, 300_000);
});
