import type { AccountIdentity } from '../contract/entities/account';
import type { SessionState } from '../contract/entities/session';
import type { OperationErrorShape } from '../contract/errors';
import type { SessionEffect } from './session-events';
import { defaultRules, type SessionRules } from './session-rules';

/** What follows once the processes of a stopping session are gone. */
export type Ending =
  | { readonly next: 'stopped' }
  | { readonly next: 'start' }
  | { readonly next: 'asleep' }
  | { readonly next: 'retry'; readonly error: OperationErrorShape }
  | { readonly next: 'failed'; readonly error: OperationErrorShape };

/** The public state and what the machine has to remember beside it. */
export interface SessionMachine {
  readonly status: SessionState;
  /** The account's label, for messages. */
  readonly label: string;
  /** Number of the newest worker life, 0 before the first. */
  readonly generation: number;
  readonly rules: SessionRules;
  /** Wall-clock ms of the armed deadline. */
  readonly deadlineAtMs: number | undefined;
  /** Failures in a row. */
  readonly attempt: number;
  /** When they happened, as far as they count for the breaker. */
  readonly failuresMs: readonly number[];
  /** Since when this generation has been ready, drops included. */
  readonly readySinceMs: number | undefined;
  /** When a phone linked this generation. */
  readonly linkedAtMs: number | undefined;
  readonly missedProbes: number;
  /**
   * What becomes of the profile when the processes are gone: `aside` when WhatsApp has unlinked the device, `dropped` when
   * its login is not wanted here any more.
   */
  readonly profile: 'kept' | 'aside' | 'dropped';
  /** The login was taken away and no phone has linked since. */
  readonly unlinked: boolean;
  /** Its worker process runs; before, it waits for its turn. */
  readonly spawned: boolean;
  /** Pieces of WhatsApp Web that this life could not find. */
  readonly missing: readonly string[];
  /** Who the phone said it is, last time. */
  readonly me: AccountIdentity | undefined;
  /** How often a sleeping account looks for news, in ms. */
  readonly lookEveryMs: number;
  /** Awake only to look for news: it may sleep again when nobody needs it. */
  readonly looking: boolean;
  /** This computer has no network: deadlines and the breaker wait. */
  readonly offline: boolean;
  /** Stopping, but the new login is not on disk yet. */
  readonly settling: boolean;
  readonly lastError: { readonly atMs: number; readonly error: OperationErrorShape } | undefined;
  readonly ending: Ending;
}

export interface SessionStep {
  readonly state: SessionMachine;
  readonly effects: readonly SessionEffect[];
}

/** A session that never ran. */
export const initialSession = (label: string, nowMs: number): SessionMachine => ({
  status: { state: 'stopped', sinceMs: nowMs },
  label,
  generation: 0,
  rules: defaultRules,
  deadlineAtMs: undefined,
  attempt: 0,
  failuresMs: [],
  readySinceMs: undefined,
  linkedAtMs: undefined,
  missedProbes: 0,
  profile: 'kept',
  unlinked: false,
  spawned: false,
  missing: [],
  me: undefined,
  lookEveryMs: 30 * 60_000,
  looking: false,
  offline: false,
  settling: false,
  lastError: undefined,
  ending: { next: 'stopped' },
});
