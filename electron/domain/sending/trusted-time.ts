/**
 * Time that nobody can set: caps and pace are counted in it. It grows with the monotonic clock while the console runs,
 * with the real length of a sleep of the machine, and with the wall clock over a restart, because nothing else is left
 * then. So a wall clock that is set while the console runs changes nothing; one that is set while the console is down
 * cannot be seen: set back, sends wait longer, set forward, time has passed that never did, once.
 */
export interface TrustedTime {
  /** Whole ms; begins with the wall clock of the first start ever. Never behind what was answered before. */
  readonly trustedMs: number;
  /** Wall clock at this reading. */
  readonly wallMs: number;
  /** Monotonic clock at this reading, but for the part of a millisecond that is not counted yet. */
  readonly monotonicMs: number;
  /** Trusted time since which the monotonic clock alone was asked: the start of this run, or the last wake-up. */
  readonly unbrokenSinceMs: number;
  /** Readings when the machine went to sleep; absent while it is awake. */
  readonly suspendedAt?: { readonly wallMs: number; readonly monotonicMs: number };
}

/**
 * By how many ms wall clock and trusted time may part before a new pair has to be on disk, see {@link wallClockShiftMs}.
 * A restart leaves them out, so that what was tolerated never makes it count more than has passed.
 */
export const toleratedShiftMs = 1_000;

/** What is kept on disk of trusted time. A pair that is older than the last set of the wall clock misleads a restart. */
export interface SavedTrustedTime {
  readonly trustedMs: number;
  readonly wallMs: number;
}

/**
 * Trusted time at the start of the console.
 *
 * @param saved The newest pair on disk; undefined at the first start ever.
 * @param notBeforeMs Trusted time that is known to have been, e.g. that of the last departure.
 */
export const startTrustedTime = (
  saved: SavedTrustedTime | undefined,
  wallMs: number,
  monotonicMs: number,
  notBeforeMs = Number.NEGATIVE_INFINITY,
): TrustedTime => {
  const restartedMs =
    saved === undefined ? wallMs : saved.trustedMs + Math.max(0, wallMs - saved.wallMs - toleratedShiftMs);
  const trustedMs = Math.floor(Math.max(restartedMs, notBeforeMs));
  return { trustedMs, wallMs, monotonicMs, unbrokenSinceMs: trustedMs };
};

/** Wall and monotonic clock must part by so many ms for a sleep; less is how clocks differ, and is not made up for. */
const leastSleepMs = 1_000;

/** Awake for so many ms after it said that it goes to sleep, the machine did not, or its monotonic clock ran on. */
const longestFallingAsleepMs = 60_000;

const count = (time: TrustedTime, wallMs: number, monotonicMs: number): TrustedTime => {
  const passedMs = Math.max(0, Math.floor(monotonicMs - time.monotonicMs));
  return { ...time, trustedMs: time.trustedMs + passedMs, wallMs, monotonicMs: time.monotonicMs + passedMs };
};

const awaken = (asleep: TrustedTime, missedMs: number): TrustedTime => {
  const { suspendedAt: _announced, ...time } = asleep;
  if (missedMs < leastSleepMs) return time;
  const trustedMs = time.trustedMs + missedMs;
  return { ...time, trustedMs, unbrokenSinceMs: trustedMs };
};

/** How much of a sleep the monotonic clock missed so far. */
const missedOf = (time: TrustedTime, suspendedAt: NonNullable<TrustedTime['suspendedAt']>): number =>
  Math.floor(time.wallMs - suspendedAt.wallMs - (time.monotonicMs - suspendedAt.monotonicMs));

/**
 * The time a moment later. Parts of a millisecond are not lost, they count with the next reading. After a sleep timers fire
 * before the system says that it is awake: the first reading that shows the sleep ends it, or what leaves then would count as
 * if it had left before the sleep.
 */
export const advance = (time: TrustedTime, wallMs: number, monotonicMs: number): TrustedTime => {
  const now = count(time, wallMs, monotonicMs);
  if (now.suspendedAt === undefined) return now;
  const missedMs = missedOf(now, now.suspendedAt);
  const isOver = missedMs >= leastSleepMs || now.monotonicMs - now.suspendedAt.monotonicMs > longestFallingAsleepMs;
  return isOver ? awaken(now, missedMs) : now;
};

/** The machine is about to sleep. Said twice, the later counts: the machine was awake in between. */
export const suspend = (time: TrustedTime, wallMs: number, monotonicMs: number): TrustedTime => {
  const now = advance(time, wallMs, monotonicMs);
  return { ...now, suspendedAt: { wallMs, monotonicMs: now.monotonicMs } };
};

/**
 * The machine is awake again. The sleep was as long as the wall clock says, at least as long as the monotonic one does
 * (it stands still or runs on, as the system likes; a wall clock that was set back meanwhile says nothing).
 */
export const resume = (time: TrustedTime, wallMs: number, monotonicMs: number): TrustedTime => {
  const now = count(time, wallMs, monotonicMs);
  return now.suspendedAt === undefined ? now : awaken(now, missedOf(now, now.suspendedAt));
};

/** What the wall clock shows, as it is set now, when trusted time is `trustedMs`: for showing when something ends. */
export const wallAt = (time: Pick<TrustedTime, 'trustedMs' | 'wallMs'>, trustedMs: number): number =>
  time.wallMs + (trustedMs - time.trustedMs);

/**
 * By how many ms the wall clock was set forward (back: negative) since a pair was taken. More than `toleratedShiftMs`, either
 * way, asks for a new pair on disk at once. Compare with the pair on disk: small sets add up.
 */
export const wallClockShiftMs = (since: SavedTrustedTime, now: SavedTrustedTime): number =>
  now.wallMs - since.wallMs - (now.trustedMs - since.trustedMs);
