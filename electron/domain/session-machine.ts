import type { SessionStateName } from '../contract/entities/session';
import type { SessionEvent, SessionEventType } from './session-events';
import * as failures from './session-failures';
import { sessionDeadlines } from './session-rules';
import type { SessionMachine, SessionStep } from './session-state';
import {
  answerProbe,
  arm,
  closeNow,
  dropProfile,
  type EventOf,
  endingOf,
  enter,
  fail,
  type Handler,
  isLogout,
  launch,
  missProbe,
  outside,
  readyStatus,
  retryLater,
  startAnew,
  stay,
  stopAtRest,
  stopping,
  toCode,
  toCrashed,
  toEnd,
  toFailure,
  toLinking,
  toLoggedOut,
  toNumberTaken,
  toPasskey,
  toReady,
  toReadyAgain,
  toReconnecting,
  toStopping,
  toSyncing,
  toTimedOut,
  unlessOffline,
  waitsForProfile,
} from './session-steps';

type Table = {
  readonly [Name in SessionStateName]: { readonly [Type in SessionEventType]?: Handler<Name, Type> };
};

/** What every state with a living worker has in common. */
const alive = {
  ...outside,
  start: (machine: SessionMachine) => stay({ ...machine, looking: false }),
  wake: (machine: SessionMachine) => stay({ ...machine, looking: false }),
  sleep: stay,
  stop: toStopping,
  logged_out: toLoggedOut,
  worker_failed: (machine: SessionMachine, { error }: EventOf<'worker_failed'>, nowMs: number) =>
    toFailure(machine, error, nowMs),
  exited: toCrashed,
} as const;

/** What every state without a worker has in common. */
const atRest = { ...outside, start: startAnew, wake: stay, sleep: stay, stop: stopAtRest } as const;

const table: Table = {
  stopped: {
    ...atRest,
    stop: (machine, { why }) => (isLogout(why) ? { state: machine, effects: [dropProfile] } : stay(machine)),
  },
  starting: {
    ...alive,
    spawned: (machine, { rules }, nowMs) => arm({ ...machine, rules, spawned: true }, nowMs + rules.startMs),
    launch_failed: (machine, { error, fraction }, nowMs) =>
      failures.isFinal(error) ? fail(machine, error, nowMs) : retryLater(machine, error, fraction, nowMs),
    qr: toLinking,
    passkey: toPasskey,
    syncing: toSyncing,
    ready: toReady,
    number_taken: toNumberTaken,
    deadline: unlessOffline((machine, _event, nowMs) => toTimedOut(machine, 'did not start in time', nowMs)),
  },
  linking: {
    ...alive,
    qr: toLinking,
    pairing_code: toCode,
    passkey: toPasskey,
    syncing: toSyncing,
    ready: toReady,
    number_taken: toNumberTaken,
    deadline: unlessOffline((machine, _event, nowMs) => {
      const { label, unlinked, status } = machine;
      const error =
        status.method === 'passkey' ? failures.passkeyExpired(label) : failures.linkExpired(label, unlinked);
      return stopping(machine, 'failed', { next: 'failed', error }, nowMs);
    }),
  },
  syncing: {
    ...alive,
    qr: toLinking,
    passkey: toPasskey,
    syncing: (machine, event, nowMs) =>
      event.percent === machine.status.percent ? stay(machine) : toSyncing(machine, event, nowMs),
    ready: toReady,
    number_taken: toNumberTaken,
    deadline: unlessOffline((machine, _event, nowMs) =>
      toTimedOut(machine, 'made no progress while loading its chats', nowMs),
    ),
  },
  ready: {
    ...alive,
    // A page that reloads by itself goes through both again.
    syncing: stay,
    ready: (machine, { me, missing = [] }) =>
      enter({ ...machine, me, missing }, readyStatus(machine.status.sinceMs, me, missing), undefined),
    number_taken: toNumberTaken,
    sleep: (machine, { lookEveryMs }, nowMs) =>
      stopping({ ...machine, lookEveryMs }, 'sleep', { next: 'asleep' }, nowMs),
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
    connection_restored: toReadyAgain,
    deadline: unlessOffline((machine, _event, nowMs) =>
      toTimedOut(machine, 'could not connect to WhatsApp again', nowMs),
    ),
    probe_connected: toReadyAgain,
    probe_disconnected: answerProbe,
    probe_missed: missProbe,
  },
  backoff: {
    ...atRest,
    deadline: unlessOffline((machine, _event, nowMs) => launch(machine, nowMs)),
  },
  asleep: {
    ...atRest,
    wake: (machine, _event, nowMs) => launch({ ...machine, looking: false }, nowMs),
    deadline: unlessOffline((machine, _event, nowMs) => launch(machine, nowMs)),
  },
  stopping: {
    ...outside,
    start: (machine, { label }) =>
      stay({ ...machine, label, attempt: 0, failuresMs: [], looking: false, ending: { next: 'start' } }),
    wake: (machine) =>
      stay(machine.ending.next === 'asleep' ? { ...machine, looking: false, ending: { next: 'start' } } : machine),
    sleep: stay,
    stop: (machine, { why }, nowMs) => {
      const state = {
        ...machine,
        ending: endingOf(why),
        profile: isLogout(why) ? ('dropped' as const) : machine.profile,
      };
      if (machine.settling && waitsForProfile(machine, why, nowMs) === undefined) return closeNow(state, why, nowMs);
      if (why === machine.status.why) return stay(state);
      return { state: { ...state, status: { ...machine.status, why } }, effects: [{ type: 'publish' }] };
    },
    settled: (machine, _event, nowMs) =>
      machine.settling ? closeNow(machine, machine.status.why, nowMs) : stay(machine),
    // A worker that is closing may still say what it had to say.
    spawned: stay,
    qr: stay,
    pairing_code: stay,
    passkey: stay,
    syncing: stay,
    ready: stay,
    number_taken: stay,
    connection_lost: stay,
    connection_restored: stay,
    logged_out: (machine) =>
      stay({ ...machine, profile: machine.profile === 'kept' ? 'aside' : machine.profile, unlinked: true }),
    worker_failed: stay,
    probe_connected: stay,
    probe_disconnected: stay,
    probe_missed: stay,
    exited: toEnd,
    deadline: (machine, _event, nowMs) =>
      machine.settling
        ? closeNow(machine, machine.status.why, nowMs)
        : arm(machine, nowMs + sessionDeadlines.killMs, [{ type: 'kill_tree' }]),
  },
  failed: { ...atRest },
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
