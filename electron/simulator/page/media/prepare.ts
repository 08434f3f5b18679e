import { encodeB64 } from '../session/qr-text';
import { MediaData, type MediaStorage } from './media-data';
import { mediaFacts } from './media-facts';
import { OpaqueData } from './opaque-data';
import { jpegPreview, toJpeg } from './pictures';

export interface PrepareOptions {
  readonly asSticker?: boolean;
  readonly asGif?: boolean;
  readonly isPtt?: boolean;
  readonly asDocument?: boolean;
  /** Longest side of a picture, in pixels. */
  readonly maxDimension?: number;
}

/** What WhatsApp leaves of a picture when HD is not asked for. */
const STANDARD_DIMENSION = 1600;

/** Makes of a file what WhatsApp sends: its kind, a picture of sendable size, a preview, and facts such as the duration. */
export async function prepare(data: OpaqueData, options: PrepareOptions, storage: MediaStorage): Promise<MediaData> {
  const type = kindOf(data.type, options);
  let blob = data.blob();
  let preview: string | undefined;
  let facts: object = {};
  if (type === 'image') {
    const picture = await toJpeg(blob, options.maxDimension ?? STANDARD_DIMENSION);
    blob = picture.blob;
    preview = picture.preview;
    facts = { width: picture.width, height: picture.height };
  } else if (type === 'video' || type === 'audio' || type === 'ptt') {
    const found = await mediaFacts(blob, type);
    preview = found.frame === undefined ? undefined : await jpegPreview(found.frame);
    facts = found.facts;
  }
  const bytes = await blob.arrayBuffer();
  const filehash = encodeB64(await crypto.subtle.digest('SHA-256', bytes));
  storage.getOrCreate(filehash).hold(blob);
  return new MediaData(
    {
      type,
      mimetype: blob.type,
      size: blob.size,
      filehash,
      isGif: type === 'video' && options.asGif === true,
      ...(type === 'document' ? { filename: data.filename ?? 'Untitled' } : {}),
      ...facts,
    },
    await OpaqueData.createFromData(blob),
    preview,
  );
}

function kindOf(mimetype: string, options: PrepareOptions): string {
  if (options.asSticker === true) return 'sticker';
  if (options.asDocument === true) return 'document';
  const [family] = mimetype.split('/');
  if (family === 'image' || family === 'video') return family;
  if (family === 'audio') return options.isPtt === true ? 'ptt' : 'audio';
  return 'document';
}
