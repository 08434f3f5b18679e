import { describe, expect, it } from 'vitest';
import { crashPointNames } from '../../../electron/contract/crash-points';
import { kinds, moods, planRuns, targets } from '../../fixtures/crash-matrix/run-plan';

const cellOf = ({ mood, point, kind }: { mood: string; point: string; kind: string }): string =>
  `${mood} ${point} ${kind}`;

describe('the plan of the crash matrix', () => {
  const runs = planRuns(7);

  it('has 25 runs in each of the 72 cells', () => {
    expect(runs).toHaveLength(1_800);
    const sizes = new Map<string, number>();
    for (const run of runs) sizes.set(cellOf(run), (sizes.get(cellOf(run)) ?? 0) + 1);
    expect(sizes.size).toBe(moods.length * crashPointNames.length * kinds.length);
    expect(new Set(sizes.values())).toEqual(new Set([25]));
  });

  it('kills each process and follows each policy in every cell', () => {
    const met = new Set(runs.map((run) => `${cellOf(run)} ${run.target} ${run.policy}`));
    expect(met.size).toBe(moods.length * crashPointNames.length * kinds.length * targets.length * 2);
  });

  it('meets every mood, point and target within the first 24, and every cell within the first 72', () => {
    const first = runs.slice(0, 24);
    expect(new Set(first.map(({ mood, point }) => `${mood} ${point}`)).size).toBe(24);
    expect(new Set(first.map(({ target }) => target)).size).toBe(3);
    expect(new Set(first.map(({ kind }) => kind)).size).toBe(3);
    expect(new Set(runs.slice(0, 72).map(cellOf)).size).toBe(72);
  });

  it('is the same for the same seed, and other messages are met with another', () => {
    expect(planRuns(7)).toEqual(runs);
    const nths = (seed: number) => planRuns(seed).map(({ nth }) => nth);
    expect(nths(8)).not.toEqual(nths(7));
    expect(Math.min(...nths(7))).toBe(1);
    expect(Math.max(...nths(7))).toBe(15);
  });
});
