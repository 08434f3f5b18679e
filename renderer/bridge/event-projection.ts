import type { ConsoleEvent, WindowEvent } from '../../electron/contract/events';
import type { OperationOutput } from '../../electron/contract/registry';
import { type Call, call } from './call';
import { windowApi } from './window-api';

/** The state as of one place in the event stream. */
export type Snapshot = OperationOutput<'snapshots.get'>;

/** Who keeps the projected state. Each method is one update of it. */
export interface ProjectionSink {
  /** `first` is false after a gap: whatever a snapshot does not hold has to be read again. */
  applySnapshot(snapshot: Snapshot, first: boolean): void;
  /** Events in order, never one twice; those are left out of which a later one says everything. */
  applyEvents(events: readonly ConsoleEvent[]): void;
  /** The state cannot be read at the moment; it is tried again until it works. */
  reportFailure(thrown: unknown): void;
}

/** Where events and answers come from; the window's main process unless a test says otherwise. */
export interface ProjectionSource {
  readonly call: Call;
  readonly subscribe: (listener: (events: readonly unknown[]) => void) => () => void;
  readonly wait: (ms: number) => Promise<void>;
}

const windowSource: ProjectionSource = {
  call,
  subscribe: (listener) => windowApi().subscribe(listener),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const firstRetryMs = 500;
const lastRetryMs = 10_000;

/**
 * Keeps a sink equal to main's state: a snapshot, then events in sequence. A hole that no event stands for is filled by a replay, or by a fresh
 * snapshot when the replay does not reach back far enough. Returns the function that ends it.
 */
export const startEventProjection = (sink: ProjectionSink, source: ProjectionSource = windowSource): (() => void) => {
  /** Sequence of the newest applied event; undefined before the first snapshot. */
  let applied: number | undefined;
  /** The run of the console that this number belongs to. */
  let epoch = '';
  let waiting: WindowEvent[] = [];
  let working = false;
  let stopped = false;

  /** Applies whatever follows without a hole; answers whether a hole is left. */
  const drain = (): boolean => {
    if (applied === undefined) return true;
    const ready: ConsoleEvent[] = [];
    let next = applied + 1;
    waiting = waiting.filter((event) => event.sequence >= next).sort((a, b) => a.sequence - b.sequence);
    for (const event of waiting) {
      if (event.sequence < next) continue;
      if ((event.since ?? event.sequence) > next) break;
      ready.push(event);
      next = event.sequence + 1;
    }
    if (ready.length > 0) {
      applied = next - 1;
      waiting = waiting.filter((event) => event.sequence >= next);
      sink.applyEvents(ready);
    }
    return waiting.length > 0;
  };

  const takeSnapshot = async (): Promise<void> => {
    const snapshot = await source.call('snapshots.get', {});
    if (stopped) return;
    const first = applied === undefined;
    applied = snapshot.sequence;
    epoch = snapshot.epoch;
    sink.applySnapshot(snapshot, first);
  };

  const fillHole = async (after: number): Promise<void> => {
    const { complete, events } = await source.call('events.list', { after, epoch });
    if (stopped) return;
    waiting.push(...events);
    const stillOpen = drain();
    if (!complete || (stillOpen && applied === after)) await takeSnapshot();
  };

  const catchUp = async (): Promise<void> => {
    if (working) return;
    working = true;
    let retryMs = firstRetryMs;
    while (!stopped && drain()) {
      try {
        await (applied === undefined ? takeSnapshot() : fillHole(applied));
        retryMs = firstRetryMs;
      } catch (thrown) {
        if (stopped) break;
        sink.reportFailure(thrown);
        await source.wait(retryMs);
        retryMs = Math.min(retryMs * 2, lastRetryMs);
      }
    }
    working = false;
  };

  const unsubscribe = source.subscribe((batch) => {
    // Main parses every event against the contract before it sends the batch.
    waiting.push(...(batch as readonly WindowEvent[]));
    void catchUp();
  });
  void catchUp();

  return () => {
    stopped = true;
    unsubscribe();
  };
};
