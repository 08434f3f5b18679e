import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendLane } from '../../../../electron/contract/entities/send';
import { type QuietHours, sendingSettingsSchema } from '../../../../electron/contract/entities/sending-settings';
import { dayMs, hourMs } from '../../../../electron/domain/sending/departures';
import { allowedOnDay } from '../../../../electron/domain/sending/warm-up';
import { createDesk, type Desk, type Left, type Step } from './simulated-desk';

type Settings = ReturnType<typeof sendingSettingsSchema.parse>;

/** The half-hour before clocks change in 2026, and the zone whose clocks do. */
const clockChanges = [
  { timeZone: 'Europe/Berlin', changesMs: Date.UTC(2026, 2, 29, 1) },
  { timeZone: 'Europe/Berlin', changesMs: Date.UTC(2026, 9, 25, 1) },
  { timeZone: 'America/New_York', changesMs: Date.UTC(2026, 2, 8, 7) },
  { timeZone: 'America/New_York', changesMs: Date.UTC(2026, 10, 1, 6) },
] as const;

/** Spread evenly: a day of nothing but moments around midnight shows little. */
const span = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.noBias(fc.integer({ min, max })) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );
const clockShift = fc.oneof(
  fc.constantFrom(hourMs, -hourMs, dayMs, -dayMs),
  span(-40 * dayMs, 40 * dayMs),
  span(-120_000, 120_000),
);
const lane = fc.constantFrom<SendLane[]>('person', 'api', 'bulk');

const run = fc.record({ type: fc.constant('run' as const), forMs: span(0, 10 * hourMs) });
const enqueue = fc.record({ type: fc.constant('enqueue' as const), lane, count: span(1, 25) });
const setClock = fc.record({ type: fc.constant('set_clock' as const), byMs: clockShift });
const sleep = (clockByMs: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({
    type: fc.constant('sleep' as const),
    forMs: fc.oneof(fc.constant(8 * hourMs), span(0, 30 * hourMs)),
    clockByMs,
    isNoticed: fc.boolean(),
    isMonotonicRunning: fc.boolean(),
  });
const restart = (clockByMs: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({
    type: fc.constant('restart' as const),
    downMs: fc.oneof(span(0, 5_000), span(0, 30 * hourMs)),
    clockByMs,
  });
/** A set clock that the console had a moment to notice. */
const noticedSetClock = setClock.map((step): readonly Step[] => [step, { type: 'run', forMs: 1 }]);

/** So much that every rule has something to hold from the beginning. */
const crowd = (['person', 'api', 'bulk'] as const).map((one): Step => ({ type: 'enqueue', lane: one, count: 30 }));

const unseen = fc.constant(0);
const seenSteps = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.oneof(run, enqueue, sleep(unseen), restart(unseen)).map((step) => [step]) },
      { weight: 1, arbitrary: noticedSetClock },
    ),
    { minLength: 8, maxLength: 25, size: 'max' },
  )
  .map((steps) => [...crowd, ...steps.flat()]);
const anySteps = fc
  .array(fc.oneof(run, enqueue, setClock, sleep(clockShift), restart(clockShift)), {
    minLength: 8,
    maxLength: 25,
    size: 'max',
  })
  .map((steps) => [...crowd, ...steps]);

const pace = fc.tuple(span(1, 90_000), span(0, 90_000)).map(([minMs, more]) => ({ minMs, maxMs: minMs + more }));
const dayTime = fc
  .tuple(span(0, 23), fc.constantFrom('00', '01', '15', '30', '59'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const quietHours = (timeZone: string): fc.Arbitrary<QuietHours> =>
  fc
    .record({ from: dayTime, to: dayTime, timeZone: fc.constant(timeZone), holdPeople: fc.boolean() })
    .filter(({ from, to }) => from !== to);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 });

/** Some days around a change of clocks, with settings that bite within them. */
const scene = fc.constantFrom(...clockChanges).chain(({ timeZone, changesMs }) =>
  fc.record({
    seed: fc.integer(),
    lostAnswers: fc.constantFrom(0, 0.125, 0.5),
    startMs: span(changesMs - 2 * dayMs, changesMs + 3 * hourMs),
    settings: fc
      .record({
        apiPace: pace,
        bulkPace: pace,
        perHour: optional(span(1, 12)),
        perDay: optional(span(1, 40)),
        quietHours: optional(quietHours(timeZone)),
        warmUp: optional(fc.record({ days: span(1, 6), firstDay: span(1, 10) })),
      })
      .map((given) => sendingSettingsSchema.parse(given)),
  }),
);

const withinBefore = (left: readonly Left[], last: Left, windowMs: number): number =>
  left.filter(({ trueMs }) => trueMs <= last.trueMs && trueMs > last.trueMs - windowMs).length;

/** Departures of a desk that break a promise, in words. Times are true ones, but for quiet hours. */
const violations = (desk: Desk, settings: Settings, startMs: number): readonly string[] => {
  const found: string[] = [];
  const { perHour, perDay, quietHours: quiet, warmUp } = settings;
  const automatic = desk.left.filter((one) => one.lane !== 'person');

  const checkCap = (name: string, cap: number | undefined, windowMs: number): void => {
    if (cap === undefined) return;
    for (const one of desk.left) {
      const count = withinBefore(desk.left, one, windowMs);
      // Each time the wall clock is set forward where nobody can see it, one window may be filled a second time.
      const misled = desk.misled.filter((atMs) => atMs <= one.trueMs && atMs > one.trueMs - windowMs).length;
      if (count > cap * (1 + misled)) found.push(`${name}: ${count} instead of ${cap} before ${one.trueMs}`);
    }
  };
  checkCap('hour', perHour, hourMs);
  checkCap('day', perDay, dayMs);

  if (warmUp !== undefined && desk.misled.length === 0) {
    for (const one of automatic) {
      const day = Math.floor((one.trueMs - startMs) / dayMs) + 1;
      const count = withinBefore(automatic, one, dayMs);
      if (day <= warmUp.days && count > allowedOnDay(warmUp, day)) found.push(`warm-up: ${count} on day ${day}`);
    }
  }

  if (quiet !== undefined) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: quiet.timeZone, timeStyle: 'short' });
    for (const one of quiet.holdPeople ? desk.left : automatic) {
      const shown = clock.format(one.wallMs);
      const isQuiet =
        quiet.from < quiet.to ? quiet.from <= shown && shown < quiet.to : quiet.from <= shown || shown < quiet.to;
      if (isQuiet) found.push(`quiet hours: a message left at ${shown}`);
    }
  }

  for (const [index, one] of automatic.entries()) {
    const before = automatic[index - 1];
    const { minMs } = one.lane === 'api' ? settings.apiPace : settings.bulkPace;
    if (before !== undefined && one.trueMs - before.trueMs < minMs) {
      found.push(`pace: ${one.trueMs - before.trueMs} ms instead of ${minMs}`);
    }
  }
  return found;
};

interface Given {
  readonly settings: Settings;
  readonly startMs: number;
  readonly seed: number;
  readonly lostAnswers: number;
}

const play = (given: Given, steps: readonly Step[], countIn: 'trusted' | 'wall' = 'trusted'): Desk => {
  const desk = createDesk({ ...given, countIn });
  for (const step of steps) desk.take(step);
  return desk;
};

const sales = (settings: object): Given => ({
  settings: sendingSettingsSchema.parse(settings),
  startMs: Date.UTC(2026, 9, 24, 9),
  seed: 1,
  lostAnswers: 0,
});

describe('the gate while clocks lie', () => {
  it('keeps caps, warm-up, quiet hours and pace over set clocks, daylight saving, sleeps and restarts', () => {
    fc.assert(
      fc.property(scene, seenSteps, (given, steps) => {
        const desk = play(given, steps);
        expect(desk.misled).toEqual([]);
        expect(violations(desk, given.settings, given.startMs)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('keeps pace and quiet hours, and fills a cap at most once more for each clock that is set where nobody can see it', () => {
    fc.assert(
      fc.property(scene, anySteps, (given, steps) => {
        expect(violations(play(given, steps), given.settings, given.startMs)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('lets everything go in the end, whatever the clocks did', () => {
    fc.assert(
      fc.property(scene, anySteps, (given, steps) => {
        const desk = play(given, steps);
        // At most one message a day, and up to half a day of error in what the longest sleep was.
        desk.drain((desk.waiting() * 2 + 3) * 2 * dayMs);
        expect(desk.waiting()).toBe(0);
        expect(violations(desk, given.settings, given.startMs)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it.each([hourMs, -hourMs, dayMs, -dayMs])(
    'gives no second hour when the clock is set by %i ms while it runs',
    (byMs) => {
      const given = sales({ apiPace: { minMs: 0, maxMs: 0 }, perHour: 10 });
      const desk = play(given, [
        { type: 'enqueue', lane: 'api', count: 40 },
        { type: 'enqueue', lane: 'person', count: 40 },
        { type: 'run', forMs: 60_000 },
        { type: 'set_clock', byMs },
        { type: 'run', forMs: hourMs - 120_000 },
      ]);
      expect(desk.left).toHaveLength(10);
      desk.take({ type: 'run', forMs: 120_000 });
      expect(desk.left).toHaveLength(20);
    },
  );

  it('counts a sleep of eight hours as eight hours, and does not catch up on what it missed', () => {
    const given = sales({ apiPace: { minMs: 20_000, maxMs: 20_000 }, perHour: 10 });
    const asleep = {
      type: 'sleep',
      forMs: 8 * hourMs,
      clockByMs: 0,
      isNoticed: true,
      isMonotonicRunning: false,
    } as const;
    const desk = play(given, [
      { type: 'enqueue', lane: 'api', count: 200 },
      { type: 'run', forMs: 10 * 60_000 },
      asleep,
      { type: 'run', forMs: 60_000 },
    ]);
    // Ten before the sleep; after it the cap is free, yet they leave one by one: at 20, 40 and 60 seconds.
    expect(desk.left).toHaveLength(13);
    expect(violations(desk, given.settings, given.startMs)).toEqual([]);
  });

  it('begins with a gap after a restart, even if the clock was set forward meanwhile', () => {
    const given = sales({ apiPace: { minMs: 30_000, maxMs: 40_000 } });
    const desk = play(given, [
      { type: 'enqueue', lane: 'api', count: 10 },
      { type: 'run', forMs: 30_000 },
      { type: 'restart', downMs: 500, clockByMs: dayMs },
      { type: 'run', forMs: 29_999 },
    ]);
    expect(desk.left).toHaveLength(1);
    desk.take({ type: 'run', forMs: 1 });
    expect(desk.left).toHaveLength(2);
  });

  it('takes a clock that is set back while the console is down for a shorter absence', () => {
    const given = sales({ apiPace: { minMs: 0, maxMs: 0 }, perHour: 5 });
    const desk = play(given, [
      { type: 'enqueue', lane: 'api', count: 10 },
      { type: 'run', forMs: 60_000 },
      { type: 'restart', downMs: 2 * hourMs, clockByMs: -dayMs },
      { type: 'run', forMs: hourMs - 120_000 },
    ]);
    expect(desk.left).toHaveLength(5);
    desk.take({ type: 'run', forMs: 120_000 });
    expect(desk.left).toHaveLength(10);
  });

  it('would be caught if it counted in the wall clock', () => {
    const given = sales({ apiPace: { minMs: 1_000, maxMs: 1_000 }, perHour: 10 });
    const steps: readonly Step[] = [
      { type: 'enqueue', lane: 'api', count: 40 },
      { type: 'run', forMs: 60_000 },
      { type: 'set_clock', byMs: hourMs },
      { type: 'run', forMs: 60_000 },
    ];
    expect(violations(play(given, steps, 'wall'), given.settings, given.startMs)).not.toEqual([]);
    expect(violations(play(given, steps), given.settings, given.startMs)).toEqual([]);
  });
});
