import type { SendLane } from '../../../../electron/contract/entities/send';
import type { SendingSettings } from '../../../../electron/contract/entities/sending-settings';
import { chatIdSchema, type MessageId, messageIdSchema } from '../../../../electron/contract/ids';
import { type Departure, dayMs, hourMs } from '../../../../electron/domain/sending/departures';
import { askAgainMs, type GateView, gateVerdict } from '../../../../electron/domain/sending/gate';
import { type LineRow, nextTurn } from '../../../../electron/domain/sending/lane-order';
import { type DrawnGaps, drawGap } from '../../../../electron/domain/sending/pace';
import {
  advance,
  resume,
  type SavedTrustedTime,
  startTrustedTime,
  suspend,
  type TrustedTime,
  toleratedShiftMs,
  wallClockShiftMs,
} from '../../../../electron/domain/sending/trusted-time';

/** What happens to a computer and to the people at it. */
export type Step =
  | { readonly type: 'run'; readonly forMs: number }
  | { readonly type: 'enqueue'; readonly lane: SendLane; readonly count: number }
  | { readonly type: 'set_clock'; readonly byMs: number }
  /** `isNoticed`: whether the system tells before and after. `clockByMs`: set while asleep. */
  | {
      readonly type: 'sleep';
      readonly forMs: number;
      readonly clockByMs: number;
      readonly isNoticed: boolean;
      readonly isMonotonicRunning: boolean;
    }
  | { readonly type: 'restart'; readonly downMs: number; readonly clockByMs: number };

/** A message that really left. */
export interface Left {
  readonly trueMs: number;
  /** What the machine's wall clock showed. */
  readonly wallMs: number;
  readonly lane: SendLane;
}

export interface Desk {
  readonly take: (step: Step) => void;
  /** Runs until the queue is empty, at most so long. */
  readonly drain: (atMostMs: number) => void;
  readonly waiting: () => number;
  readonly left: readonly Left[];
  /** True times at which trusted time grew by more than had truly passed: a wall clock set forward where none could see it. */
  readonly misled: readonly number[];
}

interface DeskRow extends LineRow {
  readonly messageId: MessageId;
  readonly isKnownChat: boolean;
  readonly wasClaimed: boolean;
  readonly hasLeft: boolean;
}

/** A small generator of fractions, so that a failing run can be repeated by its seed. */
const fractions = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/**
 * One account's gate on a computer whose true time, wall clock and monotonic clock are three things. The gate's rules are
 * the real ones; the ledger keeps true time, which the gate never sees.
 *
 * @param countIn `wall` makes the gate count in the wall clock, to show that the checks notice a wrong clock.
 */
export const createDesk = (options: {
  readonly settings: SendingSettings;
  readonly startMs: number;
  readonly seed: number;
  /** Share of claims after which the row is queued again. */
  readonly lostAnswers: number;
  readonly countIn?: 'trusted' | 'wall';
}): Desk => {
  const { settings, startMs, seed, lostAnswers, countIn = 'trusted' } = options;
  const fraction = fractions(seed);
  const left: Left[] = [];
  const misled: number[] = [];

  // The computer.
  let trueMs = startMs;
  let wallAheadMs = 0;
  let monotonicAheadMs = -startMs + 0.4;
  const wallMs = (): number => trueMs + wallAheadMs;
  const monotonicMs = (): number => trueMs + monotonicAheadMs;

  // What is on disk.
  let saved: SavedTrustedTime | undefined;
  let departures: readonly Departure[] = [];
  let rows: readonly DeskRow[] = [];
  let order = 0;

  // What is in memory.
  let gaps: DrawnGaps = { api: undefined, bulk: undefined };
  let time: TrustedTime = startTrustedTime(undefined, wallMs(), monotonicMs());
  /** How far trusted time was behind true time: it may fall back further, but never make up for it. */
  let lagMs = trueMs - time.trustedMs;

  /** Takes a reading as the outbox does; a set wall clock is written down at once. */
  const keep = (reading: TrustedTime): void => {
    time = reading;
    const lagNowMs = trueMs - time.trustedMs;
    if (lagNowMs < lagMs) misled.push(trueMs);
    lagMs = lagNowMs;
    if (saved === undefined || Math.abs(wallClockShiftMs(saved, time)) > toleratedShiftMs) save();
  };
  const save = (): void => {
    saved = { trustedMs: time.trustedMs, wallMs: time.wallMs };
  };

  const view = (): GateView => ({
    wallMs: time.wallMs,
    trustedMs: countIn === 'trusted' ? time.trustedMs : time.wallMs,
    unbrokenSinceMs: time.unbrokenSinceMs,
    settings,
    accountSinceTrustedMs: startMs,
    departures: departures.filter((one) => one.trustedMs > time.trustedMs - dayMs),
    gaps,
    stated: undefined,
    hold: undefined,
  });

  /** A claim: it leaves, or the answer is lost or the page was not ready, and it is claimed again later. */
  const claim = (row: DeskRow): void => {
    const { messageId, lane } = row;
    const trustedMs = countIn === 'trusted' ? time.trustedMs : time.wallMs;
    departures = [...departures.filter((one) => one.messageId !== messageId), { messageId, trustedMs, lane }];
    if (lane !== 'person') {
      gaps = { ...gaps, [lane]: drawGap(lane === 'api' ? settings.apiPace : settings.bulkPace, fraction()) };
    }
    const comesBack = fraction() < lostAnswers;
    const leaves = !row.hasLeft && (!comesBack || fraction() < 0.5);
    if (leaves) left.push({ trueMs, wallMs: wallMs(), lane });
    rows = comesBack
      ? rows.map((one) => (one === row ? { ...row, wasClaimed: true, hasLeft: row.hasLeft || leaves } : one))
      : rows.filter((one) => one !== row);
  };

  /** Asks the gate, and answers with the running time after which to ask again. */
  const ask = (): number => {
    keep(advance(time, wallMs(), monotonicMs()));
    const now = view();
    const turn = nextTurn(
      rows,
      () => false,
      ({ lane, isKnownChat, wasClaimed, messageId }) =>
        gateVerdict(now, { lane, isKnownChat, ...(wasClaimed ? { messageId } : {}) }),
    );
    if (turn === undefined) return Number.POSITIVE_INFINITY;
    if (turn.verdict.open) {
      claim(turn.row);
      return 1;
    }
    const { inMs = Number.POSITIVE_INFINITY } = turn;
    if (inMs < askAgainMs) return inMs;
    // Longer waits are asked for at odd moments and at their end, not every minute: it comes to the same, sooner.
    const leftMs = (turn.verdict.untilMs ?? Number.POSITIVE_INFINITY) - wallMs();
    return Math.max(1, Math.min(leftMs, inMs + Math.floor(fraction() * hourMs)));
  };

  const runUntil = (endMs: number, isDone: () => boolean): void => {
    while (trueMs < endMs && !isDone()) trueMs += Math.min(ask(), endMs - trueMs);
    ask();
  };

  const sleep = (step: Extract<Step, { readonly type: 'sleep' }>): void => {
    if (step.isNoticed) keep(suspend(time, wallMs(), monotonicMs()));
    trueMs += step.forMs;
    wallAheadMs += step.clockByMs;
    if (!step.isMonotonicRunning) monotonicAheadMs -= step.forMs;
    // Timers that were due fire before the system says that it is awake.
    if (fraction() < 0.5) ask();
    if (step.isNoticed) keep(resume(time, wallMs(), monotonicMs()));
  };

  const restart = (downMs: number, clockByMs: number): void => {
    trueMs += downMs;
    wallAheadMs += clockByMs;
    monotonicAheadMs = -trueMs + fraction();
    gaps = { api: undefined, bulk: undefined };
    keep(startTrustedTime(saved, wallMs(), monotonicMs(), departures.at(-1)?.trustedMs));
  };

  save();
  return {
    left,
    misled,
    waiting: () => rows.length,
    drain: (atMostMs) => runUntil(trueMs + atMostMs, () => rows.length === 0),
    take: (step) => {
      if (step.type === 'run') runUntil(trueMs + step.forMs, () => false);
      else if (step.type === 'set_clock') wallAheadMs += step.byMs;
      else if (step.type === 'sleep') sleep(step);
      else if (step.type === 'restart') restart(step.downMs, step.clockByMs);
      else {
        const more = Array.from({ length: step.count }, (): DeskRow => {
          order += 1;
          const number = String(order).padStart(18, '0');
          return {
            order,
            lane: step.lane,
            chatId: chatIdSchema.parse(`49151${order % 5}000000@c.us`),
            messageId: messageIdSchema.parse(`3EB0${number}`),
            isKnownChat: true,
            wasClaimed: false,
            hasLeft: false,
          };
        });
        rows = [...rows, ...more];
      }
    },
  };
};
