/** When failures of automatic messages ask for a person. */
export const failureRules = {
  /** So many outcomes are looked at… */
  outcomes: 20,
  /** …of the last so many ms of trusted time. */
  windowMs: 3_600_000,
  /** So many of them failed… */
  failures: 5,
  /** …and at least this share. */
  share: 0.3,
} as const;

/** What became of an automatic message: confirmed by WhatsApp, or failed by WhatsApp or its page, not by our own checks. */
export interface Outcome {
  readonly trustedMs: number;
  readonly failed: boolean;
  /** Why it failed, in words for a person. */
  readonly problem?: string;
}

/**
 * Adds an outcome to those of an account.
 *
 * @returns The outcomes to keep, and in `stopWords` why the gate has to stop what is automatic. Counting then starts anew,
 *   so that one further failure after a person let it go on does not stop it again.
 */
export const noteOutcome = (
  outcomes: readonly Outcome[],
  outcome: Outcome,
): { readonly outcomes: readonly Outcome[]; readonly stopWords: string | undefined } => {
  const recent = [...outcomes, outcome]
    .filter(({ trustedMs }) => trustedMs > outcome.trustedMs - failureRules.windowMs)
    .slice(-failureRules.outcomes);
  const failures = recent.filter(({ failed }) => failed).length;
  const isTooMany = failures >= failureRules.failures && failures >= failureRules.share * recent.length;
  if (!outcome.failed || !isTooMany) return { outcomes: recent, stopWords: undefined };
  const last = outcome.problem === undefined ? '' : ` The last one: ${outcome.problem}`;
  const words = `${failures} of the last ${recent.length} automatic messages failed within an hour, so nothing automatic leaves.${last}`;
  return { outcomes: [], stopWords: words };
};
