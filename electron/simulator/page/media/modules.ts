import { define } from '../core/registry';
import { MsgModel } from '../messages/msg-model';
import type { Session } from '../session/session';
import { Downloads } from './downloads';
import { type MediaData, type MediaObject, MediaStorage } from './media-data';
import { OpaqueData } from './opaque-data';
import { toWebpSticker } from './pictures';
import { type PrepareOptions, prepare } from './prepare';

const MEDIA_HOST = 'https://mmg.whatsapp.net';

/** Media up and down. The bytes go over the wire: requests of a page that is watched by its driver are slow. */
export function defineMediaModules(session: Session): void {
  const storage = new MediaStorage();
  const downloads = new Downloads(() => session.wire);
  MsgModel.downloads = downloads;
  const upload = async (blob: Blob) => {
    const stored = await session.wire.request('upload', { bytes: new Uint8Array(await blob.arrayBuffer()) });
    return { ...stored, url: `${MEDIA_HOST}${stored.directPath}` };
  };
  const uploadMedia = async ({ mediaObject }: { readonly mediaObject: MediaObject }) => {
    const { url, ...stored } = await upload(mediaObject.takeBlob());
    storage.release(mediaObject);
    const { directPath, mediaKey, mediaKeyTimestamp, encFilehash } = stored;
    return {
      mediaEntry: {
        mmsUrl: url,
        deprecatedMms3Url: url,
        directPath,
        mediaKey,
        mediaKeyTimestamp,
        encFilehash,
        uploadHash: encFilehash,
        handle: directPath,
      },
    };
  };

  define('WAWebMediaOpaqueData', OpaqueData);
  define('WAWebPrepRawMedia', {
    prepRawMedia: (data: OpaqueData, options: PrepareOptions) => {
      const prepared = prepare(data, options, storage);
      return { waitForPrep: () => prepared };
    },
  });
  define('WAWebMediaStorage', { getOrCreateMediaObject: (filehash: string) => storage.getOrCreate(filehash) });
  define('WAWebMmsMediaTypes', {
    msgToMediaType: ({ type, isGif }: { readonly type: string; readonly isGif?: boolean }) =>
      isGif === true ? 'gif' : type,
    castToV4: (type: string) => type,
  });
  // The network keeps every file; a second copy here would only cost memory.
  define('WAWebMediaDataUtils', { shouldUseMediaCache: () => false });
  define('WAWebMediaInMemoryBlobCache', { InMemoryMediaBlobCache: { put: () => undefined } });
  define('WAWebMediaMmsV4Upload', { uploadMedia, uploadUnencryptedMedia: uploadMedia });
  define('WAMediaCalculateFilehash', { getRandomFilehash: async () => crypto.randomUUID() });
  define('WAWebUploadManager', { encryptAndUpload: ({ blob }: { readonly blob: Blob }) => upload(blob) });
  define('WAWebStartMediaUploadQpl', { startMediaUploadQpl: () => ({}) });
  define('WAWebImageUtils', { toWebpSticker });
  define('WAWebDownloadManager', {
    downloadManager: {
      downloadAndMaybeDecrypt: ({ directPath }: { readonly directPath: string }) => downloads.take(directPath),
    },
  });
  define('WAWebMediaUpdateMsg', (message: MsgModel, media: MediaData) => message.set(media.toJSON() as object));
}
