import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureRules, noteOutcome, type Outcome } from '../../../../electron/domain/sending/failure-watch';

/** Plays outcomes a minute apart (`x` failed, `.` went through) and answers with the numbers of those that stopped the gate. */
const stops = (played: string, apartMs = 60_000): readonly number[] => {
  let outcomes: readonly Outcome[] = [];
  return [...played].flatMap((one, index) => {
    const noted = noteOutcome(outcomes, { trustedMs: index * apartMs, failed: one === 'x' });
    outcomes = noted.outcomes;
    return noted.stopWords === undefined ? [] : [index];
  });
};

describe('the watch on failures', () => {
  it('stops at the fifth failure', () => {
    expect(stops('xxxx')).toEqual([]);
    expect(stops('xxxxx')).toEqual([4]);
    expect(stops('x.x.x.x.x')).toEqual([8]);
  });

  it('bears failures that are fewer than three in ten', () => {
    expect(stops('...............xxxxx')).toEqual([]);
    expect(stops('..............xxxxxx')).toEqual([19]);
    expect(stops('...........xxxxx')).toEqual([15]);
  });

  it('looks at the last twenty only', () => {
    expect(stops(`${'.'.repeat(200)}xxxxxx`, 1_000)).toEqual([205]);
    expect(stops(`xxxx${'.'.repeat(20)}xx`, 1_000)).toEqual([]);
  });

  it('forgets what is an hour old', () => {
    expect(stops('xxxxx', failureRules.windowMs / 4)).toEqual([]);
    expect(stops('xxxxx', failureRules.windowMs / 4 - 1)).toEqual([4]);
  });

  it('starts anew when it has stopped, so that one more failure does not stop it again', () => {
    expect(stops('xxxxxxxxx')).toEqual([4]);
    expect(stops('xxxxxxxxxx')).toEqual([4, 9]);
  });

  it('says how many failed and why the last one did', () => {
    const earlier = Array.from({ length: 12 }, (_, index): Outcome => ({ trustedMs: index, failed: index > 7 }));
    const { stopWords } = noteOutcome(earlier, {
      trustedMs: 20,
      failed: true,
      problem: 'WhatsApp did not accept this message.',
    });
    expect(stopWords).toBe(
      '5 of the last 13 automatic messages failed within an hour, so nothing automatic leaves. The last one: WhatsApp did not accept this message.',
    );
  });

  it('never stops at a message that went through, and keeps at most twenty outcomes', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (failures) => {
        let outcomes: readonly Outcome[] = [];
        for (const [index, failed] of failures.entries()) {
          const noted = noteOutcome(outcomes, { trustedMs: index, failed });
          if (!failed) expect(noted.stopWords).toBeUndefined();
          expect(noted.outcomes.length).toBeLessThanOrEqual(failureRules.outcomes);
          outcomes = noted.outcomes;
        }
      }),
    );
  });
});
