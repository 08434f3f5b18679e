import { ServerStatusCodeError } from '../wire/server-status-code-error';
import type { Wire } from '../wire/wire';
import type { MediaDownloads } from './media-state';

/** The phone has deleted the file; callers look at `status`. */
export class MediaNotFoundError extends Error {
  override readonly name = 'MediaNotFoundError';
  readonly status = 404;

  constructor(directPath: string) {
    super(`There is no media at ${directPath} any more`);
  }
}

/** Between "make it available" and "give it to me" lies one call; more than a few files never wait in between. */
const MOST_WAITING = 4;

export class Downloads implements MediaDownloads {
  readonly #wire: () => Wire;
  #waiting = new Map<string, ArrayBuffer>();

  constructor(wire: () => Wire) {
    this.#wire = wire;
  }

  async prefetch(directPath: string): Promise<void> {
    this.#waiting.set(directPath, await this.#fetch(directPath));
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
  }

  async take(directPath: string): Promise<ArrayBuffer> {
    const ready = this.#waiting.get(directPath);
    this.#waiting.delete(directPath);
    return ready ?? this.#fetch(directPath);
  }

  async #fetch(directPath: string): Promise<ArrayBuffer> {
    try {
      const { bytes } = await this.#wire().request('download', { directPath });
      return new Uint8Array(bytes).buffer;
    } catch (error) {
      if (error instanceof ServerStatusCodeError && error.statusCode === 404) throw new MediaNotFoundError(directPath);
      throw error;
    }
  }
}
