/** How patient the outbox is. Durations in ms of running time. */
export interface OutboxTiming {
  /** From `ready` with everything caught up until the absence of a message means something. */
  readonly settleMs: number;
  /** How long a message may stay without an answer of WhatsApp's server before somebody looks. */
  readonly ackPatienceMs: number;
  /** How old an unknown message of the policy `never_lost` gets before it is sent again. */
  readonly lostAfterMs: number;
}

/** Other patience than the usual, where given. */
export type OutboxTimingChange = { readonly [Name in keyof OutboxTiming]?: OutboxTiming[Name] | undefined };

export const outboxTiming = (change: OutboxTimingChange = {}): OutboxTiming => ({
  settleMs: change.settleMs ?? 10_000,
  ackPatienceMs: change.ackPatienceMs ?? 120_000,
  lostAfterMs: change.lostAfterMs ?? 600_000,
});
