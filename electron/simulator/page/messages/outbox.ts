import type { DraftRow, SendResult } from '../../frames';
import type { PendingMood } from '../../session-frames';
import type { DeviceStorage } from '../session/storage';
import type { Wire } from '../wire/wire';

/** A message that was written here and that the network has not accepted. */
export interface PendingMessage {
  readonly draft: DraftRow;
  /** Seconds. */
  readonly t: number;
  /** Grows with every message, over reloads too: `t` cannot tell two of one second apart. */
  readonly order: number;
  /** The network did not want it: it stays, and goes out again only when somebody asks for it. */
  readonly refused?: true;
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
  #lastOrder = 0;

  constructor(wire: Wire, storage: DeviceStorage) {
    this.#wire = wire;
    this.#storage = storage;
  }

  send(draft: DraftRow, t: number): Handover {
    const key = keyOf(draft);
    this.#here.add(key);
    const pending: PendingMessage = { draft, t, order: this.#nextOrder() };
    const kept = this.#storage.keepPending(key, pending);
    return { kept, sent: kept.then(() => this.#handOver(key, pending)) };
  }

  /** What an earlier page left behind, told to `show` with its way out; without one it stays as it is for ever. */
  async restore(mood: PendingMood, show: (pending: PendingMessage, sent: Promise<SendResult> | undefined) => void) {
    for (const [key, pending] of await this.#storage.pending()) {
      if (this.#here.has(key)) continue;
      this.#here.add(key);
      const flushes = mood === 'flush' || (mood === 'half' && isEven(pending.draft.id));
      show(pending, flushes && pending.refused !== true ? this.#handOver(key, pending) : undefined);
    }
  }

  /** Microseconds in form only: the clock, and beyond it wherever two come together. */
  #nextOrder(): number {
    this.#lastOrder = Math.max(this.#lastOrder + 1, Date.now() * 1000);
    return this.#lastOrder;
  }

  async #handOver(key: string, pending: PendingMessage): Promise<SendResult> {
    try {
      const result = await this.#wire.request('send', pending.draft, { lasting: true });
      void this.#storage.forgetPending(key);
      return result;
    } catch (error) {
      void this.#storage.keepPending(key, { ...pending, refused: true });
      throw error;
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
