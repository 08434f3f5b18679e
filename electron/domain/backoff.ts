/** How failed starts are spaced, and when trying again by itself ends. */
export const backoffRules = {
  /** Longest wait before the second try, in ms. Most deaths are single ones, and somebody is waiting for an answer. */
  baseMs: 500,
  /** How much longer each further wait may be. */
  growth: 3,
  /** Longest wait between two tries, in ms. */
  maxMs: 5 * 60_000,
  /** So many failures… */
  breakerFailures: 6,
  /** …within so many ms open the breaker: from then on a person decides. */
  breakerWindowMs: 15 * 60_000,
  /** A session that was ready for so many ms has recovered: its earlier failures no longer count. */
  stableMs: 2 * 60_000,
} as const;

/**
 * How long to wait before try number `attempt` + 1.
 *
 * @param attempt Failures in a row so far, from 1.
 * @param fraction Chance in [0, 1): spreads accounts that failed at the same moment over the upper half of the wait.
 * @returns Milliseconds, at most `backoffRules.maxMs`.
 */
export const backoffDelayMs = (attempt: number, fraction: number): number => {
  // Beyond the 30th try the cap has long been reached; the limit keeps the power finite.
  const exponent = Math.min(Math.max(attempt, 1) - 1, 30);
  const ceilingMs = Math.min(backoffRules.baseMs * backoffRules.growth ** exponent, backoffRules.maxMs);
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * Math.min(Math.max(fraction, 0), 1));
};

/** The failures (wall-clock ms) that still count at `nowMs`, with the one of now added. */
export const countFailure = (failuresMs: readonly number[], nowMs: number): readonly number[] => [
  ...failuresMs.filter((atMs) => nowMs - atMs < backoffRules.breakerWindowMs),
  nowMs,
];

/** Whether so many failures ask for a person instead of another try. */
export const isBreakerOpen = (failuresMs: readonly number[]): boolean =>
  failuresMs.length >= backoffRules.breakerFailures;
