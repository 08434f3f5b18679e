import type { EventBody } from '../../../contract/events';
import { type Api, ApiError } from './api';
import { createEventReader } from './event-reader';

/** What this page draws. */
const topics = ['account', 'session', 'chat', 'message', 'unread'];
const firstRetryMs = 1_000;
const lastRetryMs = 10_000;

export interface LiveListener {
  /** The stream is open, and nothing is known of what happened before: the state is to be read now. */
  begin(): Promise<void>;
  /** It goes on where it was. */
  resumed(): void;
  hear(body: EventBody): void;
  /** It broke; it is tried again until it is ended. */
  broken(): void;
  /** The key does not open it, or not any more. */
  refused(error: ApiError): void;
}

const pause = (ms: number, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Follows the console's events. They wait in the connection while the state is being read: each holds the whole value of what
 * changed, so that one which the answer knew already does no harm. Returns the function that ends it.
 */
export const followEvents = (api: Api, listener: LiveListener): (() => void) => {
  const gone = new AbortController();
  let lastEventId: string | undefined;

  const read = async (): Promise<void> => {
    const response = await api.events(lastEventId, topics, gone.signal);
    const pieces = response.body?.getReader();
    try {
      if (lastEventId === undefined) await listener.begin();
      else listener.resumed();
      const readEvents = createEventReader();
      const decoder = new TextDecoder();
      while (pieces !== undefined) {
        const { done, value } = await pieces.read();
        if (done) return;
        for (const { id, type, data } of readEvents(decoder.decode(value, { stream: true }))) {
          if (type === 'gap') await listener.begin();
          else listener.hear(JSON.parse(data) as EventBody);
          lastEventId = id ?? lastEventId;
        }
      }
    } finally {
      void pieces?.cancel().catch(() => undefined);
    }
  };

  const follow = async (): Promise<void> => {
    let retryMs = firstRetryMs;
    while (!gone.signal.aborted) {
      const startedMs = performance.now();
      try {
        await read();
      } catch (thrown) {
        const isRefused = thrown instanceof ApiError && (thrown.status === 401 || thrown.status === 403);
        if (isRefused && !gone.signal.aborted) return listener.refused(thrown);
      }
      if (gone.signal.aborted) return;
      listener.broken();
      // One that held for a while broke for another reason than the last.
      if (performance.now() - startedMs > lastRetryMs) retryMs = firstRetryMs;
      await pause(retryMs, gone.signal);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
  };
  void follow();
  return () => gone.abort();
};
