import type { MediaId } from '../../contract/entities/outgoing';
import type { AccountId } from '../../contract/ids';

export interface OutgoingMediaFile {
  readonly mediaId: MediaId;
  readonly filename: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
}

/** Files that wait to be sent, in `<account>/media/outgoing/`. A resolved write is on disk. Rejects with DISK_FULL, STORE_UNAVAILABLE. */
export interface OutgoingMedia {
  add(accountId: AccountId, file: OutgoingMediaFile, bytes: Uint8Array): Promise<void>;
  find(accountId: AccountId, mediaId: MediaId): Promise<OutgoingMediaFile | undefined>;
  /** Absolute path of the bytes. */
  pathOf(accountId: AccountId, mediaId: MediaId): string;
  /** Idempotent. */
  remove(accountId: AccountId, mediaId: MediaId): Promise<void>;
  /** Deletes what is older than `olderThanMs` and not needed; answers with how many. */
  sweep(accountId: AccountId, needed: ReadonlySet<string>, olderThanMs: number): Promise<number>;
}
