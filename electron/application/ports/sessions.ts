import type { Account } from '../../contract/entities/account';
import type { LinkCode, Session, StopReason } from '../../contract/entities/session';
import type {
  Launch,
  WorkerReport,
  WorkerRequestInput,
  WorkerRequestKind,
  WorkerRequestOutput,
} from '../../contract/frames';
import type { AccountId } from '../../contract/ids';

/** The supervisor as the rest of the program sees it: one session per account, each in processes of its own. */
export interface SessionControl {
  /** `stopped` for an account that never ran. */
  get(accountId: AccountId): Session;
  /** Begins a start and answers with the state after it. Idempotent. */
  start(account: Account): Session;
  /** Resolves when no process of the account is left. Idempotent. */
  stop(accountId: AccountId, why: StopReason): Promise<Session>;
  /** The code on show while linking. */
  linkCode(accountId: AccountId): LinkCode | undefined;
  /**
   * Asks the account's worker. Rejects with an OperationError that names the account: SESSION_NOT_READY (nothing was
   * asked), SESSION_CRASHED or SESSION_TIMEOUT (`effect: 'unknown'` for requests that change something), or the worker's own.
   */
  request<Kind extends WorkerRequestKind>(
    accountId: AccountId,
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>>;
  /** Forgets a stopped account. */
  forget(accountId: AccountId): void;
}

/** Who hears what sessions do. Called in order, never concurrently for one account. */
export interface SessionObserver {
  sessionChanged(session: Session): void;
  /** Reports of living generations only; `reply` and `log` do not come here. */
  reported(accountId: AccountId, report: WorkerReport): void;
}

/** Decides how an account's browser is started; rejects with PRACTICE_UNAVAILABLE when its network cannot be had. */
export interface LaunchPlanner {
  plan(account: Account): Promise<Launch>;
}

/** The built-in stand-in for WhatsApp, started when first needed. */
export interface PracticeNetwork {
  /** Where its page is served; starts the network when it is not running. Rejects with PRACTICE_UNAVAILABLE. */
  page(): Promise<{ readonly version: string; readonly remotePath: string }>;
  /** The account's simulated phone scans a code. Rejects with PRACTICE_REFUSED or PRACTICE_UNAVAILABLE. */
  scan(account: Account, qr: string): Promise<{ readonly phone: string }>;
}
