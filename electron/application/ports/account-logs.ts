import type { LogLine } from '../../contract/entities/observation';
import type { AccountId } from '../../contract/ids';

export interface LogQuery {
  /** The least important level that is wanted. */
  readonly level: LogLine['level'];
  readonly limit: number;
  /** Only lines of this moment and later, wall-clock ms. */
  readonly sinceMs: number | undefined;
}

/** One log per account in its folder, rotated by size and count. Lines come redacted: a log is written to be shown to others. */
export interface AccountLogs {
  /** Returns at once. A log that cannot be written harms nothing else. */
  write(accountId: AccountId, line: LogLine): void;
  /** Newest first, with everything that was written before the call. Rejects with STORE_UNAVAILABLE. */
  read(accountId: AccountId, query: LogQuery): Promise<readonly LogLine[]>;
  /** Closes the file so that the folder can be deleted, and writes no more until `readmit`. */
  retire(accountId: AccountId): Promise<void>;
  readmit(accountId: AccountId): void;
}
