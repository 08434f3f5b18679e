import { describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { settle } from '../../fakes/child-processes';
import { accountId, anAccount, ana, messageId } from '../../fakes/entities';
import { me, type Supervised, supervise } from './supervised';

const sales = anAccount('sales', { label: 'Sales' });
const support = anAccount('support', { label: 'Support' });

const makeReady = async (world: Supervised, account = sales): Promise<void> => {
  world.supervisor.start(account);
  await settle();
  world.says(account.id, { type: 'ready', me });
};

const stateOf = (world: Supervised, account = sales): string => world.supervisor.get(account.id).status.state;

describe('supervised sessions', () => {
  it('answers stopped for an account that never ran', () => {
    const { supervisor } = supervise();
    expect(supervisor.get(accountId('nobody'))).toEqual({
      accountId: 'nobody',
      generation: 0,
      status: { state: 'stopped', sinceMs: 0 },
      windowShown: false,
    });
    expect(supervisor.linkCode(accountId('nobody'))).toBeUndefined();
  });

  it('starts one worker per account, names it after the account and tells it which life it lives', async () => {
    const world = supervise();
    world.supervisor.start(sales);
    world.supervisor.start(sales);
    world.supervisor.start(support);
    await settle();
    world.clock.advance(1_000);
    await settle();
    expect(world.workers.map((worker) => worker.name)).toEqual([
      'switchboard-worker-sales',
      'switchboard-worker-support',
    ]);
    expect(world.worker('sales').posted).toEqual([
      {
        type: 'start',
        accountId: 'sales',
        generation: 1,
        launch: expect.objectContaining({ profileDir: '/data/accounts/sales/profile' }),
      },
    ]);
  });

  it('holds the code beside the session and forgets it when linking is over', async () => {
    const world = supervise();
    world.supervisor.start(sales);
    await settle();
    world.says('sales', { type: 'qr', qr: '2@secret', attempt: 1, lifetimeMs: 60_000 });
    expect(world.supervisor.linkCode(sales.id)).toEqual({
      accountId: 'sales',
      qr: '2@secret',
      attempt: 1,
      maxAttempts: 5,
      expiresAtMs: 1_060_000,
    });
    expect(JSON.stringify(world.sessions)).not.toContain('secret');
    world.says('sales', { type: 'ready', me });
    expect(world.supervisor.linkCode(sales.id)).toBeUndefined();
    expect(JSON.stringify(world.lines)).not.toContain('secret');
  });

  it('has the code at hand when it says that the session is linking', async () => {
    const world = supervise();
    const codes: (string | undefined)[] = [];
    world.sessions.push = (session) => {
      if (session.status.state === 'linking') codes.push(world.supervisor.linkCode(session.accountId)?.qr);
      return 0;
    };
    world.supervisor.start(sales);
    await settle();
    world.says('sales', { type: 'qr', qr: '2@one', attempt: 1, lifetimeMs: 60_000 });
    world.says('sales', { type: 'qr', qr: '2@two', attempt: 2, lifetimeMs: 20_000 });
    expect(codes).toEqual(['2@one', '2@two']);
  });

  it('drops frames of a dead generation, of other accounts and of no meaning', async () => {
    const world = supervise();
    await makeReady(world);
    const first = world.worker('sales');
    first.exit(1);
    await settle();
    world.clock.advance(60_000);
    await settle();
    expect(world.supervisor.get(sales.id)).toMatchObject({ generation: 2, status: { state: 'starting' } });

    first.say({ accountId: 'sales', generation: 1, report: { type: 'ready', me } });
    first.say({ accountId: 'sales', generation: 2, report: { type: 'ready', me } });
    world.says('sales', { type: 'ready', me }, 1);
    world.worker('sales').say({ accountId: 'support', generation: 2, report: { type: 'ready', me } });
    world.worker('sales').say({ type: 'ready' });
    expect(stateOf(world)).toBe('starting');
    world.says('sales', { type: 'ready', me });
    expect(stateOf(world)).toBe('ready');
  });

  it('passes reports on in order, without replies and log lines', async () => {
    const world = supervise();
    await makeReady(world);
    world.says('sales', { type: 'log', level: 'info', message: 'hello' });
    world.says('sales', { type: 'acks', acks: [{ chatId: ana, messageId: messageId('3EB0'), status: 'sent' }] });
    world.says('sales', { type: 'reply', requestId: 99, result: { ok: true, value: {} } });
    expect(world.reports.map((report) => report.type)).toEqual(['ready', 'acks']);
    expect(world.lines).toContainEqual({
      level: 'info',
      message: 'hello',
      fields: { accountId: 'sales', generation: 1 },
    });
  });

  it('starts a crashed worker again after a backoff and leaves its neighbour alone', async () => {
    const world = supervise();
    await makeReady(world);
    await makeReady(world, support);
    world.worker('sales').exit(139);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({
      state: 'backoff',
      attempt: 1,
      error: { code: 'SESSION_CRASHED', message: expect.stringContaining('Sales') },
    });
    expect(stateOf(world, support)).toBe('ready');
    world.clock.advance(1_000);
    await settle();
    expect(stateOf(world)).toBe('starting');
    expect(world.workers).toHaveLength(3);
  });

  it('waits for the last process of the browser before it believes in an end', async () => {
    const world = supervise();
    await makeReady(world);
    world.browsers.linger = true;
    world.worker('sales').exit(139);
    await settle();
    expect(stateOf(world)).toBe('ready');
    world.browsers.linger = false;
    await settle();
    await settle();
    expect(stateOf(world)).toBe('backoff');
  });

  it('waits longer after each failure and gives up after six', async () => {
    const world = supervise();
    world.supervisor.start(sales);
    await settle();
    const waits: number[] = [];
    while (stateOf(world) !== 'failed') {
      world.worker('sales').exit(1);
      await settle();
      const { status } = world.supervisor.get(sales.id);
      if (status.state !== 'backoff') continue;
      waits.push(status.retryAtMs - world.clock.nowMs());
      world.clock.advance(status.retryAtMs - world.clock.nowMs());
      await settle();
    }
    expect(waits).toEqual([250, 750, 2_250, 6_750, 20_250]);
    expect(world.workers).toHaveLength(6);
    expect(world.supervisor.get(sales.id).status).toMatchObject({
      state: 'failed',
      error: { code: 'SESSION_CRASHED' },
    });
  });

  it('asks the worker to stop and answers when it is gone', async () => {
    const world = supervise();
    await makeReady(world);
    let answered = false;
    const stopped = world.supervisor.stop(sales.id, 'user').then((session) => {
      answered = true;
      return session;
    });
    await settle();
    expect(world.worker('sales').posted.at(-1)).toEqual({ type: 'stop' });
    expect(answered).toBe(false);
    world.worker('sales').exit(0);
    expect((await stopped).status.state).toBe('stopped');
    expect(world.worker('sales').killed).toBe(false);
  });

  it('kills worker and browser when the worker does not stop within ten seconds', async () => {
    const world = supervise();
    await makeReady(world);
    await makeReady(world, support);
    world.killedProfiles.length = 0;
    const stopped = world.supervisor.stop(sales.id, 'user');
    world.clock.advance(9_999);
    expect(world.worker('sales').killed).toBe(false);
    world.clock.advance(1);
    expect((await stopped).status.state).toBe('stopped');
    expect(world.worker('sales').killed).toBe(true);
    expect(world.killedProfiles).toEqual(['/data/accounts/sales/profile']);
    expect(world.worker('support').killed).toBe(false);
    expect(stateOf(world, support)).toBe('ready');
  });

  it('stops a start that has no process yet, and never lets its process live', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const world = supervise(async () => {
      await promise;
      throw new OperationError('PRACTICE_UNAVAILABLE', 'The practice network cannot be started.');
    });
    world.supervisor.start(sales);
    await settle();
    const stopped = world.supervisor.stop(sales.id, 'user');
    resolve();
    expect((await stopped).status.state).toBe('stopped');
    expect(world.workers).toHaveLength(0);
  });

  it('does not wait for ever for a plan that never comes', async () => {
    const world = supervise(() => new Promise(() => {}));
    world.supervisor.start(sales);
    await settle();
    const stopped = world.supervisor.stop(sales.id, 'user');
    world.clock.advance(10_000);
    expect((await stopped).status.state).toBe('stopped');
  });

  it('tries again later when the plan fails, with the reason that the plan gave', async () => {
    const world = supervise(() =>
      Promise.reject(new OperationError('PRACTICE_UNAVAILABLE', 'The practice network cannot be started.')),
    );
    world.supervisor.start(sales);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({
      state: 'backoff',
      error: { code: 'PRACTICE_UNAVAILABLE' },
    });
  });

  it('stops everything at shutdown and starts nothing afterwards', async () => {
    const world = supervise();
    await makeReady(world);
    await makeReady(world, support);
    const all = world.supervisor.stopAll('shutdown');
    for (const worker of world.workers) worker.exit(0);
    await all;
    expect([stateOf(world), stateOf(world, support)]).toEqual(['stopped', 'stopped']);
    world.supervisor.start(sales);
    await settle();
    expect(world.workers).toHaveLength(2);
  });

  it('asks the page every 7 s at the latest, and starts the session anew 15 s after a page hung at the latest', async () => {
    const world = supervise();
    await makeReady(world);
    const probes = () => world.worker('sales').posted.filter((command) => JSON.stringify(command).includes('"probe"'));
    world.clock.advance(7_000);
    expect(probes()).toHaveLength(1);
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: true, value: { connected: true } } });
    await settle();
    world.clock.advance(7_000);
    expect(probes()).toHaveLength(2);
    world.clock.advance(4_000);
    await settle();
    expect(stateOf(world)).toBe('ready');
    expect(probes()).toHaveLength(3);
    world.clock.advance(4_000);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'stopping', why: 'failed' });
  });

  it('asks accounts that got ready at different moments together, so that the console wakes up less often', async () => {
    const world = supervise();
    await makeReady(world);
    world.clock.advance(400);
    await makeReady(world, support);
    const asked = (label: string) =>
      world.worker(label).posted.some((command) => JSON.stringify(command).includes('"probe"'));
    const seen: string[] = [];
    for (let passed = 0; passed < 7_000; passed += 50) {
      world.clock.advance(50);
      seen.push(`${asked('sales')} ${asked('support')}`);
    }
    expect([...new Set(seen)]).toEqual(['false false', 'true true']);
  });

  it('survives an observer that throws', async () => {
    const world = supervise();
    world.sessions.push = () => {
      throw new Error('observer');
    };
    await makeReady(world);
    expect(stateOf(world)).toBe('ready');
    expect(world.lines.filter((line) => line.level === 'error').length).toBeGreaterThan(0);
  });

  it('forgets a stopped account and refuses to forget a running one', async () => {
    const world = supervise();
    await makeReady(world);
    expect(() => world.supervisor.forget(sales.id)).toThrow('stop it before');
    const stopped = world.supervisor.stop(sales.id, 'removed');
    world.worker('sales').exit(0);
    await stopped;
    world.supervisor.forget(sales.id);
    expect(world.supervisor.get(sales.id).generation).toBe(0);
  });
});
