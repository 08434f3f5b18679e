import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietHours } from '../../../../electron/contract/entities/sending-settings';
import { isQuiet, quietUntilMs } from '../../../../electron/domain/sending/quiet-hours';

const hours = (from: string, to: string, timeZone: string): QuietHours => ({ from, to, timeZone, holdPeople: false });
const night = hours('22:00', '07:00', 'Europe/Berlin');

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Chatham',
  'UTC',
] as const;

const clocks = new Map(
  zones.map((timeZone) => [timeZone as string, new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' })]),
);

/** What a clock on a wall in that time zone shows. */
const shown = (timeZone: string, wallMs: number): string => clocks.get(timeZone)?.format(wallMs) ?? '';

/** Days (noon UTC) before the clocks of a time zone change: the next noon is shown as another time. */
const changesOf = (timeZone: string): readonly number[] =>
  Array.from({ length: 6_000 }, (_, day) => Date.UTC(2010, 0, 1, 12) + day * 86_400_000).filter(
    (dayMs) => shown(timeZone, dayMs) !== shown(timeZone, dayMs + 86_400_000),
  );

describe('quiet hours', () => {
  it('begin with their first minute and end with their last', () => {
    const lunch = hours('12:00', '13:30', 'UTC');
    const at = (hour: number, minute: number, ms = 0): boolean =>
      isQuiet(lunch, Date.UTC(2026, 0, 5, hour, minute, 0, ms));
    expect([at(11, 59, 59_999), at(12, 0), at(13, 29, 59_999), at(13, 30)]).toEqual([false, true, true, false]);
  });

  it('go over midnight', () => {
    const at = (hour: number): boolean => isQuiet(night, Date.UTC(2026, 0, 5, hour - 1));
    expect([21, 22, 23, 24, 25, 30, 31].map(at)).toEqual([false, true, true, true, true, true, false]);
    expect(quietUntilMs(night, Date.UTC(2026, 0, 5, 22, 30))).toBe(Date.UTC(2026, 0, 6, 6));
    expect(quietUntilMs(night, Date.UTC(2026, 0, 6, 2, 30))).toBe(Date.UTC(2026, 0, 6, 6));
  });

  it('have no end outside of them', () => {
    expect(quietUntilMs(night, Date.UTC(2026, 0, 5, 12))).toBeUndefined();
  });

  it.each([
    // Berlin in spring: 02:00 becomes 03:00 at 01:00 UTC.
    {
      change: 'a night an hour shorter',
      quiet: night,
      fromMs: Date.UTC(2026, 2, 28, 21),
      toMs: Date.UTC(2026, 2, 29, 5),
    },
    {
      change: 'an end that is skipped',
      quiet: hours('22:00', '02:30', 'Europe/Berlin'),
      fromMs: Date.UTC(2026, 2, 28, 21),
      toMs: Date.UTC(2026, 2, 29, 1),
    },
    // Berlin in autumn: 03:00 becomes 02:00 at 01:00 UTC.
    {
      change: 'a night an hour longer',
      quiet: night,
      fromMs: Date.UTC(2026, 9, 24, 20),
      toMs: Date.UTC(2026, 9, 25, 6),
    },
    {
      change: 'an end that comes twice, the first time',
      quiet: hours('22:00', '02:30', 'Europe/Berlin'),
      fromMs: Date.UTC(2026, 9, 24, 20),
      toMs: Date.UTC(2026, 9, 25, 0, 30),
    },
    {
      change: 'an end that comes twice, the second time',
      quiet: hours('22:00', '02:30', 'Europe/Berlin'),
      fromMs: Date.UTC(2026, 9, 25, 1),
      toMs: Date.UTC(2026, 9, 25, 1, 30),
    },
    {
      change: 'an end at the change',
      quiet: hours('22:00', '03:00', 'Europe/Berlin'),
      fromMs: Date.UTC(2026, 9, 24, 20),
      toMs: Date.UTC(2026, 9, 25, 2),
    },
    // New York in spring at 07:00 UTC, in autumn at 06:00 UTC.
    {
      change: 'a spring night in New York',
      quiet: hours('21:00', '08:00', 'America/New_York'),
      fromMs: Date.UTC(2026, 2, 8, 2),
      toMs: Date.UTC(2026, 2, 8, 12),
    },
    {
      change: 'an autumn night in New York',
      quiet: hours('21:00', '08:00', 'America/New_York'),
      fromMs: Date.UTC(2026, 10, 1, 1),
      toMs: Date.UTC(2026, 10, 1, 13),
    },
  ])('end when the clock shows it: $change', ({ quiet, fromMs, toMs }) => {
    expect(isQuiet(quiet, fromMs)).toBe(true);
    expect(isQuiet(quiet, fromMs - 1)).toBe(false);
    expect(quietUntilMs(quiet, fromMs)).toBe(toMs);
  });

  it('does not hold anything in an hour that does not exist', () => {
    const skipped = hours('02:00', '03:00', 'Europe/Berlin');
    expect(isQuiet(skipped, Date.UTC(2026, 2, 29, 1) - 1)).toBe(false);
    expect(isQuiet(skipped, Date.UTC(2026, 2, 29, 1))).toBe(false);
    expect(isQuiet(skipped, Date.UTC(2026, 2, 30, 0, 30))).toBe(true);
  });

  const dayTime = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const anyHours = fc
    .tuple(dayTime, dayTime, fc.constantFrom(...zones))
    .filter(([from, to]) => from !== to)
    .map(([from, to, timeZone]) => hours(from, to, timeZone));
  const anyMoment = fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2030, 0, 1) });

  it('are what the clocks of the time zone show, at any moment anywhere', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (quiet, wallMs) => {
        const clock = shown(quiet.timeZone, wallMs);
        const { from, to } = quiet;
        expect(isQuiet(quiet, wallMs)).toBe(from < to ? from <= clock && clock < to : from <= clock || clock < to);
      }),
      { numRuns: 1_000 },
    );
  });

  it('end at the first moment that is not quiet, near every change of clocks', () => {
    const moments = zones.flatMap((zone) => changesOf(zone).map((dayMs) => ({ zone, dayMs })));
    const nearChange = fc
      .tuple(fc.constantFrom(...moments), fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }))
      .map(([{ zone, dayMs }, awayMs]) => ({ zone, wallMs: dayMs + awayMs }));
    fc.assert(
      fc.property(nearChange, dayTime, dayTime, ({ zone, wallMs }, from, to) => {
        fc.pre(from !== to);
        const quiet = hours(from, to, zone);
        const untilMs = quietUntilMs(quiet, wallMs);
        expect(untilMs === undefined).toBe(!isQuiet(quiet, wallMs));
        if (untilMs === undefined) return;
        expect(isQuiet(quiet, untilMs)).toBe(false);
        for (let atMs = wallMs; atMs < untilMs; atMs += 600_000) expect(isQuiet(quiet, atMs)).toBe(true);
        expect(isQuiet(quiet, untilMs - 1)).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
