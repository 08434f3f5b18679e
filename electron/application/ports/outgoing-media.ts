import type { MediaId } from '../../contract/entities/outgoing';
import type { AccountId } from '../../contract/ids';

export interface OutgoingMediaFile {
  readonly mediaId: MediaId;
  readonly filename: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes that have reached the disk and are no file yet. */
export interface ReceivedBytes {
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /**
   * Makes a file of them. With a key instead of an id: the same bytes with the same name and type have the same id under the
   * same key, today and after a restart.
   */
  keep(
    facts: Pick<OutgoingMediaFile, 'filename' | 'mimetype'>,
    called: { readonly mediaId: MediaId } | { readonly key: string },
  ): Promise<OutgoingMediaFile>;
  /** Deletes them unless they were kept. Idempotent. */
  discard(): Promise<void>;
}

/** Files that wait to be sent, in `<account>/media/outgoing/`. A resolved write is on disk. Rejects with DISK_FULL, STORE_UNAVAILABLE. */
export interface OutgoingMedia {
  /**
   * Writes bytes down as they come. What the source throws is thrown on, and nothing is left then.
   *
   * @param id Never used before.
   */
  receive(
    accountId: AccountId,
    id: MediaId,
    bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<ReceivedBytes>;
  find(accountId: AccountId, mediaId: MediaId): Promise<OutgoingMediaFile | undefined>;
  /** Absolute path of the bytes. */
  pathOf(accountId: AccountId, mediaId: MediaId): string;
  /** Idempotent. */
  remove(accountId: AccountId, mediaId: MediaId): Promise<void>;
  /** Deletes what is older than `olderThanMs` and not needed; answers with how many. */
  sweep(accountId: AccountId, needed: ReadonlySet<string>, olderThanMs: number): Promise<number>;
}
