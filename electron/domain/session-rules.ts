/** How long each state may last, in ms. `stopped`, `ready` and `failed` are at rest. */
export const sessionDeadlines = {
  /** Waiting for a turn to start; other accounts go first. */
  queueMs: 10 * 60_000,
  /** After a code has expired: time for the page to show the next one. */
  linkGraceMs: 60_000,
  /** For a person to answer the passkey question in the account's window. */
  passkeyMs: 10 * 60_000,
  reconnectMs: 5 * 60_000,
  /** For the worker to close its browser and exit. */
  stopMs: 10_000,
  /** The same when the page first has to tell WhatsApp that the device is unlinked. */
  logoutMs: 18_000,
  /** Between two attempts to kill what is left. */
  killMs: 5_000,
  /** Without a network every deadline waits, and is looked at again after this. */
  offlineMs: 30_000,
} as const;

/** Quitting sooner after a phone was linked can spoil the new login: until then an orderly end waits for the profile. */
export const settleMs = 60_000;

/** Consecutive unanswered probes after which a session is started anew. */
export const maxMissedProbes = 2;

/** What the account's settings say about one life of its session. */
export interface SessionRules {
  readonly restartOnCrash: boolean;
  /** From the worker's first breath to a code, a sync or `ready`, in ms. */
  readonly startMs: number;
  /** Syncing without a new percentage, in ms. */
  readonly syncProgressMs: number;
}

/** The rules of an account whose settings nobody has changed. */
export const defaultRules: SessionRules = { restartOnCrash: true, startMs: 60_000, syncProgressMs: 10 * 60_000 };
