import { describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import type { SessionEvent, SessionEventType } from '../../../electron/domain/session-events';
import { next } from '../../../electron/domain/session-machine';
import { defaultRules } from '../../../electron/domain/session-rules';
import { initialSession, type SessionMachine } from '../../../electron/domain/session-state';

const crash = new OperationError('SESSION_CRASHED', 'Account “Sales” broke.').toShape();
const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: 'Sales' };

const samples: { readonly [Type in SessionEventType]: Extract<SessionEvent, { readonly type: Type }> } = {
  start: { type: 'start', label: 'Sales' },
  stop: { type: 'stop', why: 'user' },
  sleep: { type: 'sleep', lookEveryMs: 600_000 },
  wake: { type: 'wake' },
  spawned: { type: 'spawned', rules: defaultRules },
  launch_failed: { type: 'launch_failed', error: crash, fraction: 0.5 },
  qr: { type: 'qr', attempt: 2, maxAttempts: 5, lifetimeMs: 20_000 },
  pairing_code: { type: 'pairing_code', lifetimeMs: 180_000 },
  passkey: { type: 'passkey' },
  syncing: { type: 'syncing', percent: 40 },
  ready: { type: 'ready', me },
  number_taken: { type: 'number_taken', error: { ...crash, code: 'NUMBER_ALREADY_LINKED' } },
  connection_lost: { type: 'connection_lost', reason: 'WhatsApp Web is TIMEOUT' },
  connection_restored: { type: 'connection_restored' },
  logged_out: { type: 'logged_out' },
  worker_failed: { type: 'worker_failed', error: crash },
  settled: { type: 'settled' },
  exited: { type: 'exited', fraction: 0.5 },
  deadline: { type: 'deadline' },
  probe_connected: { type: 'probe_connected' },
  probe_disconnected: { type: 'probe_disconnected' },
  probe_missed: { type: 'probe_missed' },
  network_down: { type: 'network_down' },
  network_up: { type: 'network_up' },
  resumed: { type: 'resumed' },
};

const walk = (...events: readonly SessionEvent[]): SessionMachine =>
  events.reduce((machine, event) => next(machine, event, 1_000).state, initialSession('Sales', 0));

const { start, spawned, qr, syncing, ready, connection_lost, exited, stop, sleep } = samples;
const givenStates = {
  stopped: walk(),
  starting: walk(start),
  linking: walk(start, spawned, { ...qr, attempt: 1 }),
  syncing: walk(start, spawned, { ...syncing, percent: 10 }),
  ready: walk(start, spawned, ready),
  reconnecting: walk(start, spawned, ready, connection_lost),
  backoff: walk(start, spawned, exited),
  asleep: walk(start, spawned, ready, sleep, exited),
  stopping: walk(start, spawned, ready, stop),
  failed: walk(start, spawned, { ...samples.worker_failed, error: { ...crash, code: 'SESSION_LINK_EXPIRED' } }, exited),
};

// What each event does in each state: the state that follows; `=` the same state on purpose; `!` not expected here:
// nothing changes and it is reported.
const columns = [
  'stopped',
  'starting',
  'linking',
  'syncing',
  'ready',
  'reconnecting',
  'backoff',
  'asleep',
  'stopping',
  'failed',
] as const;
const expectations: { readonly [Type in SessionEventType]: string } = {
  // from:              stopped      starting     linking      syncing      ready        reconn.      backoff      asleep       stopping     failed
  start:
    'starting     =            =            =            =            =            starting     starting     =            starting',
  stop: '=            stopping     stopping     stopping     stopping     stopping     stopped      stopped      =            stopped',
  sleep:
    '=            =            =            =            stopping     =            =            =            =            =',
  wake: '=            =            =            =            =            =            =            starting     =            =',
  spawned:
    '!            =            !            !            !            !            !            !            =            !',
  launch_failed:
    '!            backoff      !            !            !            !            !            !            !            !',
  qr: '!            linking      linking      linking      !            !            !            !            =            !',
  pairing_code:
    '!            !            linking      !            !            !            !            !            =            !',
  passkey:
    '!            linking      linking      linking      !            !            !            !            =            !',
  syncing:
    '!            syncing      syncing      syncing      =            =            !            !            =            !',
  ready:
    '!            ready        ready        ready        ready        ready        !            !            =            !',
  number_taken:
    '!            stopping     stopping     stopping     stopping     !            !            !            =            !',
  connection_lost:
    '!            !            !            !            reconnecting =            !            !            =            !',
  connection_restored:
    '!            !            !            !            =            ready        !            !            =            !',
  logged_out:
    '!            stopping     stopping     stopping     stopping     stopping     !            !            =            !',
  worker_failed:
    '!            stopping     stopping     stopping     stopping     stopping     !            !            =            !',
  settled:
    '!            !            !            !            !            !            !            !            =            !',
  exited:
    '!            backoff      backoff      backoff      backoff      backoff      !            !            stopped      !',
  deadline:
    '!            stopping     stopping     stopping     !            stopping     starting     starting     =            !',
  probe_connected:
    '!            !            !            !            =            ready        !            !            =            !',
  probe_disconnected:
    '!            !            !            !            reconnecting =            !            !            =            !',
  probe_missed:
    '!            !            !            !            =            =            !            !            =            !',
  network_down:
    '=            =            =            =            =            =            =            =            =            =',
  network_up:
    '=            =            =            =            =            =            =            =            =            =',
  resumed:
    '=            =            =            =            =            =            =            =            =            =',
};

const pairs = Object.entries(expectations).flatMap(([event, row]) => {
  const cells = row.trim().split(/\s+/);
  if (cells.length !== columns.length) throw new Error(`row ${event} has ${cells.length} cells`);
  return columns.map((from, index) => ({ from, event: event as SessionEventType, expected: cells[index] ?? '' }));
});

describe('session machine, every state with every event', () => {
  it('starts each row of the table in the state that it names', () => {
    for (const name of columns) expect(givenStates[name].status.state).toBe(name);
    expect(pairs).toHaveLength(Object.keys(samples).length * columns.length);
  });

  it.each(pairs)('$from + $event → $expected', ({ from, event, expected }) => {
    const before: SessionMachine = givenStates[from];
    const step = next(before, samples[event], 1_100);
    const reports = step.effects.filter((effect) => effect.type === 'report');
    if (expected === '!') {
      expect(reports).toEqual([{ type: 'report', state: from, event }]);
      expect(step.effects).toHaveLength(1);
      expect(step.state).toBe(before);
      return;
    }
    expect(reports).toEqual([]);
    expect(step.state.status.state).toBe(expected === '=' ? from : expected);
  });
});
