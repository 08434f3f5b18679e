import type { Account } from '../../contract/entities/account';
import type { LogLine, TimelineEntry } from '../../contract/entities/observation';
import type { LinkCode, PairingCode, Session, StopReason } from '../../contract/entities/session';
import type { OperationErrorShape } from '../../contract/errors';
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
  /**
   * Resolves when no process of the account is left. Idempotent. Within a minute after linking it first waits for the new
   * login to be on disk.
   */
  stop(accountId: AccountId, why: StopReason): Promise<Session>;
  /** Ends the account's processes, if there are any, and starts them again with these settings. Resolves when the old ones are gone. */
  restart(account: Account): Promise<Session>;
  /**
   * Unlinks the phone where the page can still say so, drops the login and resolves when no process is left; the
   * account rests as `stopped`. Also drops the login of a session that never ran. `unlinked`: WhatsApp knows of it; if not,
   * the phone still lists this device.
   */
  logout(accountId: AccountId): Promise<{ readonly session: Session; readonly unlinked: boolean }>;
  /** Lets a ready account sleep; resolves when its browser is gone. SESSION_NOT_READY for one that is not ready. */
  sleep(accountId: AccountId): Promise<Session>;
  /** Somebody needs the account: a send, an opened conversation. Starts an asleep session, keeps an awake one awake. */
  wake(accountId: AccountId): void;
  /** The account's own WhatsApp window. SESSION_NOT_READY without a browser or where the browser has no window to show. */
  showWindow(accountId: AccountId): Promise<Session>;
  hideWindow(accountId: AccountId): Promise<Session>;
  /** What the account's page shows now, as PNG. */
  screenshot(accountId: AccountId): Promise<Uint8Array>;
  /** For an account that is linking: a code to type on the phone of this number. Rejects with PAIRING_CODE_REFUSED. */
  pairingCode(accountId: AccountId, phoneNumber: string): Promise<PairingCode>;
  /** Ids of the account's worker and browser: the roots of its process trees. Empty when nothing runs. */
  processes(accountId: AccountId): readonly number[];
  /**
   * What a running session rests on has gone (its proxy: PROXY_FAILED): it is stopped and rests as failed with this error.
   * Does nothing when nothing runs.
   */
  fail(accountId: AccountId, error: OperationErrorShape): void;
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
  /** Something for the account's timeline. */
  happened(accountId: AccountId, entry: TimelineEntry): void;
  /** A line for the account's own log. */
  logged(accountId: AccountId, line: LogLine): void;
  /** Reports of living generations only; `reply` and `log` do not come here. */
  reported(accountId: AccountId, report: WorkerReport): void;
}

/** Decides how an account's browser is started; rejects with PRACTICE_UNAVAILABLE when its network cannot be had. */
export interface LaunchPlanner {
  /** Opens what the launch needs (the relay to its proxy). The account comes as it is now, settings included. */
  plan(account: Account): Promise<Launch>;
  /** Closes what `plan` opened. Called when the processes of that launch are gone. Idempotent. */
  release(accountId: AccountId): Promise<void>;
}

/**
 * What the supervisor has to know of all accounts, running or not: their settings at each start, and whose number is
 * whose. The list of accounts and the account folders together.
 */
export interface AccountDirectory {
  find(accountId: AccountId): Account | undefined;
  list(): readonly Account[];
  /** Absolute path of the browser profile. */
  profileDir(accountId: AccountId): string;
}

/** The built-in stand-in for WhatsApp, started when first needed. */
export interface PracticeNetwork {
  /** Where its page is served; starts the network when it is not running. Rejects with PRACTICE_UNAVAILABLE. */
  page(): Promise<{ readonly version: string; readonly remotePath: string }>;
  /** The account's simulated phone scans a code. Rejects with PRACTICE_REFUSED or PRACTICE_UNAVAILABLE. */
  scan(account: Account, qr: string): Promise<{ readonly phone: string }>;
}
