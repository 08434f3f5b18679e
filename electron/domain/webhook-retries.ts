/** Pauses after the first, second, … failed attempt, in ms: about three days in all. */
export const retryDelaysMs: readonly number[] = [
  1_000,
  5_000,
  30_000,
  5 * 60_000,
  30 * 60_000,
  2 * 3_600_000,
  5 * 3_600_000,
  10 * 3_600_000,
  14 * 3_600_000,
  20 * 3_600_000,
  24 * 3_600_000,
];
/** How much longer or shorter chance makes a pause, so that receivers that failed together are not asked together. */
const jitter = 0.1;
/** The longest wait that a receiver can ask for, in ms. */
const longestAskedMs = 24 * 3_600_000;
/** Attempts for what the receiver calls wrong in itself: it is not likely to change its mind. */
const attemptsWhenRefused = 4;

/** Answers that speak of the event, not of the receiver's health: the next event may fare better. */
const refusals: ReadonlySet<number> = new Set([400, 405, 406, 411, 413, 415, 422]);

/** What came of one attempt: an answer, or none. */
export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'unanswered' };

export type AttemptVerdict =
  | { readonly kind: 'delivered' }
  /** The receiver is not there any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  /** No attempt is left. `event`: because the receiver does not take this one; `receiver`: it takes none. */
  | { readonly kind: 'given_up'; readonly because: 'event' | 'receiver' };

/**
 * What follows from an attempt, by the Standard Webhooks specification.
 *
 * @param attempts How often this delivery has been tried, this attempt included.
 * @param fraction Chance in [0, 1).
 */
export const judgeAttempt = (outcome: AttemptOutcome, attempts: number, fraction: number): AttemptVerdict => {
  if (outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300) return { kind: 'delivered' };
  if (outcome.kind === 'answered' && outcome.status === 410) return { kind: 'gone' };
  if (outcome.kind === 'answered' && refusals.has(outcome.status) && attempts >= attemptsWhenRefused) {
    return { kind: 'given_up', because: 'event' };
  }
  const delayMs = retryDelaysMs[attempts - 1];
  if (delayMs === undefined) return { kind: 'given_up', because: 'receiver' };
  const chosenMs = Math.round(delayMs * (1 - jitter + 2 * jitter * fraction));
  const askedMs = outcome.kind === 'answered' ? Math.min(outcome.retryAfterMs ?? 0, longestAskedMs) : 0;
  return { kind: 'retry', afterMs: Math.max(chosenMs, askedMs) };
};
