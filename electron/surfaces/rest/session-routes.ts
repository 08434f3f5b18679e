import { z } from 'zod';
import { sessionIdOf } from '../../application/session-ids';
import type { Account } from '../../contract/entities/account';
import { OperationError } from '../../contract/errors';
import type { ConsoleEvent } from '../../contract/events';
import { registry } from '../../contract/registry';
import { ordinaryBody } from './operation-routes';
import { qrImage } from './qr-image';
import { fromOperationError, RestError, restError } from './rest-error';
import type { Route, RouteContext } from './route';
import { sessionConfigSchema, settingsFrom } from './session-config';
import { configView, sessionView } from './session-view';

/** As the dialect allows session ids; ours are the same in lower case. */
export const sessionIdSchema = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 of a-z, A-Z, 0-9, _ and -');

const oneSession = z.strictObject({ sessionId: sessionIdSchema });
const viewSchema = z.strictObject({
  sessionId: z.string(),
  status: z.enum(['initializing', 'qr_ready', 'authenticated', 'ready', 'reconnecting', 'failed', 'terminated']),
  createdAt: z.string(),
  lastActivity: z.string(),
});
const statusSchema = viewSchema
  .omit({ createdAt: true })
  .extend({ hasQRCode: z.boolean(), qrCodeUrl: z.string().nullable() });
const detailSchema = statusSchema.extend({ createdAt: z.string(), config: z.record(z.string(), z.unknown()) });
const lineSchema = z.strictObject({
  time: z.string(),
  level: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
});
const qrSchema = z.strictObject({ qrCode: z.string(), expiresAt: z.string() });
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** How long a creation or a look at the code waits for a code, in ms. */
const qrWaitMs = 60_000;

const text = (value: unknown): string => value as string;

/** Brings the window of a session that has just been started to the screen; answers with why it could not be. */
const showWindow = async ({ id }: Account, { call, waitFor }: RouteContext): Promise<string | undefined> => {
  const browserIsThere = ({ body }: ConsoleEvent): true | undefined =>
    body.type === 'session.changed' &&
    body.session.accountId === id &&
    ['linking', 'syncing', 'ready', 'backoff', 'failed', 'stopped'].includes(body.session.status.state)
      ? true
      : undefined;
  const there = waitFor(browserIsThere, qrWaitMs);
  const { session } = await call('sessions.get', { accountId: id });
  if (session.status.state === 'starting') await there;
  try {
    await call('sessions.showWindow', { accountId: id });
    return undefined;
  } catch (error) {
    if (error instanceof RestError) return error.message;
    throw error;
  }
};

/** The code on show, waiting for one if asked. Undefined when there is none to show. */
const codeOf = async (account: Account, context: RouteContext, waitMs: number) => {
  const { call, waitFor } = context;
  const isThere =
    waitMs === 0
      ? undefined
      : waitFor(({ body }) => {
          if (body.type !== 'session.changed' || body.session.accountId !== account.id) return undefined;
          // A linked account, or one that cannot go on, will not show a code.
          return ['linking', 'ready', 'syncing', 'failed', 'stopped'].includes(body.session.status.state)
            ? true
            : undefined;
        }, waitMs);
  const look = async () => {
    try {
      return (await call('sessions.qr', { accountId: account.id })).code;
    } catch (error) {
      if (error instanceof RestError && error.body.error.code === 'QR_NOT_AVAILABLE') return undefined;
      throw error;
    }
  };
  const now = await look();
  if (now !== undefined || isThere === undefined) return now;
  const { session } = await call('sessions.get', { accountId: account.id });
  if (session.status.state === 'ready' || session.status.state === 'stopped') return undefined;
  await isThere;
  return look();
};

const dataUri = (qr: string): string => `data:image/png;base64,${qrImage(qr).toString('base64')}`;
const iso = (ms: number): string => new Date(ms).toISOString();

const qrUrl = (account: Account): string => `/api/v1/sessions/${sessionIdOf(account)}/qr/image`;

const detailed = async (account: Account, { call }: RouteContext) => {
  const { session } = await call('sessions.get', { accountId: account.id });
  const hasQRCode = session.status.state === 'linking' && session.status.method === 'qr';
  const view = { ...sessionView(account, session), hasQRCode, qrCodeUrl: hasQRCode ? qrUrl(account) : null };
  return { view, config: configView(account, session) };
};

type Given = Pick<Route, 'method' | 'path' | 'operation' | 'run'> &
  Partial<Omit<Route, 'method' | 'path' | 'operation' | 'run'>>;

/** Fills in what the operation says. */
export const dialectRoute = (given: Given): Route => {
  const operation = registry[given.operation];
  return {
    title: operation.title,
    summary: operation.summary,
    scope: operation.scope,
    limit: 'other',
    status: 200,
    input: oneSession,
    checkedByOperation: false,
    output: undefined,
    bodyLimit: ordinaryBody,
    takesFile: false,
    ...given,
  };
};

const state = (
  method: 'POST',
  path: string,
  operation: 'sessions.start' | 'sessions.stop' | 'sessions.restart' | 'sessions.logout',
  message: string,
): Route =>
  dialectRoute({
    method,
    path,
    operation,
    output: viewSchema,
    async run({ sessionId }, context) {
      const account = await context.account(text(sessionId));
      const { session } = await context.call(operation, { accountId: account.id });
      return { message, data: sessionView(await context.account(text(sessionId)), session) };
    },
  });

const noCode = (account: Account): RestError =>
  restError(404, 'QR_NOT_AVAILABLE', `Session ${sessionIdOf(account)} shows no code to scan now.`);

const image: Route['run'] = async ({ sessionId }, context) => {
  const account = await context.account(text(sessionId));
  const code = await codeOf(account, context, 0);
  if (code === undefined) throw noCode(account);
  return { image: qrImage(code.qr), mediaType: 'image/png' };
};

/** Sessions as the dialect documents them. */
export const sessionRoutes = (options: {
  readonly network: 'whatsapp' | 'practice';
  readonly installedBrowser: () => string | undefined;
}): readonly Route[] => [
  dialectRoute({
    method: 'POST',
    path: '/sessions',
    operation: 'accounts.create',
    title: 'Create a session',
    summary:
      'Adds an account under this id, starts it and, unless told otherwise, waits for its QR code. A code that nobody scans never deletes the session.',
    limit: 'creation',
    status: 201,
    input: z.strictObject({
      sessionId: sessionIdSchema,
      waitForQR: z.boolean().default(true),
      config: sessionConfigSchema.optional(),
    }),
    output: z.strictObject({
      sessionId: z.string(),
      status: viewSchema.shape.status,
      createdAt: z.string(),
      qrCode: z.string().optional(),
    }),
    async run(input, context) {
      const { call } = context;
      const sessionId = text(input['sessionId']);
      const config = sessionConfigSchema.parse(input['config'] ?? {});
      const browser = config.useChrome === true ? options.installedBrowser() : undefined;
      if (config.useChrome === true && browser === undefined) {
        const error = new OperationError(
          'BROWSER_NOT_FOUND',
          `Session ${sessionId}: config.useChrome needs Chrome, Chromium or Edge, and none was found on this computer.`,
        );
        throw fromOperationError(error.toShape());
      }
      const { account } = await call('accounts.create', {
        id: sessionId.toLowerCase(),
        label: sessionId,
        network: options.network,
      });
      try {
        await call('accounts.configure', { accountId: account.id, settings: settingsFrom(config, browser) });
      } catch (error) {
        // A session with other settings than asked for (without its proxy) must not stay behind.
        await call('accounts.remove', { accountId: account.id }).catch(() => undefined);
        throw error;
      }
      await call('sessions.start', { accountId: account.id });
      const code = input['waitForQR'] === true ? await codeOf(account, context, qrWaitMs) : undefined;
      const unseen = config.headless ? undefined : await showWindow(account, context);
      const { session } = await call('sessions.get', { accountId: account.id });
      const { status, createdAt } = sessionView(account, session);
      return {
        message:
          unseen === undefined ? 'Session created' : `Session created. Its window is not on the screen: ${unseen}`,
        data: { sessionId, status, createdAt, ...(code === undefined ? {} : { qrCode: dataUri(code.qr) }) },
      };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions',
    operation: 'sessions.list',
    input: registry['sessions.list'].input,
    output: z.array(viewSchema),
    async run(input, { call }) {
      const [{ accounts }, { sessions }] = [await call('accounts.list', {}), await call('sessions.list', input)];
      const byId = new Map(accounts.map((account) => [account.id, account]));
      return {
        data: sessions.flatMap((session) => {
          const account = byId.get(session.accountId);
          return account === undefined ? [] : [sessionView(account, session)];
        }),
      };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId',
    operation: 'sessions.get',
    output: detailSchema,
    async run({ sessionId }, context) {
      const { view, config } = await detailed(await context.account(text(sessionId)), context);
      return { data: { ...view, config } };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/status',
    operation: 'sessions.get',
    title: 'Read the status of a session',
    output: statusSchema,
    async run({ sessionId }, context) {
      const { createdAt: _, ...view } = (await detailed(await context.account(text(sessionId)), context)).view;
      return { data: view };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/qr',
    operation: 'sessions.qr',
    summary: `${registry['sessions.qr'].summary} \`format\`: a data URI (base64), the address of the picture (url), the picture itself (image), or the text in the code (raw).`,
    input: oneSession.extend({
      wait: flag.default(false),
      format: z.enum(['base64', 'url', 'image', 'raw']).default('base64'),
    }),
    output: qrSchema,
    async run(input, context) {
      const account = await context.account(text(input['sessionId']));
      const code = await codeOf(account, context, input['wait'] === true ? qrWaitMs : 0);
      if (code === undefined) throw noCode(account);
      if (input['format'] === 'image') return { image: qrImage(code.qr), mediaType: 'image/png' };
      const qrCode =
        input['format'] === 'url' ? qrUrl(account) : input['format'] === 'raw' ? code.qr : dataUri(code.qr);
      return { data: { qrCode, expiresAt: iso(code.expiresAtMs) } };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/qr/image',
    operation: 'sessions.qr',
    title: 'The link code as a picture',
    run: image,
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/qr.png',
    operation: 'sessions.qr',
    title: 'The link code as a picture file',
    run: image,
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/screenshot',
    operation: 'sessions.screenshot',
    summary: `${registry['sessions.screenshot'].summary} With \`format=image\` the picture itself.`,
    input: oneSession.extend({ format: z.enum(['base64', 'image']).default('base64') }),
    output: registry['sessions.screenshot'].output,
    async run({ sessionId, format }, { account, call }) {
      const data = await call('sessions.screenshot', { accountId: (await account(text(sessionId))).id });
      return format === 'image' ? { image: Buffer.from(data.base64, 'base64'), mediaType: data.mediaType } : { data };
    },
  }),
  dialectRoute({
    method: 'POST',
    path: '/sessions/:sessionId/pairing-code',
    operation: 'sessions.pairingCode',
    input: oneSession.extend({ phoneNumber: z.string() }),
    output: z.strictObject({ code: z.string(), expiresAt: z.string() }),
    async run({ sessionId, phoneNumber }, { account, call }) {
      const { id } = await account(text(sessionId));
      const { code } = await call('sessions.pairingCode', { accountId: id, phoneNumber: text(phoneNumber) });
      return { data: { code: code.code, expiresAt: iso(code.expiresAtMs) } };
    },
  }),
  state('POST', '/sessions/:sessionId/start', 'sessions.start', 'Session starts'),
  state('POST', '/sessions/:sessionId/stop', 'sessions.stop', 'Session stopped'),
  state('POST', '/sessions/:sessionId/restart', 'sessions.restart', 'Session restarts'),
  state('POST', '/sessions/:sessionId/logout', 'sessions.logout', 'Session logged out'),
  dialectRoute({
    method: 'DELETE',
    path: '/sessions/:sessionId',
    operation: 'accounts.remove',
    title: 'Delete a session',
    summary: 'Stops it, logs it out and forgets it; no other session is touched.',
    async run({ sessionId }, { account, call }) {
      const { id } = await account(text(sessionId));
      await call('sessions.logout', { accountId: id });
      await call('accounts.remove', { accountId: id });
      return { message: 'Session deleted' };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/logs',
    operation: 'sessions.logs',
    input: oneSession.extend({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
      /** Milliseconds since 1970, or a date and time such as 2026-11-20T14:02:00Z. */
      since: z.union([z.coerce.number().int().nonnegative(), z.iso.datetime({ offset: true })]).optional(),
    }),
    output: z.array(lineSchema),
    async run({ sessionId, level, limit, since }, { account, call }) {
      const { id } = await account(text(sessionId));
      const sinceMs = typeof since === 'string' ? Date.parse(since) : (since as number | undefined);
      const { lines } = await call('sessions.logs', {
        accountId: id,
        level: level as 'info',
        limit,
        ...(sinceMs === undefined ? {} : { sinceMs }),
      });
      return { data: lines.map(({ atMs, ...line }) => ({ time: iso(atMs), ...line })) };
    },
  }),
];
