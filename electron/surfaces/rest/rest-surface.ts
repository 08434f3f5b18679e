import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import type { EventBus } from '../../application/event-bus';
import type { Clock } from '../../application/ports/clock';
import type { Log } from '../../application/ports/log';
import type { RemoteFiles } from '../../application/ports/remote-files';
import type { Uploads } from '../../application/uploads';
import { createAnswer } from './answers';
import { createAuthentication } from './authentication';
import { serveDocs } from './docs';
import { createEventViews } from './event-views';
import type { KeyRing } from './key-ring';
import { messageRoutes } from './message-routes';
import { openApi } from './openapi';
import { operationRoutes } from './operation-routes';
import { proxyRoutes } from './proxy-routes';
import { createRequestGuard } from './request-guard';
import { addRootRoutes, type Closing } from './root-routes';
import type { LimitGroup, Route } from './route';
import { serveWebConsole } from './serve-web-console';
import { createServer } from './server';
import { sessionRoutes } from './session-routes';
import { createSessionById } from './sessions-by-id';
import { uploadRoutes } from './upload-routes';
import { webhookRoutes } from './webhook-routes';

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
  readonly installedBrowser: () => string | undefined;
  readonly allowWithoutKey: boolean;
  /** Folder of the built web console. */
  readonly webConsole: string;
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

/** All routes: those of the dialect first, then every operation that none of them serves at the same address. */
export const restRoutes = (
  options: Pick<RestSurfaceOptions, 'network' | 'installedBrowser' | 'files'>,
): readonly Route[] => {
  const shape = ({ method, path }: Route): string => `${method} ${path.replaceAll(/:\w+/g, ':')}`;
  const dialect = [
    ...sessionRoutes(options),
    ...proxyRoutes,
    ...uploadRoutes(options.files),
    ...webhookRoutes,
    ...messageRoutes(options.files),
  ];
  const taken = new Set(dialect.map(shape));
  return [...dialect, ...operationRoutes().filter((route) => !taken.has(shape(route)))];
};

const basePath = '/api/v1';

export const createRestSurface = async (
  options: RestSurfaceOptions,
  hosts: readonly string[],
): Promise<RestSurface> => {
  const { dispatch, events, keys, uploads, clock, log, version, maxSessions } = options;
  const authentication = createAuthentication({ keys, clock, allowWithoutKey: options.allowWithoutKey });
  const app: FastifyInstance = await createServer({
    guard: createRequestGuard({ hosts, withoutKey: options.allowWithoutKey }),
    authenticate: (headers, address) => authentication.caller(headers, address),
    perMinute: { creation: 5, messaging: 30, other: 100, ...options.perMinute },
    bodyTimeoutMs: options.bodyTimeoutMs ?? 60_000,
    unexpected: (error, where) =>
      log.error('a call failed unexpectedly', {
        where,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  });
  const routes = restRoutes(options);
  const sessionById = createSessionById(dispatch);
  const answer = createAnswer({ dispatch, events, uploads, sessionById, clock, log });
  const views = createEventViews(events, clock);

  /** Open connections and the keys that opened them. */
  const endings = new Map<() => void, string>();
  const keep = (end: () => void, { name }: Caller, closing: Closing): void => {
    endings.set(end, name);
    closing.once('close', () => endings.delete(end));
  };
  const stopHearing = keys.onRevoked((name) => {
    for (const [end, owner] of endings) if (owner === name) end();
  });

  // Too large a file is refused by readForm, in words.
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(websocket, { options: { maxPayload: 4_096 } });
  await app.register(async (scope) => {
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: `${basePath}${route.path}`,
        bodyLimit: route.bodyLimit,
        config: { limit: route.limit, takesFile: route.takesFile },
        handler: (request, reply) => answer(route, request, reply),
      });
    }
    const prefixes = ['', basePath];
    addRootRoutes(scope, prefixes, { dispatch, events, views, sessionById, clock, version, maxSessions, keep });
    await serveDocs(scope, openApi(routes, version), prefixes);
    serveWebConsole(scope, options.webConsole);
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
      views.close();
      await app.close();
    },
  };
};
