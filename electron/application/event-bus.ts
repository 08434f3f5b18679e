import type { ConsoleEvent, EventBody } from '../contract/events';
import { logReason } from './log-reason';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';

/** Most events kept for replay. */
export const keptEvents = 5_000;
/** Rough bound on the text held by kept events, in UTF-16 units: a flood of 1 MB messages must not fill the memory. */
const keptWeight = 16 * 1024 * 1024;
/** What an event without a message body counts. */
const baseWeight = 512;

export interface EventBus {
  /** Name of this run of the console. Numbers start again with every run, so a number means nothing without it. */
  readonly epoch: string;
  /** Number of the last event; 0 before the first. */
  readonly sequence: number;
  /** Gives the event its place in the stream and tells every subscriber before it returns. */
  publish(body: EventBody): number;
  /**
   * Events after `after`; `complete: false` when some of them are no longer kept, the number was never given, or it is of
   * another run. Without an epoch the number is taken as one of this run.
   */
  replay(after: number, epoch?: string): { readonly complete: boolean; readonly events: readonly ConsoleEvent[] };
  /** Returns the function that ends the subscription. A subscriber that throws is logged and harms nobody else. */
  subscribe(listener: (event: ConsoleEvent) => void): () => void;
}

const weightOf = (body: EventBody): number => {
  if (body.type === 'draft.changed') return baseWeight + (body.draft?.body.length ?? 0);
  return baseWeight + ('message' in body ? body.message.body.length : 0);
};

export const createEventBus = (ports: {
  readonly clock: Clock;
  readonly log: Log;
  /** Different in every run. */
  readonly epoch: string;
}): EventBus => {
  const listeners = new Set<{ readonly hear: (event: ConsoleEvent) => void }>();
  const kept: ConsoleEvent[] = [];
  let weight = 0;
  let sequence = 0;

  const keep = (event: ConsoleEvent): void => {
    kept.push(event);
    weight += weightOf(event.body);
    while (kept.length > keptEvents || (weight > keptWeight && kept.length > 1)) {
      const oldest = kept.shift();
      if (oldest !== undefined) weight -= weightOf(oldest.body);
    }
  };

  return {
    epoch: ports.epoch,
    get sequence() {
      return sequence;
    },
    publish(body) {
      sequence += 1;
      const event: ConsoleEvent = { sequence, atMs: ports.clock.nowMs(), body };
      keep(event);
      // A copy, so that subscribing and leaving while being told is safe.
      for (const listener of Array.from(listeners)) {
        try {
          listener.hear(event);
        } catch (error) {
          ports.log.error('an event subscriber failed', { type: body.type, reason: logReason(error) });
        }
      }
      return event.sequence;
    },
    replay(after, epoch = ports.epoch) {
      const firstKept = kept[0]?.sequence ?? sequence + 1;
      if (epoch !== ports.epoch || after > sequence || after + 1 < firstKept) return { complete: false, events: [] };
      return { complete: true, events: kept.slice(after + 1 - firstKept) };
    },
    subscribe(listener) {
      const entry = { hear: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
};
