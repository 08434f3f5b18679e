import type { AccountIdentity } from '../contract/entities/account';
import type { SessionState, SessionStateName, StopReason } from '../contract/entities/session';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import { backoffDelayMs, backoffRules, countFailure, isBreakerOpen } from './backoff';
import type { SessionEffect, SessionEvent, SessionEventType } from './session-events';

/** How long each state may last, in ms. `stopped`, `ready` and `failed` are at rest. */
export const sessionDeadlines = {
  /** Waiting for a turn to start; other accounts go first. */
  queueMs: 10 * 60_000,
  /** From the worker's first breath to a code, a sync or `ready`. */
  startMs: 60_000,
  /** After a code has expired: time for the page to show the next one. */
  linkGraceMs: 60_000,
  /** Syncing without a new percentage. */
  syncProgressMs: 10 * 60_000,
  reconnectMs: 5 * 60_000,
  /** For the worker to close its browser and exit. */
  stopMs: 10_000,
  /** Between two attempts to kill what is left. */
  killMs: 5_000,
} as const;

/** Consecutive unanswered probes after which a session is started anew. */
export const maxMissedProbes = 2;

/** What follows once the processes of a stopping session are gone. */
type Ending =
  | { readonly next: 'stopped' }
  | { readonly next: 'start' }
  | { readonly next: 'retry'; readonly error: OperationErrorShape }
  | { readonly next: 'failed'; readonly error: OperationErrorShape };

/** The public state and what the machine has to remember beside it. */
export interface SessionMachine {
  readonly status: SessionState;
  /** The account's label, for messages. */
  readonly label: string;
  /** Number of the newest worker life, 0 before the first. */
  readonly generation: number;
  /** Wall-clock ms of the armed deadline. */
  readonly deadlineAtMs: number | undefined;
  /** Failures in a row. */
  readonly attempt: number;
  /** When they happened, as far as they count for the breaker. */
  readonly failuresMs: readonly number[];
  /** Since when this generation has been ready, drops included. */
  readonly readySinceMs: number | undefined;
  readonly missedProbes: number;
  /** WhatsApp has unlinked the device: the profile's login is worthless. */
  readonly profileSpent: boolean;
  /** The login was taken away and no phone has linked since. */
  readonly unlinked: boolean;
  readonly ending: Ending;
}

export interface SessionStep {
  readonly state: SessionMachine;
  readonly effects: readonly SessionEffect[];
}

/** A session that never ran. */
export const initialSession = (label: string, nowMs: number): SessionMachine => ({
  status: { state: 'stopped', sinceMs: nowMs },
  label,
  generation: 0,
  deadlineAtMs: undefined,
  attempt: 0,
  failuresMs: [],
  readySinceMs: undefined,
  missedProbes: 0,
  profileSpent: false,
  unlinked: false,
  ending: { next: 'stopped' },
});

type In<Name extends SessionStateName> = SessionMachine & {
  readonly status: Extract<SessionState, { readonly state: Name }>;
};
type Handler<Name extends SessionStateName, Type extends SessionEventType> = (
  machine: In<Name>,
  event: Extract<SessionEvent, { readonly type: Type }>,
  nowMs: number,
) => SessionStep;
type Table = {
  readonly [Name in SessionStateName]: { readonly [Type in SessionEventType]?: Handler<Name, Type> };
};

/** Listed, and on purpose without consequence. */
const stay = (machine: SessionMachine): SessionStep => ({ state: machine, effects: [] });

const isWatched = (status: SessionState): boolean => status.state === 'ready' || status.state === 'reconnecting';

/** Enters a state: deadline, heartbeat and publication follow from it. `first` is done before them. */
const enter = (
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

const launch = (machine: SessionMachine, nowMs: number): SessionStep => {
  const generation = machine.generation + 1;
  return enter(
    { ...machine, generation, readySinceMs: undefined, profileSpent: false },
    { state: 'starting', sinceMs: nowMs, attempt: machine.attempt },
    nowMs + sessionDeadlines.queueMs,
    [{ type: 'launch', generation, freshProfile: machine.profileSpent }],
  );
};

/** A person asks for a start: what failed before no longer counts. */
const startAnew = (machine: SessionMachine, event: { readonly label: string }, nowMs: number): SessionStep =>
  launch({ ...machine, label: event.label, attempt: 0, failuresMs: [], unlinked: false }, nowMs);

const rest = (machine: SessionMachine, nowMs: number): SessionStep =>
  enter({ ...machine, attempt: 0, failuresMs: [] }, { state: 'stopped', sinceMs: nowMs }, undefined);

const fail = (machine: SessionMachine, error: OperationErrorShape, nowMs: number): SessionStep =>
  enter(machine, { state: 'failed', sinceMs: nowMs, error }, undefined);

/** Without a network nothing is wrong with the session: trying again goes on for as long as it takes. */
const isOffline = (error: OperationErrorShape): boolean => error.data?.['offline'] === true;

const retryLater = (
  machine: SessionMachine,
  error: OperationErrorShape,
  fraction: number,
  nowMs: number,
): SessionStep => {
  const stable = machine.readySinceMs !== undefined && nowMs - machine.readySinceMs >= backoffRules.stableMs;
  const earlierMs = stable ? [] : machine.failuresMs;
  const failuresMs = isOffline(error) ? earlierMs : countFailure(earlierMs, nowMs);
  const attempt = (stable ? 0 : machine.attempt) + 1;
  const counted = { ...machine, failuresMs, attempt };
  if (isBreakerOpen(failuresMs)) return fail(counted, error, nowMs);
  const retryAtMs = nowMs + backoffDelayMs(attempt, fraction);
  return enter(counted, { state: 'backoff', sinceMs: nowMs, attempt, retryAtMs, error }, retryAtMs);
};

const stopping = (machine: SessionMachine, why: StopReason, ending: Ending, nowMs: number): SessionStep =>
  enter({ ...machine, ending }, { state: 'stopping', sinceMs: nowMs, why }, nowMs + sessionDeadlines.stopMs, [
    { type: 'stop_worker' },
  ]);

const endingOf = (why: StopReason): Ending => ({ next: why === 'restart' ? 'start' : 'stopped' });

const timedOut = (machine: SessionMachine, what: string): OperationErrorShape =>
  new OperationError('SESSION_TIMEOUT', `Account “${machine.label}” ${what}. It is started again.`).toShape();

const linkExpired = (machine: SessionMachine): OperationErrorShape =>
  machine.unlinked
    ? new OperationError(
        'SESSION_LOGGED_OUT',
        `WhatsApp unlinked account “${machine.label}” and no phone has scanned the new code. Start it to link it again.`,
      ).toShape()
    : new OperationError(
        'SESSION_LINK_EXPIRED',
        `No phone has scanned the codes of account “${machine.label}”. Start it to get a new code.`,
      ).toShape();

const toStopping = (machine: SessionMachine, event: { readonly why: StopReason }, nowMs: number): SessionStep =>
  stopping(machine, event.why, endingOf(event.why), nowMs);

const toFailure = (machine: SessionMachine, error: OperationErrorShape, nowMs: number): SessionStep =>
  // Codes that nobody scans are not a fault that another try repairs.
  error.code === 'SESSION_LINK_EXPIRED'
    ? stopping(machine, 'failed', { next: 'failed', error: linkExpired(machine) }, nowMs)
    : stopping(machine, 'failed', { next: 'retry', error }, nowMs);

const toLinking = (
  machine: SessionMachine,
  event: Extract<SessionEvent, { readonly type: 'qr' }>,
  nowMs: number,
): SessionStep => {
  const { attempt, maxAttempts, lifetimeMs } = event;
  const expiresAtMs = nowMs + lifetimeMs;
  return enter(
    machine,
    { state: 'linking', sinceMs: nowMs, method: 'qr', attempt, maxAttempts, expiresAtMs },
    expiresAtMs + sessionDeadlines.linkGraceMs,
  );
};

const toSyncing = (machine: SessionMachine, event: { readonly percent: number }, nowMs: number): SessionStep =>
  enter(machine, { state: 'syncing', sinceMs: nowMs, percent: event.percent }, nowMs + sessionDeadlines.syncProgressMs);

const toReady = (machine: SessionMachine, event: { readonly me: AccountIdentity }, nowMs: number): SessionStep =>
  enter(
    { ...machine, missedProbes: 0, unlinked: false, readySinceMs: machine.readySinceMs ?? nowMs },
    { state: 'ready', sinceMs: nowMs, me: event.me },
    undefined,
  );

const toReconnecting = (machine: In<'ready'>, reason: string, nowMs: number): SessionStep =>
  enter(
    { ...machine, missedProbes: 0 },
    { state: 'reconnecting', sinceMs: nowMs, reason, me: machine.status.me },
    nowMs + sessionDeadlines.reconnectMs,
  );

const toLoggedOut = (machine: SessionMachine, _event: unknown, nowMs: number): SessionStep =>
  stopping({ ...machine, profileSpent: true, unlinked: true }, 'logged_out', { next: 'start' }, nowMs);

const toCrashed = (machine: SessionMachine, event: { readonly fraction: number }, nowMs: number): SessionStep =>
  retryLater(
    machine,
    new OperationError(
      'SESSION_CRASHED',
      `The processes of account “${machine.label}” ended. It is started again.`,
    ).toShape(),
    event.fraction,
    nowMs,
  );

const missProbe = (machine: SessionMachine, _event: unknown, nowMs: number): SessionStep => {
  const missedProbes = machine.missedProbes + 1;
  return missedProbes < maxMissedProbes
    ? stay({ ...machine, missedProbes })
    : toFailure(machine, timedOut(machine, 'no longer answers'), nowMs);
};

const answerProbe = (machine: SessionMachine): SessionStep => stay({ ...machine, missedProbes: 0 });

/** What every state with a living worker has in common. */
const alive = {
  start: stay,
  stop: toStopping,
  logged_out: toLoggedOut,
  worker_failed: (machine: SessionMachine, event: { readonly error: OperationErrorShape }, nowMs: number) =>
    toFailure(machine, event.error, nowMs),
  exited: toCrashed,
} as const;

const table: Table = {
  stopped: {
    start: startAnew,
    stop: stay,
  },
  starting: {
    ...alive,
    spawned: (machine, _event, nowMs) => {
      const atMs = nowMs + sessionDeadlines.startMs;
      return { state: { ...machine, deadlineAtMs: atMs }, effects: [{ type: 'arm_deadline', atMs }] };
    },
    launch_failed: (machine, event, nowMs) => retryLater(machine, event.error, event.fraction, nowMs),
    qr: toLinking,
    syncing: toSyncing,
    ready: toReady,
    deadline: (machine, _event, nowMs) => toFailure(machine, timedOut(machine, 'did not start in time'), nowMs),
  },
  linking: {
    ...alive,
    qr: toLinking,
    syncing: toSyncing,
    ready: toReady,
    deadline: (machine, _event, nowMs) =>
      stopping(machine, 'failed', { next: 'failed', error: linkExpired(machine) }, nowMs),
  },
  syncing: {
    ...alive,
    qr: toLinking,
    syncing: (machine, event, nowMs) =>
      event.percent === machine.status.percent ? stay(machine) : toSyncing(machine, event, nowMs),
    ready: toReady,
    deadline: (machine, _event, nowMs) =>
      toFailure(machine, timedOut(machine, 'made no progress while loading its chats'), nowMs),
  },
  ready: {
    ...alive,
    // A page that reloads by itself goes through both again.
    syncing: stay,
    ready: (machine, event) =>
      enter(machine, { state: 'ready', sinceMs: machine.status.sinceMs, me: event.me }, undefined),
    connection_lost: (machine, event, nowMs) => toReconnecting(machine, event.reason, nowMs),
    connection_restored: stay,
    probe_connected: answerProbe,
    probe_disconnected: (machine, _event, nowMs) => toReconnecting(machine, 'The page is not connected', nowMs),
    probe_missed: missProbe,
  },
  reconnecting: {
    ...alive,
    syncing: stay,
    ready: toReady,
    connection_lost: stay,
    connection_restored: (machine, _event, nowMs) => toReady(machine, machine.status, nowMs),
    deadline: (machine, _event, nowMs) =>
      toFailure(machine, timedOut(machine, 'could not connect to WhatsApp again'), nowMs),
    probe_connected: (machine, _event, nowMs) => toReady(machine, machine.status, nowMs),
    probe_disconnected: answerProbe,
    probe_missed: missProbe,
  },
  backoff: {
    start: startAnew,
    stop: (machine, _event, nowMs) => rest(machine, nowMs),
    deadline: (machine, _event, nowMs) => launch(machine, nowMs),
  },
  stopping: {
    start: (machine, event) =>
      stay({ ...machine, label: event.label, attempt: 0, failuresMs: [], ending: { next: 'start' } }),
    stop: (machine, event) => {
      const state = { ...machine, ending: endingOf(event.why) };
      if (event.why === machine.status.why) return stay(state);
      return { state: { ...state, status: { ...machine.status, why: event.why } }, effects: [{ type: 'publish' }] };
    },
    // A worker that is closing may still say what it had to say.
    spawned: stay,
    qr: stay,
    syncing: stay,
    ready: stay,
    connection_lost: stay,
    connection_restored: stay,
    logged_out: (machine) => stay({ ...machine, profileSpent: true, unlinked: true }),
    worker_failed: stay,
    probe_connected: stay,
    probe_disconnected: stay,
    probe_missed: stay,
    exited: (machine, event, nowMs) => {
      const { ending } = machine;
      if (ending.next === 'stopped') return rest(machine, nowMs);
      if (ending.next === 'start') return launch(machine, nowMs);
      if (ending.next === 'failed') return fail(machine, ending.error, nowMs);
      return retryLater(machine, ending.error, event.fraction, nowMs);
    },
    deadline: (machine, _event, nowMs) => {
      const atMs = nowMs + sessionDeadlines.killMs;
      return {
        state: { ...machine, deadlineAtMs: atMs },
        effects: [{ type: 'kill_tree' }, { type: 'arm_deadline', atMs }],
      };
    },
  },
  failed: {
    start: startAnew,
    stop: (machine, _event, nowMs) => rest(machine, nowMs),
  },
};

/**
 * The only writer of a session's state (see the design's table of states).
 * Pure and total: a pair that is not in the table changes nothing and is reported.
 *
 * @param machine The session so far.
 * @param event What happened.
 * @param nowMs Wall clock, ms since 1970.
 */
export const next = (machine: SessionMachine, event: SessionEvent, nowMs: number): SessionStep => {
  const { state } = machine.status;
  const handler = table[state][event.type] as
    | ((machine: SessionMachine, event: SessionEvent, nowMs: number) => SessionStep)
    | undefined;
  if (handler === undefined) {
    return { state: machine, effects: [{ type: 'report', state, event: event.type }] };
  }
  return handler(machine, event, nowMs);
};
