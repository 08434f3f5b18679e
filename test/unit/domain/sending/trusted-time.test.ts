import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  resume,
  startTrustedTime,
  suspend,
  type TrustedTime,
  wallAt,
  wallClockShiftMs,
} from '../../../../electron/domain/sending/trusted-time';

const wall = Date.UTC(2026, 5, 1, 12);
const hourMs = 3_600_000;
const fresh = startTrustedTime(undefined, wall, 500.25);

describe('trusted time', () => {
  it('begins with the wall clock', () => {
    expect(fresh).toEqual({ trustedMs: wall, wallMs: wall, monotonicMs: 500.25, unbrokenSinceMs: wall });
  });

  it('grows with the monotonic clock whatever the wall clock is set to', () => {
    const shift = fc.record({
      passedMs: fc.integer({ min: 0, max: hourMs }),
      wallMs: fc.integer({ min: 0, max: 2 * wall }),
    });
    fc.assert(
      fc.property(fc.array(shift), (moments) => {
        let time = fresh;
        let monotonicMs = 500.25;
        for (const { passedMs, wallMs } of moments) {
          monotonicMs += passedMs;
          time = advance(time, wallMs, monotonicMs);
        }
        expect(time.trustedMs - wall).toBe(moments.reduce((sum, { passedMs }) => sum + passedMs, 0));
        expect(time.unbrokenSinceMs).toBe(wall);
      }),
    );
  });

  it('loses no part of a millisecond and never counts one twice', () => {
    let time = fresh;
    for (let step = 1; step <= 1_000; step += 1) time = advance(time, wall, 500.25 + step * 0.25);
    expect(time.trustedMs - wall).toBe(250);
    expect(advance(time, wall, 751.5).trustedMs - wall).toBe(251);
  });

  it('stands still when the monotonic clock does not advance', () => {
    const later = advance(fresh, wall + 5, 600.25);
    expect(advance(later, wall + 6, 10).trustedMs).toBe(later.trustedMs);
  });

  it('counts the wall clock over a restart, but for the second that it may have been set by without being noticed', () => {
    const time = startTrustedTime({ trustedMs: 5_000, wallMs: wall - hourMs }, wall, 3);
    expect(time.trustedMs).toBe(5_000 + hourMs - 1_000);
    expect(time.unbrokenSinceMs).toBe(time.trustedMs);
  });

  it('never goes back over a restart: neither before what was saved nor before what is known to have been', () => {
    expect(startTrustedTime({ trustedMs: 5_000, wallMs: wall }, wall - hourMs, 3).trustedMs).toBe(5_000);
    expect(startTrustedTime({ trustedMs: 5_000, wallMs: wall }, wall - hourMs, 3, 7_000).trustedMs).toBe(7_000);
    expect(startTrustedTime({ trustedMs: 5_000, wallMs: wall }, wall + 9_000, 3, 7_000).trustedMs).toBe(13_000);
  });

  const asleep = suspend(advance(fresh, wall + 1_000, 1_500.25), wall + 2_000, 2_500.25);

  it('counts a sleep as the wall clock does when the monotonic one stood still', () => {
    const awake = resume(asleep, wall + 2_000 + 8 * hourMs, 2_510.25);
    expect(awake.trustedMs).toBe(wall + 2_000 + 8 * hourMs);
    expect(awake.unbrokenSinceMs).toBe(awake.trustedMs);
    expect(awake.suspendedAt).toBeUndefined();
  });

  it('counts a sleep once when the monotonic clock ran on', () => {
    const awake = resume(asleep, wall + 2_000 + 8 * hourMs, 2_500.25 + 8 * hourMs);
    expect(awake.trustedMs).toBe(wall + 2_000 + 8 * hourMs);
  });

  it('counts at least what the monotonic clock counted when the wall clock was set back during the sleep', () => {
    expect(resume(asleep, wall - 24 * hourMs, 2_600.25).trustedMs).toBe(wall + 2_100);
    expect(resume(asleep, wall - 24 * hourMs, 2_500.25 + 8 * hourMs).trustedMs).toBe(wall + 2_000 + 8 * hourMs);
  });

  it('counts the same sleep however often it is read before the system says that it is over', () => {
    const endMs = wall + 2_000 + 8 * hourMs;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 })).map((moments) => moments.sort((one, other) => one - other)),
        (moments) => {
          let time = asleep;
          for (const afterMs of moments) time = advance(time, endMs + afterMs, 2_500.25 + afterMs);
          time = resume(time, endMs + 20_000, 2_500.25 + 20_000);
          expect(time.trustedMs).toBe(endMs + 20_000);
        },
      ),
    );
  });

  it('knows of the sleep at the first reading after it, before anything leaves', () => {
    expect(advance(asleep, wall + 2_000 + 8 * hourMs, 2_500.25).trustedMs).toBe(wall + 2_000 + 8 * hourMs);
  });

  it('believes no set clock once it is clear that the machine did not fall asleep', () => {
    const stillAwake = advance(asleep, wall + 2_000 + 61_000, 2_500.25 + 61_000);
    expect(stillAwake.suspendedAt).toBeUndefined();
    expect(stillAwake.unbrokenSinceMs).toBe(wall);
    const set = resume(stillAwake, wall + 9 * hourMs, 2_500.25 + 62_000);
    expect(set.trustedMs).toBe(wall + 2_000 + 62_000);
  });

  it('waits through the moments between the announcement and the sleep', () => {
    const falling = advance(asleep, wall + 2_000 + 3_000, 2_500.25 + 3_000);
    expect(resume(falling, wall + 8 * hourMs, 2_500.25 + 3_000).trustedMs).toBe(wall + 8 * hourMs);
  });

  it('takes what clocks differ by anyway for no sleep', () => {
    const awake = resume(asleep, wall + 2_000 + 999, 2_500.25);
    expect(awake).toMatchObject({ trustedMs: wall + 2_000, unbrokenSinceMs: wall });
    expect(awake.suspendedAt).toBeUndefined();
  });

  it('starts anew when a sleep is announced twice', () => {
    const again = suspend(advance(asleep, wall + 12_000, 12_500.25), wall + 20_000, 20_500.25);
    expect(resume(again, wall + hourMs, 20_500.25).trustedMs).toBe(wall + hourMs);
  });

  it('takes a wake-up without a sleep for a moment like any other', () => {
    expect(resume(fresh, wall + hourMs, 700.25)).toEqual(advance(fresh, wall + hourMs, 700.25));
  });

  it('never goes back, whatever happens in whatever order', () => {
    const change = fc.constantFrom(advance, suspend, resume);
    const clock = fc.integer({ min: -10 * hourMs, max: 10 * hourMs });
    fc.assert(
      fc.property(fc.array(fc.tuple(change, clock, clock)), (changes) => {
        let time: TrustedTime = fresh;
        for (const [next, wallMs, monotonicMs] of changes) {
          const after = next(time, wall + wallMs, monotonicMs);
          expect(after.trustedMs).toBeGreaterThanOrEqual(time.trustedMs);
          expect(Number.isInteger(after.trustedMs)).toBe(true);
          expect(after.unbrokenSinceMs).toBeLessThanOrEqual(after.trustedMs);
          time = after;
        }
      }),
    );
  });

  it('says when something ends by the clock as it is set now', () => {
    const set = advance(fresh, wall + hourMs, 600.25);
    expect(wallAt(set, set.trustedMs + 5_000)).toBe(wall + hourMs + 5_000);
  });

  it('tells a set clock from passing time and from a sleep', () => {
    expect(wallClockShiftMs(fresh, advance(fresh, wall + 60_000, 60_500.25))).toBe(0);
    expect(wallClockShiftMs(fresh, advance(fresh, wall + 60_000 - hourMs, 60_500.25))).toBe(-hourMs);
    expect(wallClockShiftMs(asleep, resume(asleep, wall + 2_000 + 8 * hourMs, 2_500.25))).toBe(0);
  });
});
