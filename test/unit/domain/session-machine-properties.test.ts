import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionStateSchema } from '../../../electron/contract/entities/session';
import { type ErrorCode, errorCodes, OperationError } from '../../../electron/contract/errors';
import type { SessionEvent } from '../../../electron/domain/session-events';
import { next } from '../../../electron/domain/session-machine';
import { initialSession, type SessionMachine } from '../../../electron/domain/session-state';

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const error = fc
  .constantFrom(...(Object.keys(errorCodes) as ErrorCode[]))
  .map((code) => new OperationError(code, 'Account “Sales” broke.').toShape());

const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.record({ type: fc.constant('start' as const), label: fc.string() }),
  fc.record({
    type: fc.constant('stop' as const),
    why: fc.constantFrom('user', 'removed', 'shutdown', 'restart', 'logout'),
  }),
  fc.record({ type: fc.constant('sleep' as const), lookEveryMs: fc.integer({ min: 1, max: 86_400_000 }) }),
  fc.record({
    type: fc.constant('spawned' as const),
    rules: fc.record({
      restartOnCrash: fc.boolean(),
      startMs: fc.integer({ min: 1, max: 600_000 }),
      syncProgressMs: fc.integer({ min: 1, max: 600_000 }),
    }),
  }),
  fc.record({ type: fc.constant('pairing_code' as const), lifetimeMs: fc.integer({ min: 1, max: 600_000 }) }),
  fc.record({ type: fc.constant('number_taken' as const), error }),
  fc.record({ type: fc.constant('launch_failed' as const), error, fraction }),
  fc.record({
    type: fc.constant('qr' as const),
    attempt: fc.integer({ min: 1, max: 5 }),
    maxAttempts: fc.constant(5),
    lifetimeMs: fc.integer({ min: 1, max: 600_000 }),
  }),
  fc.record({ type: fc.constant('syncing' as const), percent: fc.integer({ min: 0, max: 100 }) }),
  fc.constant({ type: 'ready' as const, me: { wid: '1@c.us', phone: '+1', pushName: '' } }),
  fc.constant({ type: 'connection_lost' as const, reason: 'TIMEOUT' }),
  fc.record({ type: fc.constant('worker_failed' as const), error }),
  fc.record({ type: fc.constant('exited' as const), fraction }),
  fc
    .constantFrom(
      'wake',
      'passkey',
      'settled',
      'network_down',
      'network_up',
      'resumed',
      'connection_restored',
      'logged_out',
      'deadline',
      'probe_connected',
      'probe_disconnected',
      'probe_missed',
    )
    .map((type): SessionEvent => ({ type })),
);

/** An event, and how long after the one before it. */
const anyStory = fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 20 * 60_000 })), { maxLength: 60 });

const resting = new Set(['stopped', 'ready', 'failed']);

const follow = (
  story: readonly (readonly [SessionEvent, number])[],
  each: (machine: SessionMachine, nowMs: number) => void,
) => {
  let machine = initialSession('Sales', 0);
  let nowMs = 0;
  let armed: number | undefined;
  let beating = false;
  for (const [event, delayMs] of story) {
    nowMs += delayMs;
    const step = next(machine, event, nowMs);
    machine = step.state;
    for (const effect of step.effects) {
      if (effect.type === 'arm_deadline') armed = effect.atMs;
      if (effect.type === 'clear_deadline') armed = undefined;
      if (effect.type === 'start_heartbeat') beating = true;
      if (effect.type === 'stop_heartbeat') beating = false;
    }
    // What the machine believes is armed is what its effects have armed.
    expect(armed).toBe(machine.deadlineAtMs);
    expect(beating).toBe(machine.status.state === 'ready' || machine.status.state === 'reconnecting');
    each(machine, nowMs);
  }
  return { machine, nowMs };
};

describe('session machine, whatever happens in whatever order', () => {
  it('never throws and always shows a state that the contract knows', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        follow(story, (machine) => expect(sessionStateSchema.safeParse(machine.status).success).toBe(true));
      }),
    );
  });

  it('has a deadline in every state that is not at rest, and none at rest', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        follow(story, (machine) => expect(machine.deadlineAtMs === undefined).toBe(resting.has(machine.status.state)));
      }),
    );
  });

  it('never lets a generation come back', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        let newest = 0;
        follow(story, (machine) => {
          expect(machine.generation).toBeGreaterThanOrEqual(newest);
          newest = machine.generation;
        });
      }),
    );
  });

  it('is stopped at the latest one exit after a stop', () => {
    fc.assert(
      fc.property(anyStory, fc.constantFrom('user', 'removed', 'shutdown'), fraction, (story, why, chance) => {
        const { machine, nowMs } = follow(story, () => {});
        let last = next(machine, { type: 'stop', why }, nowMs).state;
        if (last.status.state !== 'stopped') last = next(last, { type: 'exited', fraction: chance }, nowMs).state;
        expect(last.status.state).toBe('stopped');
      }),
    );
  });
});
