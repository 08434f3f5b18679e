import type { AccountIdentity } from '../contract/entities/account';
import type { SessionStateName, StopReason } from '../contract/entities/session';
import type { OperationErrorShape } from '../contract/errors';
import type { SessionRules } from './session-rules';

/** Everything that can happen to a session. `fraction` is chance in [0, 1), for the jitter of a backoff. */
export type SessionEvent =
  | { readonly type: 'start'; readonly label: string }
  | { readonly type: 'stop'; readonly why: StopReason }
  /** The account may rest without a browser and look for news every so many ms. */
  | { readonly type: 'sleep'; readonly lookEveryMs: number }
  /** Somebody needs the account. */
  | { readonly type: 'wake' }
  /** It was this account's turn and its worker process runs, under these rules. */
  | { readonly type: 'spawned'; readonly rules: SessionRules }
  /** No process could be started. */
  | { readonly type: 'launch_failed'; readonly error: OperationErrorShape; readonly fraction: number }
  | { readonly type: 'qr'; readonly attempt: number; readonly maxAttempts: number; readonly lifetimeMs: number }
  /** A code to be typed on the phone is on show. */
  | { readonly type: 'pairing_code'; readonly lifetimeMs: number }
  /** WhatsApp asks for a passkey, which only a person can give. */
  | { readonly type: 'passkey' }
  | { readonly type: 'syncing'; readonly percent: number }
  /** `missing`: pieces of WhatsApp Web that this version of it no longer has. */
  | { readonly type: 'ready'; readonly me: AccountIdentity; readonly missing?: readonly string[] }
  /** The phone that linked is the one of another account; the error names it. */
  | { readonly type: 'number_taken'; readonly error: OperationErrorShape }
  | { readonly type: 'connection_lost'; readonly reason: string }
  | { readonly type: 'connection_restored' }
  | { readonly type: 'logged_out' }
  /** The worker, or the console about it, says that it cannot go on; it is still there. `data.offline`: for want of a network. */
  | { readonly type: 'worker_failed'; readonly error: OperationErrorShape }
  /** What a fresh login has to write is on disk. */
  | { readonly type: 'settled' }
  /** No process of this session is left. The only proof of death. */
  | { readonly type: 'exited'; readonly fraction: number }
  /** The armed deadline has passed. */
  | { readonly type: 'deadline' }
  | { readonly type: 'probe_connected' }
  | { readonly type: 'probe_disconnected' }
  | { readonly type: 'probe_missed' }
  /** This computer has lost its network, or has it again. */
  | { readonly type: 'network_down' }
  | { readonly type: 'network_up' }
  /** This computer has slept; no timer ran meanwhile. */
  | { readonly type: 'resumed' };
export type SessionEventType = SessionEvent['type'];

/** What the caller has to do, in this order. */
export type SessionEffect =
  /** Start a worker of this generation, when it is the account's turn and the profile is as it should be. */
  | { readonly type: 'launch'; readonly generation: number }
  /** Ask the worker to close its browser and exit, after unlinking the device when told; answer with `exited`, also when there is none. */
  | { readonly type: 'stop_worker'; readonly logout: boolean }
  /** Wait until the profile is quiet, at most until then; answer with `settled`. */
  | { readonly type: 'settle'; readonly untilMs: number }
  /** The profile's login is worthless, or not wanted any more: an empty profile takes its place. No process is on it. */
  | { readonly type: 'put_profile_aside'; readonly keep: boolean }
  /** End every process of this session now. */
  | { readonly type: 'kill_tree' }
  /** Replaces the armed deadline, if any. */
  | { readonly type: 'arm_deadline'; readonly atMs: number }
  | { readonly type: 'clear_deadline' }
  | { readonly type: 'start_heartbeat' }
  | { readonly type: 'stop_heartbeat' }
  /** Ask the page now, not at the next beat. */
  | { readonly type: 'probe_now' }
  /** The public state is a new one. */
  | { readonly type: 'publish' }
  /** Nothing was listed for this pair; nothing was done. */
  | { readonly type: 'report'; readonly state: SessionStateName; readonly event: SessionEventType };
