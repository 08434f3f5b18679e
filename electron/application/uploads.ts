import { type MediaId, mediaIdSchema } from '../contract/entities/outgoing';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { Randomness } from './ports/clock';
import type { OutgoingMedia, ReceivedBytes } from './ports/outgoing-media';

/** Bytes that a surface has received, for `uploads.create` to make a file of. */
export interface Received {
  readonly receivedId: MediaId;
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/** Files on their way in. Bytes go to the disk as they come and never ride in an operation's JSON. */
export interface Uploads {
  /** What the source throws is thrown on. */
  receive(accountId: AccountId, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Received>;
  /** Hands the bytes over, once. Throws MEDIA_NOT_FOUND for what was not received for this account, or was taken. */
  take(accountId: AccountId, label: string, receivedId: MediaId): ReceivedBytes;
  /** Deletes what nobody took. Idempotent. */
  discard(receivedId: MediaId): Promise<void>;
}

export const createUploads = (media: OutgoingMedia, randomness: Randomness): Uploads => {
  const waiting = new Map<MediaId, { readonly accountId: AccountId; readonly bytes: ReceivedBytes }>();
  return {
    async receive(accountId, source) {
      const receivedId = mediaIdSchema.parse(randomness.hex(32));
      const bytes = await media.receive(accountId, receivedId, source);
      waiting.set(receivedId, { accountId, bytes });
      return { receivedId, size: bytes.size, digest: bytes.digest };
    },
    take(accountId, label, receivedId) {
      const found = waiting.get(receivedId);
      if (found?.accountId !== accountId) {
        throw new OperationError(
          'MEDIA_NOT_FOUND',
          `${label}: no bytes ${receivedId} were received; hand the file over again.`,
        );
      }
      waiting.delete(receivedId);
      return found.bytes;
    },
    async discard(receivedId) {
      const found = waiting.get(receivedId);
      waiting.delete(receivedId);
      await found?.bytes.discard();
    },
  };
};
