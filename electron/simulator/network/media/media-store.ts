import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredMedia } from '../../message-frames';
import { randomHex } from '../random';

const PATH = /^\/v\/practice\/([0-9a-f]{32})\.enc$/;

/**
 * The bytes of pictures, documents and voice messages, each under a path of its own. Beside the state file they outlive the
 * network; without one they live as long as it does.
 */
export class MediaStore {
  readonly #folder: string | undefined;
  readonly #bytes = new Map<string, Uint8Array>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** `hex` gives names and keys: with a seeded one, the same files get the same. */
  put(bytes: Uint8Array, nowMs: number, hex: (bytes: number) => string = randomHex): StoredMedia {
    const name = hex(16).toLowerCase();
    if (this.#folder === undefined) this.#bytes.set(name, bytes);
    else writeFileSync(join(this.#folder, name), bytes, { mode: 0o600 });
    const key = Buffer.from(hex(32), 'hex');
    return {
      directPath: `/v/practice/${name}.enc`,
      mediaKey: key.toString('base64'),
      mediaKeyTimestamp: Math.floor(nowMs / 1000),
      filehash: sha256(bytes),
      // Nothing is encrypted here; the second hash only has to be another one.
      encFilehash: sha256(key, bytes),
      size: bytes.length,
    };
  }

  get(directPath: string): Uint8Array | undefined {
    const name = PATH.exec(directPath)?.[1];
    if (name === undefined) return undefined;
    if (this.#folder === undefined) return this.#bytes.get(name);
    const file = join(this.#folder, name);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  delete(directPath: string): boolean {
    const name = PATH.exec(directPath)?.[1];
    if (name === undefined) return false;
    if (this.#folder === undefined) return this.#bytes.delete(name);
    const file = join(this.#folder, name);
    if (!existsSync(file)) return false;
    rmSync(file);
    return true;
  }
}

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
}
