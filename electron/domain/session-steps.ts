import type { AccountIdentity } from '../contract/entities/account';
import type { SessionState, SessionStateName, StopReason } from '../contract/entities/session';
import type { OperationErrorShape } from '../contract/errors';
import { backoffDelayMs, backoffRules, countFailure, isBreakerOpen } from './backoff';
import type { SessionEffect, SessionEvent, SessionEventType } from './session-events';
import * as failures from './session-failures';
import { maxMissedProbes, sessionDeadlines, settleMs } from './session-rules';
import type { Ending, SessionMachine, SessionStep } from './session-state';

/** A machine that is in this state. */
export type In<Name extends SessionStateName> = SessionMachine & {
  readonly status: Extract<SessionState, { readonly state: Name }>;
};
export type EventOf<Type extends SessionEventType> = Extract<SessionEvent, { readonly type: Type }>;
export type Handler<Name extends SessionStateName, Type extends SessionEventType> = (
  machine: In<Name>,
  event: EventOf<Type>,
  nowMs: number,
) => SessionStep;
/** Listed, and on purpose without consequence. */
export const stay = (machine: SessionMachine): SessionStep => ({ state: machine, effects: [] });

const isWatched = (status: SessionState): boolean => status.state === 'ready' || status.state === 'reconnecting';

/** Enters a state: deadline, heartbeat and publication follow from it. `first` is done before them. */
export const enter = (
  machine: SessionMachine,
  status: SessionState,
  deadlineAtMs: number | undefined,
  first: readonly SessionEffect[] = [],
): SessionStep => {
  const watched = isWatched(status);
  return {
    state: { ...machine, status, deadlineAtMs, ...(watched ? {} : { missedProbes: 0 }) },
    effects: [
      ...first,
      deadlineAtMs === undefined ? { type: 'clear_deadline' } : { type: 'arm_deadline', atMs: deadlineAtMs },
      ...(watched === isWatched(machine.status)
        ? []
        : [{ type: watched ? 'start_heartbeat' : 'stop_heartbeat' } as const]),
      { type: 'publish' },
    ],
  };
};

/** The same state with another deadline. */
export const arm = (machine: SessionMachine, atMs: number, more: readonly SessionEffect[] = []): SessionStep => ({
  state: { ...machine, deadlineAtMs: atMs },
  effects: [...more, { type: 'arm_deadline', atMs }],
});

export const launch = (machine: SessionMachine, nowMs: number, first: readonly SessionEffect[] = []): SessionStep => {
  const generation = machine.generation + 1;
  return enter(
    { ...machine, generation, readySinceMs: undefined, linkedAtMs: undefined, spawned: false, missing: [] },
    { state: 'starting', sinceMs: nowMs, attempt: machine.attempt },
    nowMs + sessionDeadlines.queueMs,
    [...first, { type: 'launch', generation }],
  );
};

/** A person asks for a start: what failed before no longer counts. */
export const startAnew = (machine: SessionMachine, event: { readonly label: string }, nowMs: number): SessionStep => {
  const { label } = event;
  const fresh = { label, attempt: 0, failuresMs: [], unlinked: false, looking: false, lastError: undefined };
  return launch({ ...machine, ...fresh }, nowMs);
};

const rest = (machine: SessionMachine, nowMs: number, first: readonly SessionEffect[] = []): SessionStep =>
  enter(
    { ...machine, attempt: 0, failuresMs: [], looking: false },
    { state: 'stopped', sinceMs: nowMs },
    undefined,
    first,
  );

const fallAsleep = (machine: SessionMachine, nowMs: number, first: readonly SessionEffect[]): SessionStep => {
  const { lookEveryMs, me } = machine;
  const nextLookAtMs = nowMs + lookEveryMs;
  const lookEveryMinutes = Math.max(1, Math.round(lookEveryMs / 60_000));
  return enter(
    { ...machine, attempt: 0, failuresMs: [], looking: true },
    { state: 'asleep', sinceMs: nowMs, nextLookAtMs, lookEveryMinutes, ...(me === undefined ? {} : { me }) },
    nextLookAtMs,
    first,
  );
};

export const fail = (
  machine: SessionMachine,
  error: OperationErrorShape,
  nowMs: number,
  first: readonly SessionEffect[] = [],
): SessionStep =>
  enter(
    { ...machine, looking: false, lastError: { atMs: nowMs, error } },
    { state: 'failed', sinceMs: nowMs, error },
    undefined,
    first,
  );

export const retryLater = (
  machine: SessionMachine,
  error: OperationErrorShape,
  fraction: number,
  nowMs: number,
  first: readonly SessionEffect[] = [],
): SessionStep => {
  const offline = machine.offline || failures.isOffline(error);
  const stable = machine.readySinceMs !== undefined && nowMs - machine.readySinceMs >= backoffRules.stableMs;
  const earlierMs = stable ? [] : machine.failuresMs;
  const failuresMs = offline ? earlierMs : countFailure(earlierMs, nowMs);
  const attempt = (stable ? 0 : machine.attempt) + 1;
  const counted = { ...machine, failuresMs, attempt, lastError: { atMs: nowMs, error } };
  if (!machine.rules.restartOnCrash && !offline) return fail(counted, failures.noRestartWords(error), nowMs, first);
  if (isBreakerOpen(failuresMs)) return fail(counted, failures.breakerWords(error), nowMs, first);
  const retryAtMs = nowMs + backoffDelayMs(attempt, fraction);
  return enter(counted, { state: 'backoff', sinceMs: nowMs, attempt, retryAtMs, error }, retryAtMs, first);
};

/** An orderly end within a minute after linking waits for the profile; every other end does not. */
export const waitsForProfile = (machine: SessionMachine, why: StopReason, nowMs: number): number | undefined => {
  const patient = why === 'user' || why === 'shutdown' || why === 'restart' || why === 'sleep';
  const untilMs = machine.linkedAtMs === undefined ? 0 : machine.linkedAtMs + settleMs;
  return patient && untilMs > nowMs ? untilMs : undefined;
};

export const closeNow = (machine: SessionMachine, why: StopReason, nowMs: number): SessionStep => {
  const logout = why === 'logout' || (machine.ending.next === 'failed' && machine.profile === 'dropped');
  const sinceMs = machine.status.state === 'stopping' ? machine.status.sinceMs : nowMs;
  return enter(
    { ...machine, settling: false },
    { state: 'stopping', sinceMs, why },
    nowMs + (logout ? sessionDeadlines.logoutMs : sessionDeadlines.stopMs),
    [{ type: 'stop_worker', logout }],
  );
};

export const stopping = (machine: SessionMachine, why: StopReason, ending: Ending, nowMs: number): SessionStep => {
  const untilMs = waitsForProfile(machine, why, nowMs);
  if (untilMs === undefined) return closeNow({ ...machine, ending }, why, nowMs);
  return enter(
    { ...machine, ending, settling: true },
    { state: 'stopping', sinceMs: nowMs, why, waitsUntilMs: untilMs },
    untilMs,
    [{ type: 'settle', untilMs }],
  );
};

export const endingOf = (why: StopReason): Ending => ({ next: why === 'restart' ? 'start' : 'stopped' });
export const dropProfile: SessionEffect = { type: 'put_profile_aside', keep: false };
export const isLogout = (why: StopReason): boolean => why === 'logout';

export const toStopping = (machine: SessionMachine, { why }: EventOf<'stop'>, nowMs: number): SessionStep =>
  stopping(isLogout(why) ? { ...machine, profile: 'dropped' } : machine, why, endingOf(why), nowMs);

/** Without processes there is nobody to unlink the device with; the login on this computer goes all the same. */
export const stopAtRest = (machine: SessionMachine, { why }: EventOf<'stop'>, nowMs: number): SessionStep =>
  rest(machine, nowMs, isLogout(why) ? [dropProfile] : []);

export const toFailure = (machine: SessionMachine, error: OperationErrorShape, nowMs: number): SessionStep => {
  // A proxy that cannot be reached for want of a network has not failed.
  if (error.code === 'PROXY_FAILED' && machine.offline)
    return stopping(machine, 'failed', { next: 'retry', error }, nowMs);
  if (!failures.isFinal(error)) return stopping(machine, 'failed', { next: 'retry', error }, nowMs);
  const final =
    error.code === 'SESSION_LINK_EXPIRED' && machine.unlinked ? failures.linkExpired(machine.label, true) : error;
  return stopping(machine, 'failed', { next: 'failed', error: final }, nowMs);
};

export const toTimedOut = (machine: SessionMachine, what: string, nowMs: number): SessionStep =>
  toFailure(machine, failures.timedOut(machine.label, what), nowMs);

export const toLinking = (machine: SessionMachine, event: EventOf<'qr'>, nowMs: number): SessionStep => {
  const { attempt, maxAttempts, lifetimeMs } = event;
  const expiresAtMs = nowMs + lifetimeMs;
  return enter(
    machine,
    { state: 'linking', sinceMs: nowMs, method: 'qr', attempt, maxAttempts, expiresAtMs },
    expiresAtMs + sessionDeadlines.linkGraceMs,
  );
};

export const toCode = (machine: In<'linking'>, { lifetimeMs }: EventOf<'pairing_code'>, nowMs: number): SessionStep => {
  const expiresAtMs = nowMs + lifetimeMs;
  return enter(
    machine,
    { ...machine.status, sinceMs: nowMs, method: 'code', expiresAtMs },
    expiresAtMs + sessionDeadlines.linkGraceMs,
  );
};

export const toPasskey = (machine: SessionMachine, _event: unknown, nowMs: number): SessionStep => {
  const { status } = machine;
  if (status.state === 'linking' && status.method === 'passkey') return stay(machine);
  const expiresAtMs = nowMs + sessionDeadlines.passkeyMs;
  const { attempt, maxAttempts } = status.state === 'linking' ? status : { attempt: 1, maxAttempts: 1 };
  return enter(
    machine,
    { state: 'linking', sinceMs: nowMs, method: 'passkey', attempt, maxAttempts, expiresAtMs },
    expiresAtMs,
  );
};

/** A phone has linked this very life, if it was waiting for one. */
const linkedAt = (machine: SessionMachine, nowMs: number): number | undefined =>
  machine.status.state === 'linking' ? nowMs : machine.linkedAtMs;

export const toSyncing = (machine: SessionMachine, { percent }: EventOf<'syncing'>, nowMs: number): SessionStep =>
  enter(
    { ...machine, linkedAtMs: linkedAt(machine, nowMs) },
    { state: 'syncing', sinceMs: nowMs, percent },
    nowMs + machine.rules.syncProgressMs,
  );

export const readyStatus = (
  sinceMs: number,
  me: AccountIdentity,
  missing: readonly string[],
): Extract<SessionState, { readonly state: 'ready' }> => ({
  state: 'ready',
  sinceMs,
  me,
  ...(missing.length === 0 ? {} : { missing: [...missing] }),
});

export const toReady = (
  machine: SessionMachine,
  { me, missing = [] }: Omit<EventOf<'ready'>, 'type'>,
  nowMs: number,
): SessionStep =>
  enter(
    {
      ...machine,
      me,
      missing,
      missedProbes: 0,
      unlinked: false,
      linkedAtMs: linkedAt(machine, nowMs),
      readySinceMs: machine.readySinceMs ?? nowMs,
    },
    readyStatus(nowMs, me, missing),
    undefined,
  );

export const toReadyAgain = (machine: In<'reconnecting'>, _event: unknown, nowMs: number): SessionStep =>
  toReady(machine, { me: machine.status.me, missing: machine.missing }, nowMs);

export const toReconnecting = (machine: In<'ready'>, reason: string, nowMs: number): SessionStep =>
  enter(
    { ...machine, missedProbes: 0 },
    { state: 'reconnecting', sinceMs: nowMs, reason, me: machine.status.me },
    nowMs + sessionDeadlines.reconnectMs,
  );

export const toLoggedOut = (machine: SessionMachine, _event: unknown, nowMs: number): SessionStep => {
  const lastError = { atMs: nowMs, error: failures.loggedOut(machine.label) };
  const spent = { ...machine, profile: 'aside' as const, unlinked: true, looking: false, lastError };
  return stopping(spent, 'logged_out', { next: 'start' }, nowMs);
};

export const toNumberTaken = (
  machine: SessionMachine,
  { error }: EventOf<'number_taken'>,
  nowMs: number,
): SessionStep => stopping({ ...machine, profile: 'dropped' }, 'failed', { next: 'failed', error }, nowMs);

/** What a spent profile needs before anything else happens to the account. */
const archiving = (machine: SessionMachine): readonly SessionEffect[] =>
  machine.profile === 'kept' ? [] : [{ type: 'put_profile_aside', keep: machine.profile === 'aside' }];

export const toCrashed = (machine: SessionMachine, { fraction }: EventOf<'exited'>, nowMs: number): SessionStep =>
  retryLater(machine, failures.crashed(machine.label), fraction, nowMs);

export const toEnd = (machine: In<'stopping'>, { fraction }: EventOf<'exited'>, nowMs: number): SessionStep => {
  const { ending } = machine;
  const first = archiving(machine);
  const over = { ...machine, settling: false, profile: 'kept' as const };
  if (ending.next === 'stopped') return rest(over, nowMs, first);
  if (ending.next === 'start') return launch(over, nowMs, first);
  if (ending.next === 'asleep') return fallAsleep(over, nowMs, first);
  if (ending.next === 'failed') return fail(over, ending.error, nowMs, first);
  return retryLater(over, ending.error, fraction, nowMs, first);
};

export const missProbe = (machine: SessionMachine, _event: unknown, nowMs: number): SessionStep => {
  const missedProbes = machine.missedProbes + 1;
  // One silence may be a busy page: it is asked once more, at once.
  return missedProbes < maxMissedProbes
    ? { state: { ...machine, missedProbes }, effects: [{ type: 'probe_now' }] }
    : toTimedOut(machine, 'no longer answers', nowMs);
};

export const answerProbe = (machine: SessionMachine): SessionStep => stay({ ...machine, missedProbes: 0 });

/** What is due while there is no network waits for it. */
export const unlessOffline =
  <Name extends SessionStateName>(due: Handler<Name, 'deadline'>): Handler<Name, 'deadline'> =>
  (machine, event, nowMs) =>
    machine.offline ? arm(machine, nowMs + sessionDeadlines.offlineMs) : due(machine, event, nowMs);

/** Time in which nothing could happen does not count. */
const grantAnew = (machine: SessionMachine, nowMs: number): SessionStep => {
  switch (machine.status.state) {
    case 'starting':
      return arm(machine, nowMs + (machine.spawned ? machine.rules.startMs : sessionDeadlines.queueMs));
    case 'syncing':
      return arm(machine, nowMs + machine.rules.syncProgressMs);
    case 'reconnecting':
      return arm(machine, nowMs + sessionDeadlines.reconnectMs, [{ type: 'probe_now' }]);
    case 'ready':
      return { state: machine, effects: [{ type: 'probe_now' }] };
    case 'linking':
      return arm(machine, nowMs + sessionDeadlines.linkGraceMs);
    // What became due while the computer slept is done now; an account that failed for want of a network tries at once.
    case 'backoff':
      return failures.isOffline(machine.status.error) || machine.status.retryAtMs <= nowMs
        ? launch(machine, nowMs)
        : arm(machine, machine.status.retryAtMs);
    case 'asleep':
      return machine.status.nextLookAtMs <= nowMs ? launch(machine, nowMs) : arm(machine, machine.status.nextLookAtMs);
    default:
      return stay(machine);
  }
};

/** What the computer does as a whole means the same in every state. */
export const outside = {
  network_down: (machine: SessionMachine) => stay({ ...machine, offline: true }),
  network_up: (machine: SessionMachine, _event: unknown, nowMs: number) =>
    machine.offline ? grantAnew({ ...machine, offline: false }, nowMs) : stay(machine),
  resumed: (machine: SessionMachine, _event: unknown, nowMs: number) =>
    machine.offline ? stay(machine) : grantAnew(machine, nowMs),
} as const;
