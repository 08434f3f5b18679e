import type { AccountIdentity } from '../contract/entities/account';
import type { SessionStateName, StopReason } from '../contract/entities/session';
import type { OperationErrorShape } from '../contract/errors';

/** Everything that can happen to a session. `fraction` is chance in [0, 1), for the jitter of a backoff. */
export type SessionEvent =
  | { readonly type: 'start'; readonly label: string }
  | { readonly type: 'stop'; readonly why: StopReason }
  /** It was this account's turn and its worker process runs. */
  | { readonly type: 'spawned' }
  /** No process could be started. */
  | { readonly type: 'launch_failed'; readonly error: OperationErrorShape; readonly fraction: number }
  | { readonly type: 'qr'; readonly attempt: number; readonly maxAttempts: number; readonly lifetimeMs: number }
  | { readonly type: 'syncing'; readonly percent: number }
  | { readonly type: 'ready'; readonly me: AccountIdentity }
  | { readonly type: 'connection_lost'; readonly reason: string }
  | { readonly type: 'connection_restored' }
  | { readonly type: 'logged_out' }
  /** The worker says that it cannot go on; it is still there. `data.offline` in the error: for want of a network. */
  | { readonly type: 'worker_failed'; readonly error: OperationErrorShape }
  /** No process of this session is left. The only proof of death. */
  | { readonly type: 'exited'; readonly fraction: number }
  /** The armed deadline has passed. */
  | { readonly type: 'deadline' }
  | { readonly type: 'probe_connected' }
  | { readonly type: 'probe_disconnected' }
  | { readonly type: 'probe_missed' };
export type SessionEventType = SessionEvent['type'];

/** What the caller has to do, in this order. */
export type SessionEffect =
  /** Start a worker of this generation, when it is the account's turn; with `freshProfile` archive the old profile first. */
  | { readonly type: 'launch'; readonly generation: number; readonly freshProfile: boolean }
  /** Ask the worker to close its browser and exit; answer with `exited`, also when there is none. */
  | { readonly type: 'stop_worker' }
  /** End every process of this session now. */
  | { readonly type: 'kill_tree' }
  /** Replaces the armed deadline, if any. */
  | { readonly type: 'arm_deadline'; readonly atMs: number }
  | { readonly type: 'clear_deadline' }
  | { readonly type: 'start_heartbeat' }
  | { readonly type: 'stop_heartbeat' }
  /** The public state is a new one. */
  | { readonly type: 'publish' }
  /** Nothing was listed for this pair; nothing was done. */
  | { readonly type: 'report'; readonly state: SessionStateName; readonly event: SessionEventType };
