import { describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import type { SessionEffect, SessionEvent } from '../../../electron/domain/session-events';
import { next } from '../../../electron/domain/session-machine';
import { defaultRules, sessionDeadlines, settleMs } from '../../../electron/domain/session-rules';
import { initialSession, type SessionMachine } from '../../../electron/domain/session-state';

const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: 'Sales' };
const start: SessionEvent = { type: 'start', label: 'Sales' };
const spawned: SessionEvent = { type: 'spawned', rules: defaultRules };
const qr: SessionEvent = { type: 'qr', attempt: 1, maxAttempts: 6, lifetimeMs: 60_000 };
const ready: SessionEvent = { type: 'ready', me };
const exited: SessionEvent = { type: 'exited', fraction: 1 };
const deadline: SessionEvent = { type: 'deadline' };
const stop = (why: Extract<SessionEvent, { readonly type: 'stop' }>['why']): SessionEvent => ({ type: 'stop', why });
const failure = (code: ConstructorParameters<typeof OperationError>[0]): SessionEvent => ({
  type: 'worker_failed',
  error: new OperationError(code, 'Account “Sales” cannot go on.').toShape(),
});

interface Walk {
  readonly machine: SessionMachine;
  readonly effects: readonly SessionEffect[];
}
const walk = (events: readonly SessionEvent[], machine = initialSession('Sales', 0), fromMs = 1_000): Walk =>
  events.reduce<Walk>(
    (so, event, index) => {
      const step = next(so.machine, event, fromMs + index * 1_000);
      return { machine: step.state, effects: step.effects };
    },
    { machine, effects: [] },
  );
const linked = [start, spawned, qr, { type: 'syncing', percent: 0 }, ready] as const;

describe('the ends of a session', () => {
  it.each(['SESSION_BANNED', 'SESSION_TERMS_BLOCKED', 'SESSION_CONFLICT', 'PROXY_FAILED'] as const)(
    'rests after %s and never tries again by itself',
    (code) => {
      const { machine } = walk([start, spawned, ready, failure(code), exited]);
      expect(machine.status).toMatchObject({ state: 'failed', error: { code } });
      expect(machine.deadlineAtMs).toBeUndefined();
      expect(machine.lastError?.error.code).toBe(code);
    },
  );

  it('fails at once when nothing may be started with these settings', () => {
    const error = new OperationError('CHROMIUM_FLAG_REFUSED', 'Account “Sales”: no.').toShape();
    expect(walk([start, { type: 'launch_failed', error, fraction: 0 }]).machine.status.state).toBe('failed');
  });

  it('does not start again after a crash when that is switched off, and says so', () => {
    const rules = { ...defaultRules, restartOnCrash: false };
    const { machine } = walk([start, { type: 'spawned', rules }, ready, exited]);
    expect(machine.status).toMatchObject({ state: 'failed', error: { code: 'SESSION_CRASHED' } });
    expect(machine.status).toHaveProperty('error.message', expect.stringContaining('switched off'));
    expect(machine.status).toHaveProperty('error.message', expect.not.stringContaining('It is started again'));
  });

  it('unlinks the device, drops its login and stays stopped when a person logs out', () => {
    const asked = walk([start, spawned, ready, stop('logout')]);
    expect(asked.effects).toContainEqual({ type: 'stop_worker', logout: true });
    const gone = walk([exited], asked.machine, 9_000);
    expect(gone.machine.status.state).toBe('stopped');
    expect(gone.effects).toContainEqual({ type: 'put_profile_aside', keep: false });
  });

  it('drops the login of a session at rest, too', () => {
    expect(walk([stop('logout')]).effects).toEqual([{ type: 'put_profile_aside', keep: false }]);
    const waiting = walk([start, exited, stop('logout')]);
    expect(waiting.machine.status.state).toBe('stopped');
    expect(waiting.effects).toContainEqual({ type: 'put_profile_aside', keep: false });
  });

  it('logs a phone out again that belongs to another account, and fails with the reason', () => {
    const error = new OperationError('NUMBER_ALREADY_LINKED', 'Linked to “Support”.').toShape();
    const taken = walk([start, spawned, qr, { type: 'number_taken', error }]);
    expect(taken.effects).toContainEqual({ type: 'stop_worker', logout: true });
    const gone = walk([exited], taken.machine, 9_000);
    expect(gone.machine.status).toMatchObject({ state: 'failed', error });
    expect(gone.effects).toContainEqual({ type: 'put_profile_aside', keep: false });
  });

  it('waits for a login that is younger than a minute before it closes the browser, and no longer', () => {
    const asked = walk([...linked, stop('shutdown')]);
    const untilMs = 4_000 + settleMs;
    expect(asked.machine.status).toMatchObject({ state: 'stopping', waitsUntilMs: untilMs });
    expect(asked.effects).toContainEqual({ type: 'settle', untilMs });
    expect(asked.effects.map(({ type }) => type)).not.toContain('stop_worker');
    for (const event of [{ type: 'settled' }, deadline] as const) {
      const closing = walk([event], asked.machine, 8_000);
      expect(closing.effects).toContainEqual({ type: 'stop_worker', logout: false });
      expect(closing.machine.deadlineAtMs).toBe(8_000 + sessionDeadlines.stopMs);
      expect(closing.machine.status).not.toHaveProperty('waitsUntilMs');
    }
    const old = walk([stop('shutdown')], walk(linked).machine, untilMs);
    expect(old.effects).toContainEqual({ type: 'stop_worker', logout: false });
  });

  it('does not wait for a login that nobody wants any more', () => {
    for (const why of ['removed', 'logout'] as const) {
      expect(walk([...linked, stop(why)]).effects.map(({ type }) => type)).toContain('stop_worker');
      expect(walk([...linked, stop('user'), stop(why)]).effects.map(({ type }) => type)).toContain('stop_worker');
    }
  });

  it('does not wait in a session that was linked in an earlier life', () => {
    expect(walk([start, spawned, ready, stop('user')]).effects).toContainEqual({ type: 'stop_worker', logout: false });
  });
});

describe('a session that sleeps', () => {
  const asleep = walk([start, spawned, ready, { type: 'sleep', lookEveryMs: 600_000 }, exited]);

  it('says when it looks next, keeps who it is, and has no process', () => {
    expect(asleep.machine.status).toEqual({
      state: 'asleep',
      sinceMs: 5_000,
      nextLookAtMs: 605_000,
      lookEveryMinutes: 10,
      me,
    });
    expect(asleep.machine.deadlineAtMs).toBe(605_000);
  });

  it('wakes to look and may sleep again; a failure on the way is handled like any other', () => {
    const looking = walk([deadline, spawned, ready], asleep.machine, 605_000);
    expect(looking.machine).toMatchObject({ looking: true, status: { state: 'ready' } });
    const again = walk([{ type: 'sleep', lookEveryMs: 600_000 }, exited], looking.machine, 630_000);
    expect(again.machine.status.state).toBe('asleep');
    const broken = walk([deadline, spawned, exited], asleep.machine, 605_000);
    expect(broken.machine).toMatchObject({ looking: true, status: { state: 'backoff' } });
  });

  it('stays awake when somebody needs it, also when it is just falling asleep or looking', () => {
    const woken = walk([{ type: 'wake' }], asleep.machine, 9_000);
    expect(woken.machine).toMatchObject({ looking: false, status: { state: 'starting' } });
    const falling = walk([start, spawned, ready, { type: 'sleep', lookEveryMs: 600_000 }, { type: 'wake' }, exited]);
    expect(falling.machine).toMatchObject({ looking: false, status: { state: 'starting' } });
    const looking = walk([deadline, spawned, ready, { type: 'wake' }], asleep.machine, 605_000);
    expect(looking.machine.looking).toBe(false);
  });

  it('wakes nobody who was stopped on purpose', () => {
    expect(walk([start, spawned, ready, stop('user'), exited, { type: 'wake' }]).machine.status.state).toBe('stopped');
  });
});

describe('a session on a computer without a network or that slept', () => {
  const down: SessionEvent = { type: 'network_down' };
  const up: SessionEvent = { type: 'network_up' };
  const lost: SessionEvent = { type: 'connection_lost', reason: 'TIMEOUT' };

  it('lets no deadline pass and counts no failure while there is no network', () => {
    const offline = walk([start, spawned, ready, lost, down, deadline, deadline]);
    expect(offline.machine.status.state).toBe('reconnecting');
    const crashed = walk([exited], offline.machine, 9_000);
    expect(crashed.machine).toMatchObject({ status: { state: 'backoff' }, failuresMs: [] });
    expect(walk([deadline], crashed.machine, 99_000).machine.status.state).toBe('backoff');
  });

  it('grants every deadline anew when the network is back, and asks the page at once', () => {
    const back = walk([up], walk([start, spawned, ready, lost, down]).machine, 900_000);
    expect(back.machine.deadlineAtMs).toBe(900_000 + sessionDeadlines.reconnectMs);
    expect(back.effects).toContainEqual({ type: 'probe_now' });
  });

  it('starts at once what failed for want of a network', () => {
    const error = new OperationError('SESSION_START_FAILED', 'No network.', { data: { offline: true } }).toShape();
    const waiting = walk([start, down, { type: 'launch_failed', error, fraction: 1 }]);
    expect(waiting.machine.status.state).toBe('backoff');
    expect(walk([up], waiting.machine, 3_500).machine.status.state).toBe('starting');
  });

  it('does not take a proxy for broken when the whole computer is offline', () => {
    const { machine } = walk([start, spawned, down, failure('PROXY_FAILED'), exited]);
    expect(machine.status.state).toBe('backoff');
  });

  it('asks a ready page after the computer slept, and does what became due meanwhile', () => {
    const resumed: SessionEvent = { type: 'resumed' };
    expect(walk([start, spawned, ready, resumed]).effects).toEqual([{ type: 'probe_now' }]);
    const asleep = walk([start, spawned, ready, { type: 'sleep', lookEveryMs: 60_000 }, exited]);
    expect(walk([resumed], asleep.machine, 30_000).machine.status.state).toBe('asleep');
    expect(walk([resumed], asleep.machine, 8 * 3_600_000).machine.status.state).toBe('starting');
  });
});

describe('linking', () => {
  it('shows which way of linking is under way, and comes back to QR codes', () => {
    const code = walk([start, spawned, qr, { type: 'pairing_code', lifetimeMs: 180_000 }]);
    expect(code.machine.status).toMatchObject({ state: 'linking', method: 'code', expiresAtMs: 184_000 });
    expect(walk([qr], code.machine, 190_000).machine.status).toMatchObject({ method: 'qr' });
    const passkey = walk([{ type: 'passkey' }], code.machine, 10_000);
    expect(passkey.machine.status).toMatchObject({ state: 'linking', method: 'passkey' });
  });

  it('gives a person ten minutes for the passkey and then closes the browser', () => {
    const asked = walk([start, spawned, qr, { type: 'passkey' }]);
    expect(asked.machine.deadlineAtMs).toBe(4_000 + sessionDeadlines.passkeyMs);
    const { machine } = walk([deadline, exited], asked.machine, 700_000);
    expect(machine.status).toMatchObject({ state: 'failed', error: { code: 'SESSION_LINK_EXPIRED' } });
    expect(machine.status).toHaveProperty('error.message', expect.stringContaining('passkey'));
  });
});

describe('a ready session whose page lacks something', () => {
  it('names it, over a dropped connection too, and forgets it with the next life', () => {
    const changed = walk([start, spawned, { type: 'ready', me, missing: ['WAWebCmd'] }]);
    expect(changed.machine.status).toMatchObject({ state: 'ready', missing: ['WAWebCmd'] });
    const back = walk([{ type: 'connection_lost', reason: 'x' }, { type: 'connection_restored' }], changed.machine);
    expect(back.machine.status).toMatchObject({ state: 'ready', missing: ['WAWebCmd'] });
    const later = walk([exited, deadline, spawned, ready], changed.machine, 9_000);
    expect(later.machine.status).not.toHaveProperty('missing');
  });
});
