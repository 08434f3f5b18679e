// What all examples share: calls, errors, patience, and the event stream. Nothing but Node's standard library.
import { setTimeout as sleep } from 'node:timers/promises';

const address = `${(process.env.SWITCHBOARD_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')}/api/v1`;
const keyHeader = process.env.SWITCHBOARD_KEY ? { 'X-API-Key': process.env.SWITCHBOARD_KEY } : {};

/** So often a call is tried, and so long it waits at most before the next try, in ms. */
const tries = 5;
const longestPauseMs = 60_000;

/** The arguments of the command line, or how it should have been. */
export const args = (least, example) => {
  const given = process.argv.slice(2);
  if (given.length >= least) return given;
  console.error(`As in: node ${example}`);
  return process.exit(2);
};

/** What the API answered instead of a success; programs decide by `code`, people read the message. Calls throw nothing else. */
export class ApiError extends Error {
  constructor(status, { code, message, details = {} }, retryAfterMs) {
    super(message);
    Object.assign(this, { name: 'ApiError', status, code, details, retryAfterMs });
  }

  /** It may have happened all the same: look before you try again. */
  get effectUnknown() {
    return this.details.effect === 'unknown';
  }
}

const toApiError = async (response) => {
  const { error } = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    response.status,
    error ?? { code: 'UNEXPECTED_ANSWER', message: `${response.url} answered ${response.status}.` },
    Number.isNaN(seconds) ? undefined : seconds * 1_000,
  );
};

/** The connection broke or was never made; in the first case nobody knows how far the call came. */
const toConnectionError = (error, repeatable) => {
  const neverAsked = error.cause?.code === 'ECONNREFUSED';
  const details = neverAsked || repeatable ? {} : { effect: 'unknown' };
  return new ApiError(503, { code: 'NO_ANSWER', message: `Switchboard does not answer: ${error.message}.`, details });
};

/**
 * One call; resolves with the answer's `data`. 429 and 503 mean that nothing was done: they are waited out, as long as
 * Retry-After says. Everything else is thrown, and so is what may have had its effect. With an idempotency key a call that
 * got no answer is repeated even then: the second one gets the answer of the first.
 */
export const call = async (method, path, body, { idempotencyKey } = {}) => {
  const repeatable = method === 'GET' || idempotencyKey !== undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${address}${path}`, {
        method,
        headers: {
          ...keyHeader,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await toApiError(response);
      return (await response.json()).data;
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : toConnectionError(thrown, repeatable);
      const pauseMs = error.retryAfterMs ?? 500 * 2 ** attempt;
      const passes = (error.status === 429 || error.status === 503) && !error.effectUnknown;
      if (!passes || attempt === tries || pauseMs > longestPauseMs) throw error;
      await sleep(pauseMs);
    }
  }
};

/** Each event of the stream's text as { id, event, data }; lines that begin with a colon only keep the connection alive. */
async function* framesOf(body) {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const lines = block.split('\n').filter((line) => !line.startsWith(':'));
      yield Object.fromEntries(lines.map((line) => [line.split(':', 1)[0], line.replace(/^[^:]*: ?/, '')]));
    }
  }
}

/**
 * The events of these topics without end, as { type, id, data }. After a break it goes on where it was. Three are not news of
 * their own: `open`, at the start and after each break, and `gap`, when too much was missed to be told: read the state then.
 * `position` says only that everything up to this id has been told.
 */
export async function* events(topics, lastEventId) {
  let id = lastEventId;
  for (let failures = 0; ; failures += 1) {
    const end = new AbortController();
    try {
      const headers = { ...keyHeader, ...(id === undefined ? {} : { 'Last-Event-ID': id }) };
      const response = await fetch(`${address}/events?topics=${topics}`, { headers, signal: end.signal });
      if (!response.ok) throw await toApiError(response);
      failures = 0;
      yield { type: 'open', id, data: {} };
      for await (const frame of framesOf(response.body)) {
        id = frame.id ?? id;
        if (frame.event !== undefined) yield { type: frame.event, id, data: JSON.parse(frame.data) };
        else if (frame.id !== undefined) yield { type: 'position', id, data: {} };
      }
    } catch (error) {
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error;
    } finally {
      // Also when whoever reads has seen enough.
      end.abort();
    }
    await sleep(Math.min(1_000 * 2 ** failures, 30_000));
  }
}

/** The session as GET …/status tells it, now and after every change. */
export async function* statusesOf(sessionId) {
  for await (const { type, data } of events('session')) {
    const isOurs = type === 'session.changed' && data.session.accountId === sessionId.toLowerCase();
    if (isOurs || type === 'open' || type === 'gap') yield await call('GET', `/sessions/${sessionId}/status`);
  }
}

/** Resolves when the session is ready; throws when it cannot become so by itself, or not within this time. */
export const untilReady = async (sessionId, limitMs = 120_000) => {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const { status } = await call('GET', `/sessions/${sessionId}/status`);
    if (status === 'ready') return;
    if (status === 'qr_ready') throw new Error(`Session ${sessionId} has no phone yet: deliver its code first.`);
    if (status === 'failed' || Date.now() > deadline) throw new Error(`Session ${sessionId} is ${status}, not ready.`);
    await sleep(2_000);
  }
};
