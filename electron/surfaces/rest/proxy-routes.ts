import { z } from 'zod';
import { sessionIdOf } from '../../application/session-ids';
import { failure, RestError } from './rest-error';
import type { Route } from './route';
import { proxyOf, proxySchema } from './session-config';
import { dialectRoute, sessionIdSchema } from './session-routes';
import { configView } from './session-view';

type GivenProxy = z.output<typeof proxySchema>;

const seenSchema = z.strictObject({ ip: z.string(), durationMs: z.number() });

/** Proxies as the dialect documents them: every answer tells the address that the world sees through them. */
export const proxyRoutes: readonly Route[] = [
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/ip',
    operation: 'proxies.test',
    title: 'The address that the world sees',
    summary: 'Goes out through the session’s own proxy. A session without one has this computer’s address.',
    output: seenSchema,
    async run({ sessionId }, { account, call }) {
      const found = await account(sessionId as string);
      if (found.settings.proxy === undefined) {
        throw new RestError(
          409,
          failure(
            'NO_PROXY',
            `Session ${sessionIdOf(found)} has no proxy: it goes out with this computer’s own address.`,
          ),
        );
      }
      const { exitAddress, durationMs } = await call('proxies.test', { accountId: found.id });
      return { data: { ip: exitAddress, durationMs } };
    },
  }),
  dialectRoute({
    method: 'POST',
    path: '/sessions/:sessionId/proxy',
    operation: 'accounts.configure',
    title: 'Set the proxy of a session',
    summary:
      'The proxy is tested first; one that does not work changes nothing. null takes the proxy away, test: false sets it unseen. Takes effect at the next start.',
    input: z.strictObject({
      sessionId: sessionIdSchema,
      proxy: proxySchema.nullable(),
      test: z.boolean().default(true),
    }),
    output: z.strictObject({ ip: z.string().optional(), config: z.record(z.string(), z.unknown()) }),
    async run({ sessionId, proxy: given, test }, { account, call }) {
      const { id } = await account(sessionId as string);
      const proxy = given === null ? ('none' as const) : proxyOf(given as GivenProxy);
      const seen =
        proxy === 'none' || test === false ? undefined : await call('proxies.test', { accountId: id, proxy });
      const changed = await call('accounts.configure', { accountId: id, settings: { proxy } });
      const { session } = await call('sessions.get', { accountId: id });
      return {
        message: 'It takes effect at the next start',
        data: {
          ...(seen === undefined ? {} : { ip: seen.exitAddress }),
          config: configView(changed.account, session),
        },
      };
    },
  }),
  dialectRoute({
    method: 'POST',
    path: '/proxy/test',
    operation: 'proxies.test',
    input: z.strictObject({ proxy: proxySchema.optional(), sessionId: sessionIdSchema.optional() }),
    output: seenSchema,
    async run({ proxy: given, sessionId }, { account, call }) {
      const { exitAddress, durationMs } = await call('proxies.test', {
        ...(given === undefined ? {} : { proxy: proxyOf(given as GivenProxy) }),
        ...(sessionId === undefined ? {} : { accountId: (await account(sessionId as string)).id }),
      });
      return { data: { ip: exitAddress, durationMs } };
    },
  }),
];
