import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { anOwn } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support, unpaced } from '../../fakes/outbox-bench';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let bench: OutboxBench;
let accountsDir: string;

beforeEach(async () => {
  accountsDir = temporaryFolder();
  bench = await createOutboxBench({ accountsDir });
  bench.page.confirms = true;
  await bench.becomeReady();
  // Whatever a start holds back is over.
  await bench.pass(minuteMs);
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

const call = (name: 'gates.pause' | 'gates.resume') =>
  bench.app.dispatch(bench.app.caller, name, { accountId: support });
const left = (): number => bench.page.asked.length;

describe('who goes first', () => {
  it('is a person, then programs, then bulk, whatever came first', async () => {
    await bench.configure(unpaced);
    bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    await bench.sendAsProgram('bulk', { priority: 'bulk' });
    await bench.sendAsProgram('program');
    await bench.mustSend('person');
    await bench.becomeReady();
    await bench.pass(secondMs);
    expect(bench.sentBodies()).toEqual(['person', 'program', 'bulk']);
  });

  it('is said of each that waits', async () => {
    await bench.sendMany(3);
    // The first has left, the second waits for its pace, the third for the second.
    expect(await bench.waits()).toEqual(['pace', 'in_line']);
    expect(await bench.gate()).toMatchObject({ waiting: 2, underway: 0, lastHour: 1, wait: { reason: 'pace' } });
  });

  it('is nobody in a chat whose last message WhatsApp has not confirmed, and that is said, too', async () => {
    await bench.configure(unpaced);
    bench.page.confirms = false;
    await bench.sendMany(3);
    expect(bench.sentBodies()).toEqual(['api 0']);
    expect(await bench.waits()).toEqual(['earlier_message', 'earlier_message']);
    expect(await bench.gate()).toMatchObject({ waiting: 2, underway: 1, wait: { reason: 'earlier_message' } });
  });
});

describe('pace', () => {
  it('keeps programs apart by at least the shortest and at most the longest gap, and people never', async () => {
    await bench.configure({ apiPace: { minMs: 10_000, maxMs: 20_000 } });
    await bench.sendMany(4);
    const times: number[] = [];
    for (let second = 0; second < 90; second += 1) {
      const before = left();
      await bench.pass(secondMs);
      if (left() > before) times.push(second);
    }
    expect(left()).toBe(4);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(9);
    for (const gap of gaps) expect(gap).toBeLessThanOrEqual(21);
    await bench.sendMany(3, 'person');
    expect(left()).toBe(7);
  });

  it('has no burst after the machine has slept', async () => {
    await bench.configure({ apiPace: { minMs: 10_000, maxMs: 10_000 } });
    await bench.sendMany(5);
    expect(left()).toBe(1);
    bench.app.sleep(8 * hourMs);
    await bench.app.settled();
    await bench.pass(9 * secondMs);
    expect(left()).toBe(1);
    await bench.pass(2 * secondMs);
    expect(left()).toBe(2);
    await bench.pass(9 * secondMs);
    expect(left()).toBe(2);
  });

  it.each([hourMs, -hourMs, dayMs, -dayMs])('does not hear a wall clock that is set by %i ms', async (shiftMs) => {
    await bench.configure({ apiPace: { minMs: 10_000, maxMs: 10_000 } });
    await bench.sendMany(3);
    bench.app.clock.shiftWall(shiftMs);
    await bench.pass(9 * secondMs, secondMs);
    expect(left()).toBe(1);
    await bench.pass(2 * secondMs, secondMs);
    expect(left()).toBe(2);
  });

  it('has no burst after a restart: the longest gap counts', async () => {
    await bench.configure({ apiPace: { minMs: 10_000, maxMs: 20_000 } });
    await bench.sendMany(3);
    expect(left()).toBe(1);
    bench = await bench.restarted(accountsDir);
    await bench.pass(19 * secondMs, secondMs);
    expect(left()).toBe(0);
    await bench.pass(2 * secondMs, secondMs);
    expect(left()).toBe(1);
  });
});

describe('caps', () => {
  it('hold everybody in any hour, and say until when', async () => {
    await bench.configure({ ...unpaced, perHour: 3 });
    await bench.sendMany(5, 'person');
    expect(left()).toBe(3);
    expect(await bench.waits()).toEqual(['hour_cap', 'hour_cap']);
    const { wait } = await bench.gate();
    expect(wait?.untilMs).toBeGreaterThan(bench.app.clock.nowMs() + 59 * minuteMs);
    await bench.pass(hourMs - minuteMs, minuteMs);
    expect(left()).toBe(3);
    await bench.pass(2 * minuteMs, minuteMs);
    expect(left()).toBe(5);
  });

  it.each([
    ['an hour forward', () => bench.app.clock.shiftWall(hourMs)],
    ['a day forward', () => bench.app.clock.shiftWall(dayMs)],
    ['a day back', () => bench.app.clock.shiftWall(-dayMs)],
  ])('hold when the wall clock is set %s, over a restart too', async (_what, shift) => {
    await bench.configure({ ...unpaced, perHour: 2 });
    await bench.sendMany(4, 'person');
    expect(left()).toBe(2);
    shift();
    await bench.pass(30 * minuteMs, minuteMs);
    expect(left()).toBe(2);
    bench = await bench.restarted(accountsDir);
    await bench.pass(25 * minuteMs, minuteMs);
    expect(left()).toBe(0);
    await bench.pass(7 * minuteMs, minuteMs);
    expect(left()).toBe(2);
  });

  it('count the length of a sleep as time', async () => {
    await bench.configure({ ...unpaced, perHour: 2 });
    await bench.sendMany(6, 'person');
    expect(left()).toBe(2);
    bench.app.sleep(8 * hourMs);
    await bench.app.settled();
    expect(left()).toBe(4);
    await bench.pass(30 * minuteMs, minuteMs);
    expect(left()).toBe(4);
  });

  it('of a day hold too, and a change of the settings counts at once', async () => {
    await bench.configure({ ...unpaced, perDay: 1 });
    await bench.sendMany(2, 'person');
    expect(await bench.waits()).toEqual(['day_cap']);
    await bench.configure({ perDay: 'none' });
    expect(left()).toBe(2);
  });
});

describe('quiet hours', () => {
  /** 14:03 UTC now. */
  const quietUntilThree = { from: '13:00', to: '15:00', timeZone: 'UTC' };

  it('hold programs, not people, and end by the clock on the wall', async () => {
    await bench.configure({ ...unpaced, quietHours: { ...quietUntilThree, holdPeople: false } });
    await bench.sendMany(1);
    await bench.sendMany(1, 'person');
    expect(bench.sentBodies()).toEqual(['person 0']);
    expect(await bench.waits()).toEqual(['quiet_hours']);
    expect((await bench.gate()).wait).toEqual({ reason: 'quiet_hours', untilMs: Date.UTC(2026, 10, 20, 15) });
    await bench.pass(56 * minuteMs, minuteMs);
    expect(left()).toBe(1);
    await bench.pass(2 * minuteMs, minuteMs);
    expect(left()).toBe(2);
  });

  it('hold people as well where it is wished', async () => {
    await bench.configure({ ...unpaced, quietHours: { ...quietUntilThree, holdPeople: true } });
    await bench.sendMany(1, 'person');
    expect(left()).toBe(0);
  });

  it('are over when the clock on the wall says so, within a minute of being set', async () => {
    await bench.configure({ ...unpaced, quietHours: { ...quietUntilThree, holdPeople: false } });
    await bench.sendMany(1);
    bench.app.clock.shiftWall(2 * hourMs);
    await bench.pass(minuteMs, secondMs);
    expect(left()).toBe(1);
  });
});

describe('an account that is asleep', () => {
  const asleep = { state: 'asleep', sinceMs: 1, nextLookAtMs: 2, lookEveryMinutes: 15 } as const;

  it('is not woken while the gate holds what waits, and is when it opens', async () => {
    await bench.configure({ ...unpaced, perHour: 1 });
    await bench.sendMany(2, 'person');
    expect(left()).toBe(1);
    bench.app.sessions.becomes(support, asleep);
    await bench.app.settled();
    await bench.pass(50 * minuteMs, minuteMs);
    expect(bench.app.sessions.get(support).status.state).toBe('asleep');
    expect(await bench.waits()).toEqual(['hour_cap']);
    await bench.pass(15 * minuteMs, minuteMs);
    expect(bench.app.sessions.get(support).status.state).toBe('starting');
    await bench.becomeReady();
    expect(left()).toBe(2);
  });

  it('is woken when a message waits for one that has to be looked up', async () => {
    bench.page.confirms = false;
    const first = await bench.mustSend('one');
    await bench.app.settled();
    await call('gates.pause');
    await bench.mustSend('two');
    bench.app.sessions.becomes(support, asleep);
    await bench.app.settled();
    expect(bench.app.sessions.get(support).status.state).toBe('asleep');
    await call('gates.resume');
    await bench.app.settled();
    expect(bench.app.sessions.get(support).status.state).toBe('starting');
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual(['one']);
    bench.page.has.set(first, anOwn(first, { status: 'sent' }));
    await bench.pass(minuteMs, secondMs);
    expect(bench.sentBodies()).toEqual(['one', 'two']);
  });
});

describe('a person who holds the account', () => {
  it('holds everything until it is let go, over a restart too', async () => {
    expect(await call('gates.pause')).toMatchObject({ ok: true, data: { gate: { paused: { by: 'person' } } } });
    await bench.sendMany(1, 'person');
    expect(await bench.waits()).toEqual(['paused']);
    bench = await bench.restarted(accountsDir);
    await bench.pass(hourMs, minuteMs);
    expect(left()).toBe(0);
    expect(await call('gates.resume')).toMatchObject({ ok: true });
    await bench.app.settled();
    expect(left()).toBe(1);
    expect((await bench.gate()).paused).toBeUndefined();
  });

  it('hears it when the hold could not be stored, and then there is none', async () => {
    bench.app.store.fail('writeGateFacts', new OperationError('DISK_FULL', 'account support: the disk is full'), 1);
    expect(await call('gates.pause')).toMatchObject({ ok: false, error: { code: 'DISK_FULL' } });
    expect((await bench.gate()).paused).toBeUndefined();
  });
});

describe('too many failures', () => {
  const refuse = (): void => {
    bench.app.sessions.answers.send = () => {
      throw new OperationError('SEND_FAILED', 'Support: refused.');
    };
  };

  it('stop what is automatic with the reason, and one button lets it go on', async () => {
    await bench.configure(unpaced);
    const answer = bench.app.sessions.answers.send;
    refuse();
    await bench.sendMany(7);
    await bench.pass(10 * secondMs, secondMs);
    expect(await bench.states()).toEqual([...Array(5).fill('failed'), 'queued', 'queued']);
    expect(await bench.waits()).toEqual(['stopped_by_failures', 'stopped_by_failures']);
    expect(await bench.gate()).toMatchObject({
      attention: 5,
      paused: { by: 'failures', words: expect.stringMatching(/5 of the last 5 .*Support: refused\./) },
    });
    const timeline = (await bench.app.store.listTimeline(support)).map((entry) => entry.words);
    expect(timeline).toContainEqual(expect.stringMatching(/automatic messages failed/));
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
    await bench.sendMany(1, 'person');
    expect(bench.sentBodies()).toEqual(['person 0']);
    bench = await bench.restarted(accountsDir);
    await bench.pass(hourMs, minuteMs);
    expect(left()).toBe(0);
    await call('gates.resume');
    await bench.pass(10 * secondMs, secondMs);
    expect(left()).toBe(2);
  });

  it('do not stop an account whose settings say so', async () => {
    await bench.configure({ ...unpaced, stopOnFailures: false });
    refuse();
    await bench.sendMany(7);
    await bench.pass(10 * secondMs, secondMs);
    expect(new Set(await bench.states())).toEqual(new Set(['failed']));
  });
});

describe('the gate', () => {
  it('tells of its changes at most four times a second', async () => {
    await bench.configure(unpaced);
    await bench.pass(secondMs);
    const before = bench.app.heardOf('gate.changed').length;
    await bench.sendMany(20, 'person');
    expect(bench.app.heardOf('gate.changed').length - before).toBeLessThanOrEqual(1);
    await bench.pass(secondMs, 50);
    expect(bench.app.heardOf('gate.changed').length - before).toBeLessThanOrEqual(4);
    expect(bench.app.heardOf('gate.changed').at(-1)?.gate).toMatchObject({ waiting: 0, underway: 0, lastHour: 20 });
  });
});
