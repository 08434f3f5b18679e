import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import type { EventBus } from '../../application/event-bus';
import { logReason } from '../../application/log-reason';
import type { Clock } from '../../application/ports/clock';
import type { Log } from '../../application/ports/log';
import type { Received, Uploads } from '../../application/uploads';
import { describeIssues, issueWords } from '../../application/validation-words';
import { OperationError } from '../../contract/errors';
import { limits } from '../../contract/limits';
import { createCall } from './call';
import { createIdempotency, type KeptAnswer } from './idempotency';
import { type Form, type FormFile, readForm } from './multipart';
import { failure, fromOperationError, RestError, restError } from './rest-error';
import type { Route, RouteContext } from './route';
import type { SessionById } from './sessions-by-id';

export interface AnswersPorts {
  readonly dispatch: Dispatch;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly uploads: Pick<Uploads, 'receive' | 'discard'>;
  readonly sessionById: SessionById;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers one request by its route: reads what came, runs the route, and wraps what it answers in the dialect's envelope. */
export type Answer = (route: Route, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

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

interface Picture {
  readonly image: Buffer;
  readonly mediaType: string;
}

const isPicture = (body: unknown): body is Picture => typeof body === 'object' && body !== null && 'image' in body;

/** Who asked; every route but the open ones has been through the authentication. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller !== undefined) return request.caller;
  throw restError(401, 'API_KEY_MISSING', 'This call needs an API key.');
};

const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && given.trim() !== '' && given.length <= limits.idempotencyKeyLength) return given;
  throw restError(400, 'VALIDATION_ERROR', `Idempotency-Key must be 1 to ${limits.idempotencyKeyLength} characters.`);
};

const inputOf = (route: Route, request: FastifyRequest, form: Form | undefined): Readonly<Record<string, unknown>> => {
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

export const createAnswer = ({ dispatch, events, uploads, sessionById, clock, log }: AnswersPorts): Answer => {
  const idempotency = createIdempotency(clock);

  const contextOf = (reply: FastifyReply, { caller, key, given }: Asked): RouteContext => {
    const gone = new AbortController();
    // Also when the answer is out: then nobody waits any more either.
    reply.raw.once('close', () => gone.abort());
    return {
      call: createCall(dispatch, caller),
      idempotencyKey: key,
      file: given.file,
      async receive(accountId, bytes) {
        const received = await uploads.receive(accountId, bytes);
        given.received.push(received);
        return received;
      },
      gone: gone.signal,
      account: (sessionId) => sessionById(caller, sessionId),
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

  /** A file is only taken from who may do with it what the call does. */
  const formOf = async (route: Route, request: FastifyRequest, caller: Caller): Promise<Form> => {
    if (!route.takesFile) {
      throw restError(415, 'UNSUPPORTED_MEDIA_TYPE', 'This call takes no form; the body must be JSON.');
    }
    if (!caller.scopes.includes(route.scope)) {
      throw restError(403, 'FORBIDDEN', `This API key may not do this: it needs “${route.scope}”.`);
    }
    const { sessionId, accountId = '' } = request.params as {
      readonly sessionId?: string;
      readonly accountId?: string;
    };
    const { id } = await sessionById(caller, sessionId ?? accountId);
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

  const answerOnce = async (
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked,
  ): Promise<KeptAnswer> => {
    const { caller, key, form } = asked;
    const raw = inputOf(route, request, form);
    const work = async (): Promise<KeptAnswer> => {
      const result = await route.run(checked(route, raw), contextOf(reply, asked));
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

  return async (route, request, reply) => {
    const caller = callerOf(request);
    const key = idempotencyKeyOf(request);
    const form = request.isMultipart() ? await formOf(route, request, caller) : undefined;
    const given: Given = { file: form?.file, received: form?.file === undefined ? [] : [form.file] };
    try {
      const { status, body } = await answerOnce(route, request, reply, { caller, key, form, given });
      if (isPicture(body)) return reply.code(status).type(body.mediaType).send(body.image);
      return reply.code(status).send(body);
    } finally {
      for (const { receivedId } of given.received) {
        await uploads.discard(receivedId).catch((error: unknown) => {
          log.warn('a file that nobody took could not be deleted', { reason: logReason(error) });
        });
      }
    }
  };
};
