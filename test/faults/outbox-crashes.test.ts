import { describe, expect, it } from 'vitest';
import { crashPointNames } from '../../electron/contract/crash-points';
import type { RunOutcome } from '../fixtures/crash-matrix/crash-desk';
import { reportMatrix } from '../fixtures/crash-matrix/matrix-report';
import { runMatrix } from '../fixtures/crash-matrix/run-matrix';
import { moods, planRuns, targets } from '../fixtures/crash-matrix/run-plan';

/** Every mood and crash point once; the whole matrix is `npm run test:faults`. */
const sample = 24;
const seed = 20_261_120;

describe('kill -9 of a browser, a worker or the console at a named place, with twenty messages under way', () => {
  it('nothing is there twice, nothing is lost, nothing is called sent or not sent falsely, and what is uncertain is listed', async () => {
    const runs = planRuns(seed).slice(0, sample);
    const outcomes: RunOutcome[] = [];
    const begun = performance.now();
    await runMatrix({ runs, desks: 4, consoles: 2, finished: (outcome) => void outcomes.push(outcome) });
    const report = reportMatrix(outcomes, { seed, durationMs: performance.now() - begun });
    expect(
      outcomes.flatMap(({ verdict }) => verdict.problems),
      report,
    ).toEqual([]);
    expect(outcomes).toHaveLength(sample);
    expect(new Set(outcomes.map(({ run }) => `${run.mood} ${run.point}`)).size).toBe(
      moods.length * crashPointNames.length,
    );
    expect(new Set(outcomes.map(({ run }) => run.target)).size).toBe(targets.length);
    // Most messages get through a crash: not even under never_twice may it cost more than the one in the page's hands.
    for (const { run, verdict } of outcomes) {
      expect(verdict.counts.arrived, `${run.index}`).toBeGreaterThanOrEqual(verdict.counts.messages - 1);
    }
  }, 300_000);
});
