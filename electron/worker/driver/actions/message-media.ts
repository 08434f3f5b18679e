import { OperationError } from '../../../contract/errors';
import { limits } from '../../../contract/limits';
import type { FoundMessage, MessageTarget } from './found-message';
import type { ActionPage } from './page-actions';

/** The file of a message. */
export interface ReceivedMedia {
  readonly mimetype: string;
  readonly filename: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Base64. */
  readonly data: string;
}

const mebibyte = 1024 * 1024;
const inMiB = (bytes: number): string => (bytes / mebibyte).toFixed(1);

/**
 * Fetches the file of a message. Rejects with MEDIA_NOT_FOUND; MEDIA_REFUSED when it is too large for one answer.
 *
 * @param mostBytes That the caller takes, when it is less than one answer can hold.
 */
export const downloadMedia = async (
  { accountId }: ActionPage,
  { messageId }: MessageTarget,
  { view, message }: FoundMessage,
  mostBytes: number = limits.receivedMediaBytes,
): Promise<ReceivedMedia> => {
  const about = { data: { accountId, messageId } };
  const tooLarge = (bytes: number): OperationError => {
    const words =
      bytes > limits.receivedMediaBytes
        ? `up to ${limits.receivedMediaBytes / mebibyte} MiB can be fetched. Open it in the account’s own window.`
        : `this call takes ${inMiB(mostBytes)} MiB (maxBytes). Fetch it by itself (messages.getMedia).`;
    return new OperationError(
      'MEDIA_REFUSED',
      `The file of message ${messageId} (messageId) of account ${accountId} has ${inMiB(bytes)} MiB; ${words}`,
      about,
    );
  };
  if (!message.hasMedia) {
    throw new OperationError(
      'MEDIA_NOT_FOUND',
      `Message ${messageId} (messageId) of account ${accountId} has no file.`,
      about,
    );
  }
  // What the sender says; looked at before anything is fetched.
  const stated = Number(view.size);
  if (stated > mostBytes) throw tooLarge(stated);
  const media = await message.downloadMedia();
  // Typed as always there; the library gives nothing when WhatsApp has the file no more.
  if ((media as typeof media | undefined) === undefined || !media.data) {
    throw new OperationError(
      'MEDIA_NOT_FOUND',
      `WhatsApp no longer has the file of message ${messageId} (messageId) of account ${accountId}. Open it on the phone, which may send it again.`,
      about,
    );
  }
  const size = Buffer.byteLength(media.data, 'base64');
  if (size > mostBytes) throw tooLarge(size);
  return {
    mimetype: media.mimetype,
    filename: media.filename ?? undefined,
    size,
    data: media.data,
  };
};
