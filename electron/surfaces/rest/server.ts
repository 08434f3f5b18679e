import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Caller } from '../../application/caller';
import { parseJsonBody } from './json-body';
import { failure, RestError, type RestFailure, restError, withSession } from './rest-error';
import type { LimitGroup } from './route';

/** For a client to send the whole of a request, the largest file over a slow line, in ms. Ordinary bodies have less time, see below. */
const requestTimeoutMs = 10 * 60_000;
/** For the request line and the headers. */
const headersTimeoutMs = 60_000;
const keepAliveTimeoutMs = 65_000;
const limitWindowMs = 60_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no key. */
    open?: boolean;
    limit?: LimitGroup;
    takesFile?: boolean;
  }
  interface FastifyRequest {
    /** Set by the authentication hook on every route that needs a key. */
    caller: Caller | undefined;
  }
}

export interface ServerOptions {
  /** Throws a RestError for a request that only a foreign web page would send. */
  readonly guard: (headers: FastifyRequest['headers']) => void;
  readonly authenticate: (headers: FastifyRequest['headers'], address: string) => Caller;
  /** Requests per minute, see rest-api limits. */
  readonly perMinute: Readonly<Record<LimitGroup, number>>;
  /** For a client to send the body of a call that takes no file, in ms: a slow one must not hold a connection for ever. */
  readonly bodyTimeoutMs: number;
  readonly unexpected: (error: unknown, where: string) => void;
}

const statusCodes: Readonly<Record<number, string>> = {
  400: 'VALIDATION_ERROR',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
};

const sentences: Readonly<Record<number, string>> = {
  413: 'The body is larger than this call takes.',
  415: 'The body must be JSON, with Content-Type: application/json and no Content-Encoding.',
  400: 'The request cannot be read.',
};

/** The session that a call is about, as its address or its body names it. What cannot be a session's id is not repeated. */
const sessionOf = (request: FastifyRequest): string | undefined => {
  const { sessionId, accountId } = (request.params ?? {}) as Readonly<Record<string, unknown>>;
  const inBody = (request.body as { readonly sessionId?: unknown } | null | undefined)?.sessionId;
  const named = sessionId ?? accountId ?? inBody;
  return typeof named === 'string' && /^[a-zA-Z0-9_-]{1,64}$/.test(named) ? named : undefined;
};

const sendFailure = (
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  unexpected: () => void,
): FastifyReply => {
  const session = sessionOf(request);
  if (error instanceof RestError) {
    return reply.code(error.status).headers(error.headers).send(withSession(error.body, session));
  }
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const body: RestFailure = failure(
      statusCodes[status] ?? 'VALIDATION_ERROR',
      sentences[status] ?? 'The request cannot be read.',
    );
    return reply.code(status).send(withSession(body, session));
  }
  unexpected();
  const body = failure('INTERNAL_ERROR', 'Switchboard made a mistake; the log has the details.');
  return reply.code(500).send(withSession(body, session));
};

/** On every answer: no page of another origin may hold or read it, and nothing keeps it. */
export const protectiveHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/** The HTTP server without its routes: limits, the guard against web pages, keys, and errors in the dialect's envelope. */
export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const app = fastify({
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    exposeHeadRoutes: false,
    return503OnClosing: true,
    // An address that cannot be read comes to no route and so to none of the hooks below.
    frameworkErrors: (error, request, reply) => {
      void reply.headers(protectiveHeaders);
      const refuse = (why: unknown): void => {
        void sendFailure(request, reply, why, () =>
          options.unexpected(why, `${request.method} at an address that cannot be read`),
        );
      };
      try {
        options.guard(request.headers);
      } catch (refusal) {
        refuse(refusal);
        return;
      }
      refuse(error);
    },
    // What cannot even be parsed as HTTP gets a bare 400.
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
  });
  app.server.headersTimeout = headersTimeoutMs;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer) => parseJsonBody(String(body)),
  );
  app.decorateRequest('caller', undefined);
  app.setErrorHandler((error, request, reply) =>
    sendFailure(request, reply, error, () =>
      options.unexpected(error, `${request.method} ${request.routeOptions.url ?? 'unknown'}`),
    ),
  );
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(failure('NOT_FOUND', 'There is nothing at this address; /api-docs lists the calls.')),
  );
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(protectiveHeaders);
    options.guard(request.headers);
    if (request.headers['content-encoding'] !== undefined) {
      throw restError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body must come without Content-Encoding.');
    }
    if (request.routeOptions.config.open === true || request.is404) return;
    request.caller = options.authenticate(request.headers, request.ip);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    if (request.routeOptions.config.takesFile === true || raw.complete) return;
    const patience = setTimeout(() => {
      if (raw.complete || raw.destroyed) return;
      // As Node answers a request that takes too long.
      reply.hijack();
      raw.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }, options.bodyTimeoutMs);
    patience.unref();
    raw.once('close', () => clearTimeout(patience));
  });
  // A refused WebSocket leaves its connection half taken over: nobody else would ever end it.
  app.addHook('onResponse', async (request, reply) => {
    if (request.headers.upgrade !== undefined && reply.statusCode !== 101) request.raw.socket.destroySoon();
  });
  await app.register(rateLimit, {
    global: true,
    max: (request) => options.perMinute[groupOf(request)],
    timeWindow: limitWindowMs,
    keyGenerator: (request) => {
      const group = groupOf(request);
      const session =
        group === 'messaging'
          ? (
              (request.params as Record<string, string>)['sessionId'] ??
              (request.params as Record<string, string>)['accountId'] ??
              ''
            ).toLowerCase()
          : '';
      return `${request.caller?.name ?? request.ip} ${group} ${session}`;
    },
    errorResponseBuilder: (_request, { ttl }) =>
      restError(429, 'RATE_LIMITED', `Too many calls; wait ${Math.ceil(ttl / 1_000)} s.`),
  });
  return app;
};

const groupOf = (request: FastifyRequest): LimitGroup => request.routeOptions.config.limit ?? 'other';
