import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../application/ports/clock';
import type { WebhookCall, WebhookReply, WebhookSender } from '../../application/ports/webhook-sender';
import type { WebhookReach } from '../../contract/entities/webhook';
import { signatureOf } from './signature';

/** For a receiver to be reached, take the event and answer, in ms. */
const usualDeadlineMs = 15_000;
/** Bytes of an answer that are read and dropped, so that its connection can be used again; a longer answer is cut. */
const mostOfReply = 64 * 1024;
/** How long an idle connection is kept for the next event, in ms. */
const keptConnectionMs = 10_000;

export interface WebhookSenderOptions {
  readonly clock: Pick<Clock, 'schedule' | 'nowMs'>;
  readonly version: string;
  /** What keeps requests within a reach, at the moment of connecting. */
  readonly guard: {
    /** The address that a URL holds itself; undefined for a name. */
    literal(url: URL): string | undefined;
    isWithin(address: string, reach: WebhookReach): boolean;
    lookup(reach: WebhookReach): LookupFunction;
  };
  readonly deadlineMs?: number;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at its address',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  ENOTFOUND: 'its name cannot be found',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it cannot be reached',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'there is no network',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
};

const reachWords: Readonly<Record<WebhookReach, string>> = {
  internet: 'is not an address on the internet',
  computer: 'is neither an address on the internet nor this computer',
  network: 'is an address with a special meaning, which no webhook may reach',
};

const problemOf = (error: unknown): string => {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return words[code ?? ''] ?? (code === undefined ? (message ?? 'it failed') : `it cannot be reached (${code})`);
};

/** `Retry-After`: seconds, or a date. */
const retryAfterMs = (header: string | undefined, nowMs: number): number | undefined => {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
};

/** One event on its way: over with the first answer. */
interface Exchange {
  answer(reply: WebhookReply): void;
  isOver(): boolean;
  onEnd: () => void;
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** A thin sender of the Standard Webhooks specification: one POST, signed; no redirect is followed and no answer is kept. */
export const createWebhookSender = ({
  clock,
  version,
  guard,
  deadlineMs = usualDeadlineMs,
}: WebhookSenderOptions): WebhookSender & { close(): void } => {
  // By reach: a connection that one may use was not looked at for another.
  const agents = new Map<WebhookReach, Agents>();
  const agentsOf = (reach: WebhookReach): Agents => {
    const known = agents.get(reach);
    if (known !== undefined) return known;
    const options = { keepAlive: true, maxFreeSockets: 10, timeout: keptConnectionMs };
    const made = { http: new HttpAgent(options), https: new HttpsAgent(options) };
    agents.set(reach, made);
    return made;
  };

  const problemWith = (given: string, reach: WebhookReach): string | undefined => {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not a web address';
    const address = guard.literal(url);
    return address === undefined || guard.isWithin(address, reach) ? undefined : reachWords[reach];
  };

  const post = (call: WebhookCall, exchange: Exchange): void => {
    const { reach, id, body, secret, headers } = call;
    const url = new URL(call.url);
    const bytes = Buffer.from(body, 'utf8');
    const timestamp = Math.floor(call.atMs / 1_000);
    const isSecure = url.protocol === 'https:';
    const request = (isSecure ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: isSecure ? agentsOf(reach).https : agentsOf(reach).http,
      lookup: guard.lookup(reach),
      headers: {
        'User-Agent': `Switchboard/${version}`,
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': bytes.length,
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secret, { id, timestamp, body }),
      },
    });
    request.on('response', (response: IncomingMessage) => {
      const status = response.statusCode ?? 0;
      exchange.answer({
        kind: 'answered',
        status,
        retryAfterMs: retryAfterMs(response.headers['retry-after'], clock.nowMs()),
      });
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > mostOfReply) response.destroy();
      });
      // A drip that never ends must not hold the connection.
      const callOff = clock.schedule(deadlineMs, () => response.destroy());
      response.on('close', callOff);
      response.on('error', () => undefined);
    });
    request.on('error', (error) => {
      // A kept connection may have been closed by the other side just now.
      if (!exchange.isOver() && request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
        post(call, exchange);
      } else exchange.answer({ kind: 'unanswered', problem: problemOf(error) });
    });
    exchange.onEnd = () => request.destroy();
    request.end(bytes);
  };

  return {
    problemWith,
    send(call) {
      const problem = problemWith(call.url, call.reach);
      if (problem !== undefined) {
        return {
          reply: Promise.resolve({ kind: 'unanswered', problem: `its address ${problem}` }),
          end: () => undefined,
        };
      }
      const { promise, resolve } = Promise.withResolvers<WebhookReply>();
      let isOver = false;
      const exchange: Exchange = {
        answer(reply) {
          isOver = true;
          callOff();
          resolve(reply);
        },
        isOver: () => isOver,
        onEnd: () => undefined,
      };
      const breakOff = (why: string): void => {
        if (isOver) return;
        exchange.answer({ kind: 'unanswered', problem: why });
        exchange.onEnd();
      };
      const callOff = clock.schedule(deadlineMs, () =>
        breakOff(`it did not answer within ${Math.round(deadlineMs / 1_000)} s`),
      );
      try {
        post(call, exchange);
      } catch (error) {
        exchange.answer({ kind: 'unanswered', problem: problemOf(error) });
      }
      return { reply: promise, end: () => breakOff('it was broken off') };
    },
    close() {
      for (const { http, https } of agents.values()) {
        http.destroy();
        https.destroy();
      }
      agents.clear();
    },
  };
};
