/** What page and network say to each other about linking, limits and misbehaviour. */

import type { Build } from './builds';

/** The account may not start chats with people until `endsAt`. */
export interface TimelockRow {
  readonly enforcementType: string;
  readonly endsAt: number;
}

export type CappingStatus = 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED';

/** How many new chats the account may start in a cycle. */
export interface CappingRow {
  readonly status: CappingStatus;
  readonly quota: number;
  readonly used: number;
  readonly cycleStartsAt: number;
  readonly cycleEndsAt: number;
}

/** The limits that WhatsApp states for an account; absent: none. */
export interface LimitsRow {
  readonly timelock?: TimelockRow;
  readonly capping?: CappingRow;
}

/** What becomes of messages that were written and not sent when the page goes away: the next page sends them, or not. */
export type PendingMood = 'flush' | 'never' | 'half';

/** How this page misbehaves by itself. */
export interface Moods {
  /** A send is reported as failed although the message went out. */
  readonly sendThrows: boolean;
  readonly pending: PendingMood;
}

export type Misbehaviour =
  | { readonly how: 'crash' }
  | { readonly how: 'hang'; readonly forMs: number }
  | { readonly how: 'memory'; readonly megabytes: number; readonly perSecond: number }
  | { readonly how: 'memory-free' };

/** Asked before there is a login. */
export interface SessionRequests {
  readonly 'pairing-code': {
    readonly input: { readonly phone: string; readonly notify: boolean };
    readonly output: { readonly code: string; readonly lifetimeMs: number };
  };
  readonly 'cancel-pairing': { readonly input: Record<string, never>; readonly output: Record<string, never> };
  /** A person at the page answers the passkey step. */
  readonly passkey: { readonly input: { readonly ok: boolean }; readonly output: Record<string, never> };
}

export type SessionFrame =
  /** The phone has scanned, and WhatsApp wants a passkey before it links. */
  | { readonly op: 'passkey' }
  /** Another page uses this login now. */
  | { readonly op: 'conflict' }
  /** WhatsApp refuses this account or this browser. */
  | { readonly op: 'blocked'; readonly state: string }
  | { readonly op: 'limits'; readonly limits: LimitsRow }
  | { readonly op: 'moods'; readonly moods: Moods }
  | { readonly op: 'misbehave'; readonly misbehaviour: Misbehaviour };

/** What a welcome says beside who this is. */
export interface WelcomeTerms {
  /** Which build of WhatsApp Web this page is from now on; absent: the one it was served as. */
  readonly build?: Build;
  readonly limits?: LimitsRow;
  readonly moods: Moods;
}
