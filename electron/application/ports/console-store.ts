import type { OptOut } from '../../contract/entities/opt-out';

/**
 * What spans accounts, in `<data>/console.db`, behind the same writer thread. Every method can reject with
 * STORE_UNAVAILABLE, writes also with DISK_FULL. A resolved write is on disk with `synchronous=FULL`.
 */
export interface ConsoleStore {
  /** Newest first. */
  listOptOuts(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly optOuts: readonly OptOut[]; readonly nextCursor: string | undefined }>;
  /** All contacts on the list, for a look-up in memory. */
  readOptOutContacts(): Promise<readonly string[]>;
  /** Adding twice keeps the first, with the newer note. */
  addOptOut(optOut: OptOut): Promise<OptOut>;
  /** Whether somebody was on the list. */
  removeOptOut(contact: string): Promise<boolean>;
}
