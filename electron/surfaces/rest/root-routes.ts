import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import type { EventBus } from '../../application/event-bus';
import type { Clock } from '../../application/ports/clock';
import type { Account } from '../../contract/entities/account';
import type { LinkCode } from '../../contract/entities/session';
import { registry } from '../../contract/registry';
import { callerOf } from './answers';
import { createCall } from './call';
import { streamEvents } from './event-stream';
import type { EventViews } from './event-views';
import { restError } from './rest-error';
import type { SessionById } from './sessions-by-id';
import { createFrameTexts, serveSocket } from './web-socket';

export interface RootRoutesOptions {
  readonly dispatch: Dispatch;
  readonly events: EventBus;
  readonly views: EventViews;
  readonly sessionById: SessionById;
  readonly clock: Clock;
  readonly version: string;
  readonly maxSessions: number;
  /** Has an open connection end with its key and with the surface. */
  readonly keep: (end: () => void, caller: Caller, closing: Closing) => void;
}

export interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

const healthCaller: Caller = { kind: 'api', name: 'health', scopes: ['read'] };

const readerOf = (request: FastifyRequest): Caller => {
  const caller = callerOf(request);
  if (!caller.scopes.includes('read')) throw restError(403, 'FORBIDDEN', 'This API key may not read.');
  return caller;
};

const sessionIdIn = (request: FastifyRequest): string => (request.params as { readonly sessionId: string }).sessionId;

const wordsIn = (given: unknown): readonly string[] =>
  (typeof given === 'string' ? given : '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** What is no operation: it stands at the root and answers below each of the prefixes. */
export const addRootRoutes = (
  scope: FastifyInstance,
  prefixes: readonly string[],
  { dispatch, events, views, sessionById, clock, version, maxSessions, keep }: RootRoutesOptions,
): void => {
  const startedMs = clock.monotonicMs();

  const info = async (request: FastifyRequest): Promise<unknown> => {
    const { sessions } = await createCall(dispatch, callerOf(request))('sessions.list', {});
    return {
      success: true,
      data: {
        version,
        maxSessions,
        activeSessions: sessions.filter(({ status }) => !['stopped', 'failed'].includes(status.state)).length,
        uptime: Math.round((clock.monotonicMs() - startedMs) / 1_000),
        memory: process.memoryUsage().rss,
      },
    };
  };

  /** Open to everybody on this computer: that the program answers and that its store does, nothing else. */
  const health = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const listed = await dispatch(healthCaller, 'optOuts.list', { limit: 1 });
    const status = listed.ok ? 'ok' : 'degraded';
    return reply.code(listed.ok ? 200 : 503).send({
      status,
      timestamp: new Date(clock.nowMs()).toISOString(),
      checks: { api: 'ok', store: listed.ok ? 'ok' : 'unavailable' },
    });
  };

  const eventStream = (request: FastifyRequest, reply: FastifyReply): void => {
    const caller = readerOf(request);
    const lastEventId = request.headers['last-event-id'];
    reply.hijack();
    const end = streamEvents(views, reply.raw, {
      caller,
      topics: wordsIn((request.query as { readonly topics?: unknown }).topics),
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    });
    keep(end, caller, reply.raw);
  };

  /** Through the same door as `GET …/qr`, and not even asked by who may not. */
  const codeReader = (caller: Caller, { id: accountId }: Account) => {
    if (!caller.scopes.includes(registry['sessions.qr'].scope)) return undefined;
    return async (): Promise<LinkCode | undefined> => {
      const answer = await dispatch(caller, 'sessions.qr', { accountId });
      return answer.ok ? answer.data.code : undefined;
    };
  };

  const texts = createFrameTexts();
  for (const prefix of prefixes) {
    scope.get(`${prefix}/info`, info);
    scope.get(`${prefix}/health`, { config: { open: true } }, health);
    scope.get(`${prefix}/events`, eventStream);
    scope.get(
      `${prefix}/ws/:sessionId`,
      {
        websocket: true,
        preValidation: async (request) => {
          await sessionById(readerOf(request), sessionIdIn(request));
        },
      },
      async (socket, request) => {
        const caller = callerOf(request);
        const account = await sessionById(caller, sessionIdIn(request));
        keep(serveSocket(socket, events, texts, account, codeReader(caller, account)), caller, socket);
      },
    );
  }
};
