import type { Build } from '../../builds';
import { createWid, type Wid, type WidLike } from './wid';

export interface MsgKeyParts {
  readonly id: string;
  readonly from?: WidLike | undefined;
  readonly to?: WidLike | undefined;
  readonly selfDir?: 'in' | 'out';
  readonly fromMe?: boolean;
  readonly remote?: WidLike;
  readonly participant?: WidLike | undefined;
}

/** What the text of a key is called in a build. */
const TEXT_FIELD: Readonly<Record<Build, string>> = { classic: '_serialized', renamed: '$1' };

/**
 * A message's id: direction, chat, id and, in groups, who wrote it. All fields are own fields, see {@link Wid}.
 * The text of a key is read with `toString()`: the name of its field depends on the build.
 */
export class MsgKey {
  /** To be set before the first key is made. */
  static build: Build = 'classic';
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  declare readonly participant?: Wid;
  readonly #text: string;

  constructor(parts: MsgKeyParts) {
    this.fromMe = parts.fromMe ?? parts.selfDir === 'out';
    this.remote = createWid(parts.remote ?? (this.fromMe ? parts.to : parts.from));
    this.id = parts.id;
    let serialized = `${this.fromMe}_${this.remote}_${this.id}`;
    if (parts.participant !== undefined && parts.participant !== null) {
      this.participant = createWid(parts.participant);
      serialized += `_${this.participant}`;
    }
    this.#text = serialized;
    Object.defineProperty(this, TEXT_FIELD[MsgKey.build], { value: serialized, enumerable: true });
  }

  /** Looked up on the module at every send, so a caller that replaces it chooses the id. */
  static async newId(): Promise<string> {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    return `3EB0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()}`;
  }

  static fromString(text: string): MsgKey {
    const [direction, remote, id, participant, ...rest] = text.split('_');
    if ((direction !== 'true' && direction !== 'false') || !remote || !id || rest.length > 0) {
      throw new Error(`msgkey error: invalid key ${JSON.stringify(text)}`);
    }
    return new MsgKey({ fromMe: direction === 'true', remote, id, participant });
  }

  equals(other: unknown): boolean {
    return other instanceof MsgKey && other.#text === this.#text;
  }
  toString(): string {
    return this.#text;
  }
}
