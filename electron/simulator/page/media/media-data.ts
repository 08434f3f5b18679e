import { Model } from '../core/model';
import type { OpaqueData } from './opaque-data';

/**
 * Prepared media on its way into a message. The library writes onto it and spreads it: what is spread are these fields and,
 * through `toJSON`, the attributes.
 */
export class MediaData extends Model {
  declare readonly type: string;
  declare readonly filehash: string;
  mediaBlob: OpaqueData;
  /** A small JPEG, base64; it becomes the message's body. */
  preview: string | undefined;
  waveform: Uint8Array | undefined;

  constructor(attributes: object, mediaBlob: OpaqueData, preview: string | undefined) {
    super(attributes);
    this.mediaBlob = mediaBlob;
    this.preview = preview;
  }
}

/** The one object for a file, whoever sends it; the bytes wait in it for the upload. */
export class MediaObject {
  readonly filehash: string;
  readonly contentInfo: { waveform?: Uint8Array } = {};
  type = 'document';
  size = 0;
  #blob: Blob | undefined;

  constructor(filehash: string) {
    this.filehash = filehash;
  }

  hold(blob: Blob): void {
    this.#blob = blob;
  }

  consolidate({ type, size }: { readonly type: string; readonly size: number }): void {
    this.type = type;
    this.size = size;
  }

  takeBlob(): Blob {
    if (this.#blob === undefined) throw new Error('media-fault: there are no bytes to upload');
    return this.#blob;
  }
}

/** Files between preparation and upload, by hash. */
export class MediaStorage {
  readonly #objects = new Map<string, MediaObject>();

  getOrCreate(filehash: string): MediaObject {
    const known = this.#objects.get(filehash) ?? new MediaObject(filehash);
    this.#objects.set(filehash, known);
    return known;
  }

  /** After the upload: the bytes are with the network and would only cost memory here. */
  release(media: MediaObject): void {
    this.#objects.delete(media.filehash);
  }
}
