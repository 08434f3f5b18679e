import type { MessageId } from '../../contract/ids';

/** What the next look at a message without an answer of WhatsApp's server leads to. */
export type AckStage = 'first' | 'resent';

interface Watched {
  readonly sinceMs: number;
  readonly stage: AckStage;
  /** How often looking has failed. */
  readonly failures: number;
}

/**
 * Messages that the page has and WhatsApp's server has not confirmed, and since when, in ms of the monotonic clock. They wait
 * `patienceMs`, are taken up again in the page, wait once more, and are stuck then.
 */
export class AckWatch {
  readonly #patienceMs: number;
  readonly #watched = new Map<MessageId, Watched>();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Begins to wait; one that is waited for already goes on as it is. */
  begin(messageId: MessageId, nowMs: number): void {
    if (!this.#watched.has(messageId)) this.#watched.set(messageId, { sinceMs: nowMs, stage: 'first', failures: 0 });
  }

  /** The page has been asked to go on with it: the last wait begins. */
  resent(messageId: MessageId, nowMs: number): void {
    this.#wait(messageId, { sinceMs: nowMs, stage: 'resent', failures: 0 });
  }

  /** Waits as long again, because looking failed; answers how often that was so. */
  postpone(messageId: MessageId, nowMs: number): number {
    const watched = this.#watched.get(messageId);
    if (watched === undefined) return 0;
    const failures = watched.failures + 1;
    this.#wait(messageId, { ...watched, sinceMs: nowMs, failures });
    return failures;
  }

  /** At the end of the line: the first entry is always the one that has waited longest. */
  #wait(messageId: MessageId, watched: Watched): void {
    this.#watched.delete(messageId);
    this.#watched.set(messageId, watched);
  }

  stageOf(messageId: MessageId): AckStage | undefined {
    return this.#watched.get(messageId)?.stage;
  }

  end(messageId: MessageId): void {
    this.#watched.delete(messageId);
  }

  clear(): void {
    this.#watched.clear();
  }

  /** The one that has waited long enough, the first first. */
  due(nowMs: number): MessageId | undefined {
    const [messageId, watched] = this.#first() ?? [];
    return watched !== undefined && watched.sinceMs + this.#patienceMs <= nowMs ? messageId : undefined;
  }

  /** When the next one has waited long enough. */
  nextAtMs(): number | undefined {
    const [, watched] = this.#first() ?? [];
    return watched === undefined ? undefined : watched.sinceMs + this.#patienceMs;
  }

  #first(): readonly [MessageId, Watched] | undefined {
    return this.#watched.entries().next().value;
  }
}
