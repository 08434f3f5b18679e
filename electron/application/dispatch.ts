import { OperationError, type OperationErrorShape } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { Envelope, Operation } from '../contract/operation';
import { isOperationName, type OperationEnvelope, type OperationName, registry } from '../contract/registry';
import type { Caller } from './caller';
import type { Handlers } from './handlers/handler-types';
import { namedError } from './named-error';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import { describeIssues, issueWords } from './validation-words';

/** The only way to a handler, for every surface. Never rejects: what goes wrong is in the envelope. */
export interface Dispatch {
  <Name extends OperationName>(caller: Caller, name: Name, rawInput: unknown): Promise<OperationEnvelope<Name>>;
  (caller: Caller, name: string, rawInput: unknown): Promise<Envelope<unknown>>;
}

export interface DispatchPorts {
  readonly handlers: Handlers;
  readonly log: Log;
  readonly clock: Clock;
  /** Label of an existing account, to name it in errors. */
  readonly labelOf: (accountId: AccountId) => string | undefined;
  /** Ties the log line of a call to what else it caused. */
  readonly newCorrelationId: () => string;
}

const accountIdIn = (rawInput: unknown): AccountId | undefined => {
  if (typeof rawInput !== 'object' || rawInput === null || !Object.hasOwn(rawInput, 'accountId')) return undefined;
  const { accountId } = rawInput as { readonly accountId: unknown };
  // Only compared with ids that exist; a wrong one matches nothing and is refused by the schema.
  return typeof accountId === 'string' ? (accountId as AccountId) : undefined;
};

const authorise = (caller: Caller, operation: Operation, rawInput: unknown): void => {
  if (!caller.scopes.includes(operation.scope)) {
    throw new OperationError(
      'FORBIDDEN',
      `${operation.title}: ${caller.name} may not do this (it needs "${operation.scope}").`,
    );
  }
  if (caller.accountIds === undefined) return;
  const accountId = accountIdIn(rawInput);
  if (accountId === undefined && operation.narrowed === true) return;
  // Closed by default: without a named account an answer could hold what belongs to others.
  if (accountId === undefined || !caller.accountIds.includes(accountId)) {
    throw new OperationError(
      'FORBIDDEN',
      `${operation.title}: ${caller.name} may only do this with an account of its own.`,
    );
  }
};

export const createDispatch = ({ handlers, log, clock, labelOf, newCorrelationId }: DispatchPorts): Dispatch => {
  const parseInput = (operation: Operation, rawInput: unknown): unknown => {
    const parsed = operation.input.safeParse(rawInput, { error: issueWords });
    if (parsed.success) return parsed.data;
    const accountId = accountIdIn(rawInput);
    const label = accountId === undefined ? undefined : labelOf(accountId);
    const { sentence, issues } = describeIssues(parsed.error.issues, rawInput);
    throw new OperationError('VALIDATION_ERROR', `${label ?? operation.title}: ${sentence}`, {
      data: { operation: operation.name, issues },
    });
  };

  const parseOutput = (operation: Operation, result: unknown, callLog: Log): unknown => {
    const parsed = operation.output.safeParse(result);
    if (parsed.success) return parsed.data;
    callLog.error('an operation answered with something else than it promises', {
      issues: parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`),
    });
    throw new OperationError(
      'INTERNAL_ERROR',
      `${operation.title}: Switchboard made a mistake; the log has the details.`,
      {
        effect: operation.effect === 'read' ? 'none' : 'unknown',
      },
    );
  };

  const toShape = (thrown: unknown, operation: Operation | undefined, callLog: Log): OperationErrorShape => {
    if (thrown instanceof OperationError) return namedError(thrown, labelOf);
    callLog.error('an operation failed unexpectedly', {
      reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
    return new OperationError(
      'INTERNAL_ERROR',
      `${operation?.title ?? 'Call'}: Switchboard made a mistake; the log has the details.`,
      { effect: operation?.effect === 'read' ? 'none' : 'unknown' },
    ).toShape();
  };

  const handle = async (caller: Caller, name: string, rawInput: unknown, callLog: Log): Promise<Envelope<unknown>> => {
    if (!isOperationName(name)) {
      const error = new OperationError('OPERATION_NOT_FOUND', 'There is no such operation.');
      return { ok: false, error: error.toShape() };
    }
    const operation: Operation = registry[name];
    try {
      authorise(caller, operation, rawInput);
      const input = parseInput(operation, rawInput);
      // The schema of this very operation made the input, so it fits this very handler.
      const handler = handlers[name] as (input: unknown, caller: Caller) => unknown;
      return { ok: true, data: parseOutput(operation, await handler(input, caller), callLog) };
    } catch (thrown) {
      return { ok: false, error: toShape(thrown, operation, callLog) };
    }
  };

  /** For the account's own log; an id that is not one of ours could be anything. */
  const knownAccountIn = (rawInput: unknown): { readonly accountId?: AccountId } => {
    const accountId = accountIdIn(rawInput);
    return accountId === undefined || labelOf(accountId) === undefined ? {} : { accountId };
  };

  const dispatch = async (caller: Caller, name: string, rawInput: unknown): Promise<Envelope<unknown>> => {
    const startedMs = clock.nowMs();
    // A name that is not ours could be anything, so it is not written down.
    const callLog = log.child({
      correlationId: newCorrelationId(),
      operation: isOperationName(name) ? name : 'unknown',
      caller: caller.name,
      ...knownAccountIn(rawInput),
    });
    const envelope = await handle(caller, name, rawInput, callLog);
    const fields = { durationMs: clock.nowMs() - startedMs, code: envelope.ok ? 'OK' : envelope.error.code };
    // A window reads all the time: what only looked and succeeded would push everything else out of the log.
    if (envelope.ok && isOperationName(name) && registry[name].effect === 'read') callLog.debug('call', fields);
    else if (envelope.ok) callLog.info('call', fields);
    else callLog.warn('call', fields);
    return envelope;
  };
  return dispatch;
};
