import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendLane, StatedLimits } from '../../../../electron/contract/entities/send';
import { dayMs, hourMs } from '../../../../electron/domain/sending/departures';
import {
  askAgainMs,
  type GateRow,
  type GateVerdict,
  type GateView,
  gateMeters,
  gateVerdict,
} from '../../../../electron/domain/sending/gate';
import { departed, gateView, messageId, trustedMs, wallMs } from './gate-view';

const known = (lane: SendLane): GateRow => ({ lane, isKnownChat: true });
const unknown = (lane: SendLane): GateRow => ({ lane, isKnownChat: false });
const open: GateVerdict = { open: true };
const rows = (['person', 'api', 'bulk'] as const).flatMap((lane) => [known(lane), unknown(lane)]);

/** Reasons that hold each row, `-` where it may leave: person, api, bulk, each in a known and in an unknown chat. */
const reasons = (view: GateView): string =>
  rows
    .map((row) => {
      const verdict = gateVerdict(view, row);
      return verdict.open ? '-' : verdict.reason;
    })
    .join(' ');

const timelock = (endsAtMs: number): StatedLimits => ({ timelock: { endsAtMs, enforcementType: 'BIZ_QUALITY' } });
const capping = (
  status: 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED',
  cycleEndsAtMs: number,
): StatedLimits => ({
  capping: { status, quota: 10, used: 10, cycleEndsAtMs },
});

describe('whom the gate holds', () => {
  it('is nobody when nothing speaks against it', () => {
    expect(reasons(gateView())).toBe('- - - - - -');
  });

  it('is everybody while a person paused the account', () => {
    expect(reasons(gateView({ hold: { by: 'person' } }))).toBe('paused paused paused paused paused paused');
  });

  it('is what is automatic after too many failures', () => {
    const stopped = 'stopped_by_failures';
    expect(reasons(gateView({ hold: { by: 'failures' } }))).toBe(`- - ${stopped} ${stopped} ${stopped} ${stopped}`);
  });

  it('is everybody when a cap is reached, because the number is at risk whoever types', () => {
    const view = gateView({ settings: { perHour: 2 }, departures: departed('person', 60_000, 30_000) });
    expect(reasons(view)).toBe('hour_cap hour_cap hour_cap hour_cap hour_cap hour_cap');
  });

  it('is what is automatic while the account warms up, and people’s messages use nothing of it', () => {
    const young = { settings: { warmUp: { days: 14, firstDay: 2 } }, accountSinceTrustedMs: trustedMs - hourMs };
    const warm = 'warm_up';
    expect(reasons(gateView({ ...young, departures: departed('api', 60_000, 30_000) }))).toBe(
      `- - ${warm} ${warm} ${warm} ${warm}`,
    );
    expect(reasons(gateView({ ...young, departures: departed('person', 60_000, 30_000) }))).toBe('- - - - - -');
  });

  it('is what is automatic in quiet hours, and people only by choice', () => {
    const quietHours = { from: '11:00', to: '13:00', timeZone: 'UTC' };
    const quiet = 'quiet_hours';
    expect(reasons(gateView({ settings: { quietHours } }))).toBe(`- - ${quiet} ${quiet} ${quiet} ${quiet}`);
    expect(reasons(gateView({ settings: { quietHours: { ...quietHours, holdPeople: true } } }))).toBe(
      Array.from({ length: 6 }, () => quiet).join(' '),
    );
  });

  it('is what is automatic, and people in unknown chats, under WhatsApp’s timelock', () => {
    const lock = 'whatsapp_timelock';
    expect(reasons(gateView({ stated: timelock(wallMs + 1) }))).toBe(`- ${lock} ${lock} ${lock} ${lock} ${lock}`);
  });

  it('is every lane in unknown chats when WhatsApp’s quota of new chats is used up', () => {
    const cap = 'whatsapp_cap';
    expect(reasons(gateView({ stated: capping('CAPPED', wallMs + 1) }))).toBe(`- ${cap} - ${cap} - ${cap}`);
  });

  it.each(['NONE', 'FIRST_WARNING', 'SECOND_WARNING'] as const)('is nobody at WhatsApp’s %s', (status) => {
    expect(reasons(gateView({ stated: capping(status, wallMs + hourMs) }))).toBe('- - - - - -');
  });

  it('is nobody under limits of WhatsApp’s whose end has passed by the wall clock', () => {
    expect(reasons(gateView({ stated: { ...timelock(wallMs), ...capping('CAPPED', wallMs) } }))).toBe('- - - - - -');
  });

  it('is every lane in unknown chats when the account writes only to people who have written', () => {
    const held = 'unknown_chat';
    expect(reasons(gateView({ settings: { onlyKnownChats: true } }))).toBe(`- ${held} - ${held} - ${held}`);
  });
});

describe('pace', () => {
  it('holds programs and bulk sends for the gap that was drawn for them, people never', () => {
    const at = (ageMs: number): string => reasons(gateView({ departures: departed('api', ageMs) }));
    expect(at(1_999)).toBe('- - pace pace pace pace');
    expect(at(2_000)).toBe('- - - - pace pace');
    expect(at(9_999)).toBe('- - - - pace pace');
    expect(at(10_000)).toBe('- - - - - -');
  });

  it('counts from the last departure of either automatic lane', () => {
    expect(reasons(gateView({ departures: departed('bulk', 1_000) }))).toBe('- - pace pace pace pace');
  });

  it('does not count what people type', () => {
    expect(reasons(gateView({ departures: departed('person', 1) }))).toBe('- - - - - -');
    const both = [...departed('bulk', 4_000), ...departed('person', 10)];
    expect(gateVerdict(gateView({ departures: both }), known('bulk'))).toMatchObject({ reason: 'pace', inMs: 6_000 });
  });

  it('takes the longest gap when none was drawn, as after a restart', () => {
    const view = gateView({ gaps: { api: undefined, bulk: undefined }, departures: departed('api', 1_000) });
    expect(gateVerdict(view, known('api'))).toMatchObject({ reason: 'pace', inMs: 2_000 });
    expect(gateVerdict(view, known('bulk'))).toMatchObject({ reason: 'pace', inMs: 14_000 });
  });

  it('brings a gap that was drawn for another pace into the present one', () => {
    const settings = { apiPace: { minMs: 5_000, maxMs: 6_000 } };
    const departures = departed('api', 1_000);
    const inMs = (api: number): unknown =>
      gateVerdict(gateView({ settings, departures, gaps: { api, bulk: 1 } }), known('api'));
    expect(inMs(2_000)).toMatchObject({ inMs: 4_000 });
    expect(inMs(5_500)).toMatchObject({ inMs: 4_500 });
    expect(inMs(90_000)).toMatchObject({ inMs: 5_000 });
  });

  it('lets the shortest gap pass after a start or a wake-up, whatever the departures say', () => {
    const view = gateView({ unbrokenSinceMs: trustedMs - 400 });
    expect(gateVerdict(view, known('api'))).toEqual({ open: false, reason: 'pace', untilMs: wallMs + 600, inMs: 600 });
    expect(gateVerdict(view, known('person'))).toEqual(open);
  });

  it('holds nothing when it is switched off', () => {
    const none = { minMs: 0, maxMs: 0 };
    const settings = { apiPace: none, bulkPace: none };
    const view = gateView({ settings, departures: departed('bulk', 0), unbrokenSinceMs: trustedMs });
    expect(reasons(view)).toBe('- - - - - -');
  });
});

describe('caps', () => {
  it('end when the oldest message that fills them is out of the window', () => {
    const settings = { perHour: 2, perDay: 4 };
    const departures = departed('person', 3 * hourMs, 2 * hourMs, 50 * 60_000, 10 * 60_000);
    const untilMs = wallMs + 21 * hourMs;
    // The hour has room again in ten minutes, the day only in 21 hours.
    expect(gateVerdict(gateView({ settings, departures }), known('person'))).toEqual({
      open: false,
      reason: 'day_cap',
      untilMs,
      inMs: askAgainMs,
    });
    expect(gateVerdict(gateView({ settings: { perHour: 2 }, departures }), known('person'))).toEqual({
      open: false,
      reason: 'hour_cap',
      untilMs: wallMs + 10 * 60_000,
      inMs: askAgainMs,
    });
  });

  it('count exactly 60 minutes and 24 hours', () => {
    const at = (ageMs: number, settings: object): GateVerdict =>
      gateVerdict(gateView({ settings, departures: departed('person', ageMs) }), known('person'));
    expect(at(hourMs - 1, { perHour: 1 })).toMatchObject({ reason: 'hour_cap', inMs: 1 });
    expect(at(hourMs, { perHour: 1 })).toEqual(open);
    expect(at(dayMs - 1, { perDay: 1 })).toMatchObject({ reason: 'day_cap', inMs: 1 });
    expect(at(dayMs, { perDay: 1 })).toEqual(open);
  });

  it('hold until enough have left the window when they were lowered below what has left', () => {
    const departures = departed('person', 40 * 60_000, 30 * 60_000, 20 * 60_000, 10 * 60_000);
    expect(gateVerdict(gateView({ settings: { perHour: 2 }, departures }), known('person'))).toMatchObject({
      untilMs: wallMs + 40 * 60_000,
    });
  });

  it('do not count the message itself when it is claimed again', () => {
    const departures = departed('person', 60_000, 30_000);
    const view = gateView({ settings: { perHour: 2 }, departures });
    expect(gateVerdict(view, { ...known('person'), messageId: messageId(1) })).toEqual(open);
    expect(gateVerdict(view, { ...known('person'), messageId: messageId(7) })).toMatchObject({ reason: 'hour_cap' });
  });
});

describe('the reason that the gate names', () => {
  it('is the one that ends last, wherever its end is counted', () => {
    const settings = { quietHours: { from: '11:00', to: '13:00', timeZone: 'UTC' }, perHour: 1 };
    const view = (ageMs: number, endsInMs: number): GateView =>
      gateView({ settings, departures: departed('api', ageMs), stated: timelock(wallMs + endsInMs) });
    // Quiet for another hour.
    expect(gateVerdict(view(1, hourMs - 2), known('api'))).toMatchObject({
      reason: 'quiet_hours',
      untilMs: wallMs + hourMs,
    });
    expect(gateVerdict(view(1, 2 * hourMs), known('api'))).toMatchObject({
      reason: 'whatsapp_timelock',
      untilMs: wallMs + 2 * hourMs,
    });
    const older = gateView({ settings: { ...settings, perDay: 1 }, departures: departed('api', 1) });
    expect(gateVerdict(older, known('api'))).toMatchObject({ reason: 'day_cap', untilMs: wallMs + dayMs - 1 });
  });

  it('has no end when only somebody can end it, and a person’s pause comes first', () => {
    const view = gateView({ settings: { onlyKnownChats: true, perDay: 1 }, departures: departed('api', 1) });
    expect(gateVerdict(view, unknown('api'))).toEqual({ open: false, reason: 'unknown_chat' });
    expect(gateVerdict({ ...view, hold: { by: 'failures' } }, unknown('api'))).toEqual({
      open: false,
      reason: 'stopped_by_failures',
    });
    expect(gateVerdict({ ...view, hold: { by: 'person' } }, unknown('api'))).toEqual({ open: false, reason: 'paused' });
  });

  const age = fc.integer({ min: 0, max: dayMs - 1 });
  const anyView = fc
    .record({
      wallMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
      ages: fc.array(fc.tuple(age, fc.constantFrom<SendLane[]>('person', 'api', 'bulk')), { maxLength: 12 }),
      perHour: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      perDay: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      isQuiet: fc.boolean(),
      isWarming: fc.boolean(),
      lockMs: fc.option(fc.integer({ min: -dayMs, max: dayMs }), { nil: undefined }),
      cappedMs: fc.option(fc.integer({ min: -dayMs, max: dayMs }), { nil: undefined }),
      unbrokenMs: fc.integer({ min: 0, max: 20_000 }),
      sinceMs: fc.integer({ min: 0, max: 6 * dayMs }),
    })
    .map(({ ages, perHour, perDay, isQuiet, isWarming, lockMs, cappedMs, unbrokenMs, sinceMs, wallMs: atMs }) =>
      gateView({
        wallMs: atMs,
        departures: [...ages]
          .sort(([one], [other]) => other - one)
          .map(([ageMs, lane], index) => ({ messageId: messageId(index), trustedMs: trustedMs - ageMs, lane })),
        settings: {
          perHour,
          perDay,
          ...(isQuiet ? { quietHours: { from: '21:30', to: '07:15', timeZone: 'America/New_York' } } : {}),
          ...(isWarming ? { warmUp: { days: 5, firstDay: 2 } } : {}),
        },
        stated: {
          ...(lockMs === undefined ? {} : timelock(atMs + lockMs)),
          ...(cappedMs === undefined ? {} : capping('CAPPED', atMs + cappedMs)),
        },
        unbrokenSinceMs: trustedMs - unbrokenMs,
        accountSinceTrustedMs: trustedMs - sinceMs,
      }),
    );
  const later = (view: GateView, byMs: number): GateView => ({
    ...view,
    wallMs: view.wallMs + byMs,
    trustedMs: view.trustedMs + byMs,
  });

  it('holds until the very end that it names and never a moment longer for that reason alone', () => {
    fc.assert(
      fc.property(anyView, fc.constantFrom(...rows), fc.double({ min: 0, max: 1, noNaN: true }), (view, row, part) => {
        const verdict = gateVerdict(view, row);
        if (verdict.open) return;
        const { reason, untilMs = 0, inMs = 0 } = verdict;
        const leftMs = untilMs - view.wallMs;
        expect(leftMs).toBeGreaterThan(0);
        expect(inMs).toBe(Math.min(leftMs, askAgainMs));
        expect(gateVerdict(later(view, Math.floor((leftMs - 1) * part)), row).open).toBe(false);
        const after = gateVerdict(later(view, leftMs), row);
        // What held is over; only what begins meanwhile (a quiet hour) may hold now.
        expect(after.open || after.reason === 'quiet_hours').toBe(true);
        expect(after.open || reason !== 'quiet_hours').toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the meters of the gate', () => {
  it('show what left in the last hour and day, and how far the warm-up is', () => {
    const departures = [...departed('bulk', 23 * hourMs, 2 * hourMs, 60_000), ...departed('person', 30_000)];
    const settings = { warmUp: { days: 14, firstDay: 20 } };
    const view = gateView({ departures, settings, accountSinceTrustedMs: trustedMs - 2 * dayMs - 1 });
    expect(gateMeters(view)).toEqual({ lastHour: 2, lastDay: 4, warmUp: { day: 3, days: 14, allowed: 45, used: 3 } });
  });

  it('show no warm-up when there is none or it is over', () => {
    expect(gateMeters(gateView())).toEqual({ lastHour: 0, lastDay: 0 });
    expect(gateMeters(gateView({ settings: { warmUp: { days: 14, firstDay: 20 } } }))).toEqual({
      lastHour: 0,
      lastDay: 0,
    });
  });
});
