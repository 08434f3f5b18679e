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

/** A message's id: direction, chat, id and, in groups, who wrote it. All fields are own fields, see {@link Wid}. */
export class MsgKey {
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  declare readonly participant?: Wid;
  readonly _serialized: string;

  constructor(parts: MsgKeyParts) {
    this.fromMe = parts.fromMe ?? parts.selfDir === 'out';
    this.remote = createWid(parts.remote ?? (this.fromMe ? parts.to : parts.from));
    this.id = parts.id;
    let serialized = `${this.fromMe}_${this.remote}_${this.id}`;
    if (parts.participant !== undefined && parts.participant !== null) {
      this.participant = createWid(parts.participant);
      serialized += `_${this.participant}`;
    }
    this._serialized = serialized;
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
    return other instanceof MsgKey && other._serialized === this._serialized;
  }
  toString(): string {
    return this._serialized;
  }
}
