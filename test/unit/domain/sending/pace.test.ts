import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawGap } from '../../../../electron/domain/sending/pace';

describe('drawing a gap', () => {
  it('gives whole milliseconds between the shortest and the longest, both included', () => {
    const pace = { minMs: 8_000, maxMs: 15_000 };
    expect([0, 0.5, 1 - Number.EPSILON, 1].map((fraction) => drawGap(pace, fraction))).toEqual([
      8_000, 11_500, 15_000, 15_000,
    ]);
    expect(drawGap({ minMs: 700, maxMs: 700 }, 0.9)).toBe(700);
  });

  it('never leaves the pace, whatever chance it is given', () => {
    const times = fc.tuple(fc.nat(3_600_000), fc.nat(3_600_000)).map((pair) => pair.sort((one, other) => one - other));
    fc.assert(
      fc.property(times, fc.double({ noNaN: true }), ([minMs, maxMs], fraction) => {
        const gapMs = drawGap({ minMs, maxMs }, fraction);
        expect(Number.isInteger(gapMs)).toBe(true);
        expect(gapMs).toBeGreaterThanOrEqual(minMs);
        expect(gapMs).toBeLessThanOrEqual(maxMs);
      }),
    );
  });
});
