import type { DraftRow, SendResult } from '../../frames';
import type { PendingMood } from '../../session-frames';
import type { DeviceStorage } from '../session/storage';
import type { Wire } from '../wire/wire';

/** A message that was written here and that the network has not accepted yet. */
export interface PendingMessage {
  readonly draft: DraftRow;
  /** Seconds. */
  readonly t: number;
}

export interface Handover {
  /** Kept: from here on a killed browser does not lose it. */
  readonly kept: Promise<void>;
  readonly sent: Promise<SendResult>;
}

/**
 * Messages on their way out. They are kept in the profile until the network has them, so that a page that comes after a kill or
 * a reload finds them, and sends them with the same id; or does not, when the network says so.
 */
export class Outbox {
  readonly #wire: Wire;
  readonly #storage: DeviceStorage;
  readonly #here = new Set<string>();

  constructor(wire: Wire, storage: DeviceStorage) {
    this.#wire = wire;
    this.#storage = storage;
  }

  send(draft: DraftRow, t: number): Handover {
    const key = keyOf(draft);
    this.#here.add(key);
    const kept = this.#storage.keepPending(key, { draft, t });
    return { kept, sent: kept.then(() => this.#handOver(key, draft)) };
  }

  /** What an earlier page left behind, told to `show` with its way out; without one it stays as it is for ever. */
  async restore(mood: PendingMood, show: (pending: PendingMessage, sent: Promise<SendResult> | undefined) => void) {
    for (const [key, pending] of await this.#storage.pending()) {
      if (this.#here.has(key)) continue;
      this.#here.add(key);
      const flushes = mood === 'flush' || (mood === 'half' && isEven(pending.draft.id));
      show(pending, flushes ? this.#handOver(key, pending.draft) : undefined);
    }
  }

  async #handOver(key: string, draft: DraftRow): Promise<SendResult> {
    try {
      return await this.#wire.request('send', draft, { lasting: true });
    } finally {
      // Accepted or refused: either way it is not on its way any more.
      void this.#storage.forgetPending(key);
    }
  }
}

function keyOf(draft: DraftRow): string {
  return `${draft.chatId} ${draft.id}`;
}

/** Half of all ids, the same ones every time. */
function isEven(id: string): boolean {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 === 0;
}
