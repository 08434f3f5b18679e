import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import type { EventBus } from '../../application/event-bus';
import { logReason } from '../../application/log-reason';
import type { Clock } from '../../application/ports/clock';
import type { Log } from '../../application/ports/log';
import type { RemoteFiles } from '../../application/ports/remote-files';
import type { Received, Uploads } from '../../application/uploads';
import { describeIssues, issueWords } from '../../application/validation-words';
import type { Account } from '../../contract/entities/account';
import { OperationError } from '../../contract/errors';
import { limits } from '../../contract/limits';
import { createAuthentication } from './authentication';
import { createCall } from './call';
import { serveDocs } from './docs';
import { streamEvents } from './event-stream';
import { createIdempotency, type KeptAnswer } from './idempotency';
import type { KeyRing } from './key-ring';
import { messageRoutes } from './message-routes';
import { type Form, type FormFile, readForm } from './multipart';
import { openApi } from './openapi';
import { operationRoutes } from './operation-routes';
import { proxyRoutes } from './proxy-routes';
import { createRequestGuard } from './request-guard';
import { failure, fromOperationError, RestError, restError } from './rest-error';
import type { LimitGroup, Route, RouteContext } from './route';
import { createServer } from './server';
import { sessionRoutes } from './session-routes';
import { sessionIdOf } from './session-view';
import { uploadRoutes } from './upload-routes';
import { serveSocket } from './web-socket';

export interface RestSurfaceOptions {
  readonly dispatch: Dispatch;
  readonly events: EventBus;
  readonly keys: KeyRing;
  readonly files: RemoteFiles;
  readonly uploads: Pick<Uploads, 'receive' | 'discard'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly maxSessions: number;
  /** Where sessions live that are created here. */
  readonly network: 'whatsapp' | 'practice';
  readonly useChrome: boolean;
  readonly installedBrowser: () => string | undefined;
  readonly allowWithoutKey: boolean;
  readonly perMinute?: Partial<Record<LimitGroup, number>>;
  /** For a client to send the body of an ordinary call, in ms. */
  readonly bodyTimeoutMs?: number;
}

export interface RestSurface {
  /** Rejects with a sentence when the address cannot be had. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Lets calls under way end for a moment, cuts streams, and frees the port. */
  close(): Promise<void>;
}

/** What came with a call beside its fields. */
interface Given {
  readonly file: FormFile | undefined;
  /** What has to be deleted unless an operation takes it. */
  readonly received: Received[];
}

interface Asked {
  readonly caller: Caller;
  readonly key: string | undefined;
  readonly form: Form | undefined;
  readonly given: Given;
}

/** All routes: those of the dialect first, then every operation that none of them serves at the same address. */
export const restRoutes = (
  options: Pick<RestSurfaceOptions, 'network' | 'useChrome' | 'installedBrowser' | 'files'>,
): readonly Route[] => {
  const shape = ({ method, path }: Route): string => `${method} ${path.replaceAll(/:\w+/g, ':')}`;
  const dialect = [...sessionRoutes(options), ...proxyRoutes, ...uploadRoutes, ...messageRoutes(options.files)];
  const taken = new Set(dialect.map(shape));
  return [...dialect, ...operationRoutes().filter((route) => !taken.has(shape(route)))];
};

const notFound = (sessionId: string): Error =>
  restError(404, 'SESSION_NOT_FOUND', `There is no session ${sessionId}; GET /api/v1/sessions lists those there are.`);

export const createRestSurface = async (
  options: RestSurfaceOptions,
  hosts: readonly string[],
): Promise<RestSurface> => {
  const { dispatch, events, keys, uploads, clock, log } = options;
  const startedMs = clock.monotonicMs();
  const authentication = createAuthentication({ keys, clock, allowWithoutKey: options.allowWithoutKey });
  const app: FastifyInstance = await createServer({
    guard: createRequestGuard({ hosts }),
    authenticate: (headers, address) => authentication.caller(headers, address),
    perMinute: { creation: 5, messaging: 30, other: 100, ...options.perMinute },
    bodyTimeoutMs: options.bodyTimeoutMs ?? 60_000,
    unexpected: (error, where) =>
      log.error('a call failed unexpectedly', {
        where,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  });
  const idempotency = createIdempotency(clock);
  const routes = restRoutes(options);
  const endings = new Map<() => void, string>();

  const accountOf = async (caller: Caller, sessionId: string): Promise<Account> => {
    const wanted = sessionId.toLowerCase();
    // Whether a session exists is nobody's business but those who may see it: the list is asked as the console itself.
    const listed = await dispatch({ kind: 'api', name: caller.name, scopes: ['read'] }, 'accounts.list', {});
    if (!listed.ok) throw fromOperationError(listed.error);
    const account = listed.data.accounts.find(({ id }) => id === wanted);
    if (account === undefined) throw notFound(sessionId);
    if (caller.accountIds !== undefined && !caller.accountIds.includes(account.id)) {
      throw restError(403, 'FORBIDDEN', `This API key may not use session ${sessionIdOf(account)}.`);
    }
    return account;
  };

  const contextOf = (
    reply: FastifyReply,
    caller: Caller,
    idempotencyKey: string | undefined,
    { file, received }: Given,
  ): RouteContext => {
    const gone = new AbortController();
    // Also when the answer is out: then nobody waits any more either.
    reply.raw.once('close', () => gone.abort());
    return {
      call: createCall(dispatch, caller),
      idempotencyKey,
      file,
      async receive(accountId, bytes) {
        const kept = await uploads.receive(accountId, bytes);
        received.push(kept);
        return kept;
      },
      gone: gone.signal,
      account: (sessionId) => accountOf(caller, sessionId),
      waitFor: (pick, limitMs) =>
        new Promise((resolve) => {
          const finish = (found: ReturnType<typeof pick>): void => {
            unsubscribe();
            callOff();
            gone.signal.removeEventListener('abort', leave);
            resolve(found);
          };
          const leave = (): void => finish(undefined);
          const unsubscribe = events.subscribe((event) => {
            const found = pick(event);
            if (found !== undefined) finish(found);
          });
          const callOff = clock.schedule(limitMs, leave);
          gone.signal.addEventListener('abort', leave);
        }),
    };
  };

  const inputOf = (
    route: Route,
    request: FastifyRequest,
    form: Form | undefined,
  ): Readonly<Record<string, unknown>> => {
    const query = request.query as Record<string, unknown>;
    const body = (form?.fields ?? request.body ?? {}) as Record<string, unknown>;
    const isInQuery = route.method === 'GET' || route.method === 'DELETE';
    return { ...(isInQuery ? query : {}), ...body, ...(request.params as Record<string, unknown>) };
  };

  const checked = (route: Route, raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    if (route.checkedByOperation) return raw;
    const result = route.input.safeParse(raw, { error: issueWords });
    if (result.success) return result.data;
    const { sentence, issues } = describeIssues(result.error.issues, raw);
    const session = typeof raw['sessionId'] === 'string' ? `Session ${raw['sessionId'].slice(0, 64)}` : route.title;
    throw new RestError(400, failure('VALIDATION_ERROR', `${session}: ${sentence}.`, { issues }));
  };

  /** A file is only taken from who may do with it what the call does. */
  const formOf = async (route: Route, request: FastifyRequest, caller: Caller): Promise<Form> => {
    if (!route.takesFile) {
      throw restError(415, 'UNSUPPORTED_MEDIA_TYPE', 'This call takes no form; the body must be JSON.');
    }
    if (!caller.scopes.includes(route.scope)) {
      throw restError(403, 'FORBIDDEN', `This API key may not do this: it needs “${route.scope}”.`);
    }
    const { id } = await accountOf(caller, (request.params as { readonly sessionId: string }).sessionId);
    try {
      return await readForm(
        request,
        (bytes) => uploads.receive(id, bytes),
        ({ receivedId }) => uploads.discard(receivedId),
      );
    } catch (error) {
      throw error instanceof OperationError ? fromOperationError(error.toShape()) : error;
    }
  };

  const answer = async (route: Route, request: FastifyRequest, reply: FastifyReply): Promise<KeptAnswer> => {
    const caller = callerOf(request);
    const key = idempotencyKeyOf(request);
    const form = request.isMultipart() ? await formOf(route, request, caller) : undefined;
    const given: Given = { file: form?.file, received: form?.file === undefined ? [] : [form.file] };
    try {
      return await answerTo(route, request, reply, { caller, key, form, given });
    } finally {
      for (const { receivedId } of given.received) {
        await uploads.discard(receivedId).catch((error: unknown) => {
          log.warn('a file that nobody took could not be deleted', { reason: logReason(error) });
        });
      }
    }
  };

  const answerTo = async (
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
    { caller, key, form, given }: Asked,
  ): Promise<KeptAnswer> => {
    const raw = inputOf(route, request, form);
    const work = async (): Promise<KeptAnswer> => {
      const result = await route.run(checked(route, raw), contextOf(reply, caller, key, given));
      if ('image' in result) return { status: route.status, body: result };
      const { status = route.status, message, data } = result;
      return {
        status,
        body: { success: true, ...(message === undefined ? {} : { message }), ...(data === undefined ? {} : { data }) },
      };
    };
    if (key === undefined || route.method === 'GET') return work();
    return idempotency.once(caller.name, key, [route.method, route.path, raw, form?.file?.digest], work);
  };

  const serve =
    (route: Route) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { status, body } = await answer(route, request, reply);
      if (isPicture(body)) return reply.code(status).type(body.mediaType).send(body.image);
      return reply.code(status).send(body);
    };

  const addRoutes = (scope: FastifyInstance, prefix: string): void => {
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: `${prefix}${route.path}`,
        bodyLimit: route.bodyLimit,
        config: { limit: route.limit, takesFile: route.takesFile },
        handler: serve(route),
      });
    }
  };

  const info = async (request: FastifyRequest): Promise<unknown> => {
    const call = createCall(dispatch, callerOf(request));
    const { sessions } = await call('sessions.list', {});
    return {
      success: true,
      data: {
        version: options.version,
        maxSessions: options.maxSessions,
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
    const caller = callerOf(request);
    if (!caller.scopes.includes('read')) throw restError(403, 'FORBIDDEN', 'This API key may not read.');
    const given = (request.query as { readonly topics?: unknown }).topics;
    const topics = typeof given === 'string' ? given : '';
    const lastEventId = request.headers['last-event-id'];
    reply.hijack();
    const end = streamEvents(events, reply.raw, {
      caller,
      topics: topics
        .split(',')
        .map((topic) => topic.trim())
        .filter((topic) => topic !== ''),
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    });
    keep(end, caller, reply.raw);
  };

  /** An open connection ends with its key and with the surface. */
  const keep = (
    end: () => void,
    { name }: Caller,
    closing: { once(event: 'close', listener: () => void): unknown },
  ): void => {
    endings.set(end, name);
    closing.once('close', () => endings.delete(end));
  };

  const description = openApi(routes, options.version);
  // Too large a file is refused by readForm, in words.
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(websocket, { options: { maxPayload: 4_096 } });
  await app.register(async (scope) => {
    addRoutes(scope, basePath);
    for (const prefix of ['', basePath]) {
      scope.get(`${prefix}/info`, info);
      scope.get(`${prefix}/health`, { config: { open: true } }, health);
      scope.get(`${prefix}/events`, eventStream);
      scope.get(
        `${prefix}/ws/:sessionId`,
        {
          websocket: true,
          preValidation: async (request) => {
            const caller = callerOf(request);
            if (!caller.scopes.includes('read')) throw restError(403, 'FORBIDDEN', 'This API key may not read.');
            await accountOf(caller, (request.params as { readonly sessionId: string }).sessionId);
          },
        },
        async (socket, request) => {
          const caller = callerOf(request);
          const account = await accountOf(caller, (request.params as { readonly sessionId: string }).sessionId);
          keep(serveSocket(socket, events, account), caller, socket);
        },
      );
    }
    await serveDocs(scope, description, ['', basePath]);
  });
  const stopHearing = keys.onRevoked((name) => {
    for (const [end, owner] of endings) if (owner === name) end();
  });

  return {
    async listen(host, port) {
      try {
        await app.listen({ host, port });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        const why =
          code === 'EADDRINUSE'
            ? 'another program uses it'
            : code === 'EACCES'
              ? 'this user may not use it'
              : String(error);
        throw new Error(`The local API cannot listen on ${host}:${port}: ${why}. Choose another port.`, {
          cause: error,
        });
      }
      return { host, port: (app.server.address() as AddressInfo).port };
    },
    async close() {
      stopHearing();
      for (const end of endings.keys()) end();
      await app.close();
    },
  };
};

const basePath = '/api/v1';
const healthCaller: Caller = { kind: 'api', name: 'health', scopes: ['read'] };

const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller !== undefined) return request.caller;
  throw restError(401, 'API_KEY_MISSING', 'This call needs an API key.');
};

const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && given.trim() !== '' && given.length <= limits.idempotencyKeyLength) return given;
  throw restError(400, 'VALIDATION_ERROR', `Idempotency-Key must be 1 to ${limits.idempotencyKeyLength} characters.`);
};

interface Picture {
  readonly image: Buffer;
  readonly mediaType: string;
}

const isPicture = (body: unknown): body is Picture => typeof body === 'object' && body !== null && 'image' in body;
