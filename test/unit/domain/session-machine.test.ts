import { describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { backoffRules } from '../../../electron/domain/backoff';
import type { SessionEffect, SessionEvent } from '../../../electron/domain/session-events';
import { next } from '../../../electron/domain/session-machine';
import { defaultRules, sessionDeadlines } from '../../../electron/domain/session-rules';
import { initialSession, type SessionMachine } from '../../../electron/domain/session-state';

const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: 'Sales' };
const crash = new OperationError('SESSION_CRASHED', 'Account “Sales” lost its browser.').toShape();
const start: SessionEvent = { type: 'start', label: 'Sales' };
const spawned: SessionEvent = { type: 'spawned', rules: defaultRules };
const ready: SessionEvent = { type: 'ready', me };
const exited: SessionEvent = { type: 'exited', fraction: 1 };
const deadline: SessionEvent = { type: 'deadline' };

interface Walk {
  readonly machine: SessionMachine;
  /** Of the last event. */
  readonly effects: readonly SessionEffect[];
}

/** Runs events one second apart, from `fromMs`. */
const walk = (events: readonly SessionEvent[], machine = initialSession('Sales', 0), fromMs = 1_000): Walk =>
  events.reduce<Walk>(
    (so, event, index) => {
      const step = next(so.machine, event, fromMs + index * 1_000);
      return { machine: step.state, effects: step.effects };
    },
    { machine, effects: [] },
  );

const types = (effects: readonly SessionEffect[]): readonly string[] => effects.map((effect) => effect.type);

describe('session machine', () => {
  it('gives every start a generation of its own', () => {
    const first = walk([start]);
    expect(first.effects).toContainEqual({ type: 'launch', generation: 1 });
    const second = walk([start, exited, start]);
    expect(second.effects).toContainEqual({ type: 'launch', generation: 2 });
    expect(second.machine.generation).toBe(2);
  });

  it('counts the time to start from the worker’s first breath, not from the place in the queue', () => {
    const queued = walk([start]);
    expect(queued.machine.deadlineAtMs).toBe(1_000 + sessionDeadlines.queueMs);
    const running = walk([start, spawned]);
    expect(running.machine.deadlineAtMs).toBe(2_000 + defaultRules.startMs);
  });

  it('stops a start that takes too long and tries again after its processes are gone', () => {
    const late = walk([start, spawned, deadline]);
    expect(late.machine.status).toMatchObject({ state: 'stopping', why: 'failed' });
    expect(types(late.effects)).toContain('stop_worker');
    const gone = walk([exited], late.machine, 10_000);
    expect(gone.machine.status).toMatchObject({ state: 'backoff', attempt: 1, error: { code: 'SESSION_TIMEOUT' } });
  });

  it('kills what does not stop within ten seconds, again and again, and believes only in its exit', () => {
    const stopping = walk([start, ready, { type: 'stop', why: 'user' }]);
    expect(stopping.machine.deadlineAtMs).toBe(3_000 + 10_000);
    const killed = walk([deadline], stopping.machine, 13_000);
    expect(killed.effects).toEqual([
      { type: 'kill_tree' },
      { type: 'arm_deadline', atMs: 13_000 + sessionDeadlines.killMs },
    ]);
    expect(killed.machine.status.state).toBe('stopping');
    expect(types(walk([deadline], killed.machine, 18_000).effects)).toContain('kill_tree');
    expect(walk([exited], killed.machine, 19_000).machine.status.state).toBe('stopped');
  });

  it('starts again by itself when it was started while stopping', () => {
    const { machine, effects } = walk([start, ready, { type: 'stop', why: 'user' }, start, exited]);
    expect(machine.status.state).toBe('starting');
    expect(effects).toContainEqual({ type: 'launch', generation: 2 });
  });

  it('stays stopped when the last word was stop', () => {
    const stop: SessionEvent = { type: 'stop', why: 'user' };
    expect(walk([start, ready, stop, start, stop, exited]).machine.status.state).toBe('stopped');
    expect(walk([start, { type: 'worker_failed', error: crash }, stop, exited]).machine.status.state).toBe('stopped');
  });

  it('puts the profile aside and asks for a new code after the phone unlinked it', () => {
    const { machine, effects } = walk([start, ready, { type: 'logged_out' }, exited]);
    expect(machine).toMatchObject({
      status: { state: 'starting' },
      lastError: { error: { code: 'SESSION_LOGGED_OUT', message: expect.stringContaining('“Sales”') } },
    });
    expect(types(effects).slice(0, 2)).toEqual(['put_profile_aside', 'launch']);
    expect(effects).toContainEqual({ type: 'put_profile_aside', keep: true });
    const stoppedMeanwhile = walk([start, ready, { type: 'logged_out' }, { type: 'stop', why: 'user' }, exited]);
    expect(stoppedMeanwhile.machine.status.state).toBe('stopped');
    expect(stoppedMeanwhile.effects).toContainEqual({ type: 'put_profile_aside', keep: true });
    expect(types(walk([start], stoppedMeanwhile.machine).effects)).not.toContain('put_profile_aside');
  });

  it('fails as unlinked, not as expired, when nobody scans the new code', () => {
    const expired = new OperationError('SESSION_LINK_EXPIRED', 'No phone.').toShape();
    const qr: SessionEvent = { type: 'qr', attempt: 1, maxAttempts: 5, lifetimeMs: 60_000 };
    const ended: readonly SessionEvent[] = [qr, { type: 'worker_failed', error: expired }, exited];
    expect(walk([start, ...ended]).machine.status).toMatchObject({
      state: 'failed',
      error: { code: 'SESSION_LINK_EXPIRED' },
    });
    expect(walk([start, ready, { type: 'logged_out' }, exited, ...ended]).machine.status).toMatchObject({
      state: 'failed',
      error: { code: 'SESSION_LOGGED_OUT' },
    });
  });

  it('gives each code its own deadline and fails when the page shows no further one', () => {
    const linking = walk([start, { type: 'qr', attempt: 3, maxAttempts: 5, lifetimeMs: 20_000 }]);
    expect(linking.machine.status).toMatchObject({ state: 'linking', attempt: 3, expiresAtMs: 22_000 });
    expect(linking.machine.deadlineAtMs).toBe(22_000 + sessionDeadlines.linkGraceMs);
    expect(walk([deadline, exited], linking.machine, 90_000).machine.status.state).toBe('failed');
  });

  it('gives a sync ten minutes after each new percentage, not after each message', () => {
    const first = walk([start, { type: 'syncing', percent: 10 }]);
    const same = walk([{ type: 'syncing', percent: 10 }], first.machine, 60_000);
    expect(same.machine.deadlineAtMs).toBe(first.machine.deadlineAtMs);
    expect(same.effects).toEqual([]);
    const further = walk([{ type: 'syncing', percent: 11 }], first.machine, 60_000);
    expect(further.machine.deadlineAtMs).toBe(60_000 + defaultRules.syncProgressMs);
  });

  it('watches the page while ready and reconnecting and no longer', () => {
    expect(types(walk([start, ready]).effects)).toContain('start_heartbeat');
    expect(types(walk([start, ready, { type: 'connection_lost', reason: 'x' }]).effects)).not.toContain(
      'stop_heartbeat',
    );
    expect(types(walk([start, ready, exited]).effects)).toContain('stop_heartbeat');
  });

  it('starts a session anew after two unanswered probes in a row, not after one', () => {
    const missed: SessionEvent = { type: 'probe_missed' };
    const interrupted = walk([start, ready, missed, { type: 'probe_connected' }, missed]);
    expect(interrupted.machine.status.state).toBe('ready');
    expect(walk([missed], interrupted.machine, 90_000).machine.status).toMatchObject({
      state: 'stopping',
      why: 'failed',
    });
  });

  it('believes the page more than the last event', () => {
    expect(walk([start, ready, { type: 'probe_disconnected' }]).machine.status).toMatchObject({
      state: 'reconnecting',
      me,
    });
    const healed = walk([start, ready, { type: 'connection_lost', reason: 'x' }, { type: 'probe_connected' }]);
    expect(healed.machine.status).toMatchObject({ state: 'ready', me });
  });

  it('gives up after six failures in a row and starts to count anew when a person starts it', () => {
    let machine = walk([start]).machine;
    for (let failure = 1; failure < backoffRules.breakerFailures; failure += 1) {
      machine = walk([exited, deadline], machine, failure * 60_000).machine;
      expect(machine.status).toMatchObject({ state: 'starting', attempt: failure });
    }
    machine = walk([exited], machine, 6 * 60_000).machine;
    expect(machine.status).toMatchObject({ state: 'failed', error: { code: 'SESSION_CRASHED' } });
    machine = walk([start, exited], machine, 7 * 60_000).machine;
    expect(machine.status).toMatchObject({ state: 'backoff', attempt: 1 });
  });

  it('never gives up for want of a network, only waits longer', () => {
    const offline = new OperationError('SESSION_START_FAILED', 'No network.', { data: { offline: true } }).toShape();
    let machine = walk([start]).machine;
    for (let failure = 1; failure <= 20; failure += 1) {
      machine = walk([{ type: 'worker_failed', error: offline }, exited], machine, failure * 60_000).machine;
      expect(machine.status).toMatchObject({ state: 'backoff', attempt: failure });
      machine = walk([deadline], machine, failure * 60_000 + 2_000).machine;
    }
    expect(machine.failuresMs).toEqual([]);
  });

  it('forgets earlier failures once a session was ready for two minutes, drops of the link included', () => {
    const drop: readonly SessionEvent[] = [{ type: 'connection_lost', reason: 'x' }, { type: 'connection_restored' }];
    const unsteady = walk([start, exited, deadline, exited, deadline, ready, ...drop]);
    const soon = walk([exited], unsteady.machine, 60_000);
    expect(soon.machine.status).toMatchObject({ state: 'backoff', attempt: 3 });
    const later = walk([exited], unsteady.machine, 6_000 + backoffRules.stableMs);
    expect(later.machine.status).toMatchObject({ state: 'backoff', attempt: 1 });
  });

  it('retries at once when a person asks for it during a backoff', () => {
    const { machine, effects } = walk([start, exited, start]);
    expect(machine.status).toMatchObject({ state: 'starting', attempt: 0 });
    expect(types(effects)).toContain('launch');
  });

  it('names the account in every error that it makes', () => {
    const failures: readonly (readonly SessionEvent[])[] = [
      [start, exited],
      [start, deadline, exited],
      [start, { type: 'syncing', percent: 1 }, deadline, exited],
      [start, ready, { type: 'connection_lost', reason: 'x' }, deadline, exited],
      [start, ready, { type: 'probe_missed' }, { type: 'probe_missed' }, exited],
      [start, { type: 'qr', attempt: 1, maxAttempts: 1, lifetimeMs: 1 }, deadline, exited],
    ];
    for (const events of failures) {
      const { status } = walk(events).machine;
      expect(status).toHaveProperty('error.message', expect.stringContaining('“Sales”'));
    }
  });
});
