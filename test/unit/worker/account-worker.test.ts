import { describe, expect, it } from 'vitest';
import type { CrashPoints } from '../../../electron/contract/crash-points';
import { OperationError } from '../../../electron/contract/errors';
import { type WorkerFrame, workerCommandSchema } from '../../../electron/contract/frames';
import { AccountWorker } from '../../../electron/worker/account-worker';
import type { Driver, DriverListener } from '../../../electron/worker/driver/driver';
import { settle } from '../../fakes/child-processes';
import { ana, anOwn } from '../../fakes/entities';

const start = workerCommandSchema.parse({
  type: 'start',
  accountId: 'sales',
  generation: 7,
  launch: { profileDir: '/p', browser: { executablePath: '/b', args: [] }, maxQrAttempts: 5 },
});

const hello = { chatId: ana, messageId: '3EB0AA', content: { kind: 'text', body: 'x' }, again: false };

const workerWith = (driver: Partial<Driver> = {}, crashPoints?: CrashPoints) => {
  const frames: WorkerFrame[] = [];
  const exits: number[] = [];
  const closed = Promise.withResolvers<void>();
  let listener: DriverListener | undefined;
  let closings = 0;
  const worker = new AccountWorker({
    crashPoints,
    post: (frame) => void frames.push(frame),
    exit: (code) => void exits.push(code),
    createDriver: (_accountId, _launch, given) => {
      listener = given;
      return {
        start: async () => {},
        send: async ({ messageId }) => anOwn(messageId),
        resendMessage: async () => undefined,
        readLimits: async () => ({}),
        findMessage: async () => undefined,
        listChats: async () => [],
        fetchMessages: async () => [],
        markRead: async () => {},
        act: async ({ operation }) => operation,
        isConnected: async () => true,
        pairingCode: async () => ({ code: 'ABCD-EFGH', lifetimeMs: 180_000 }),
        screenshot: async () => new Uint8Array([1]),
        setWindowShown: async () => {},
        logout: async () => true,
        close: () => {
          closings += 1;
          return closed.promise;
        },
        ...driver,
      };
    },
  });
  const ask = async (kind: string, input: unknown) => {
    worker.take(workerCommandSchema.parse({ type: 'request', requestId: 1, kind, input }));
    await settle();
    const report = frames.at(-1)?.report;
    return report?.type === 'reply' ? report.result : undefined;
  };
  return { worker, frames, exits, closed, ask, listener: () => listener, closings: () => closings };
};

describe('account worker', () => {
  it('stamps every report with its account and life', async () => {
    const { worker, frames, listener } = workerWith();
    worker.take(start);
    listener()?.report({ type: 'connection_restored' });
    expect(frames).toEqual([{ accountId: 'sales', generation: 7, report: { type: 'connection_restored' } }]);
  });

  it('answers requests under their number', async () => {
    const { worker, ask } = workerWith();
    worker.take(start);
    expect(await ask('probe', {})).toEqual({ ok: true, value: { connected: true } });
    expect(await ask('findMessage', { chatId: ana, messageId: '3EB0AA' })).toEqual({ ok: true, value: {} });
  });

  it('passes the driver’s errors on and explains input that it does not understand', async () => {
    const error = new OperationError('SEND_UNCONFIRMED', 'Account sales cannot tell.', { effect: 'unknown' });
    const { worker, ask } = workerWith({ send: () => Promise.reject(error) });
    worker.take(start);
    expect(await ask('send', hello)).toEqual({
      ok: false,
      error: error.toShape(),
    });
    expect(await ask('send', { ...hello, chatId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', effect: 'none', message: expect.stringContaining('chatId') },
    });
  });

  it('cannot tell what became of a send that broke in an unexpected way', async () => {
    const { worker, ask } = workerWith({ send: () => Promise.reject(new Error('boom')) });
    worker.take(start);
    expect(await ask('send', hello)).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL_ERROR', effect: 'unknown' },
    });
  });

  it('answers about limits and about messages that are tried again', async () => {
    const limits = { timelock: { endsAtMs: 5, enforcementType: 'DEFAULT' } };
    const { worker, ask } = workerWith({ readLimits: async () => limits, resendMessage: async () => anOwn('3EB0AA') });
    worker.take(start);
    expect(await ask('readLimits', {})).toEqual({ ok: true, value: { limits } });
    const { chatId, messageId } = hello;
    expect(await ask('resendMessage', { chatId, messageId })).toMatchObject({ value: { message: { id: '3EB0AA' } } });
  });

  it('passes the places where a test may end it in their order, and only for sends', async () => {
    const passed: string[] = [];
    const crashPoints: CrashPoints = {
      reach: async (name, account) => void passed.push(`${name} of ${account}`),
    };
    let calling: () => Promise<void> | undefined = () => undefined;
    const world = workerWith(
      {
        send: async ({ messageId }) => {
          await calling();
          passed.push('the page');
          return anOwn(messageId);
        },
      },
      crashPoints,
    );
    world.worker.take(start);
    calling = () => world.listener()?.calling();
    expect(await world.ask('probe', {})).toMatchObject({ ok: true });
    expect(passed).toEqual([]);
    expect(await world.ask('send', hello)).toMatchObject({ ok: true });
    expect(passed).toEqual(['worker.asked of sales', 'worker.calling of sales', 'the page', 'worker.stored of sales']);
  });

  it('refuses requests before it was started, and a second start', async () => {
    const { worker, frames, listener } = workerWith();
    worker.take(workerCommandSchema.parse({ type: 'request', requestId: 1, kind: 'probe', input: {} }));
    await settle();
    expect(frames).toEqual([]);
    worker.take(start);
    const first = listener();
    worker.take(start);
    expect(listener()).toBe(first);
  });

  it('closes the browser before it exits, once, with the first code', async () => {
    const { worker, exits, closed, closings } = workerWith();
    worker.take(start);
    worker.take({ type: 'stop' });
    worker.crash('late');
    await settle();
    expect(exits).toEqual([]);
    closed.resolve();
    await settle();
    expect(exits).toEqual([0]);
    expect(closings()).toBe(1);
  });

  it('says why before it ends when its driver fails, when it is logged out and when its own code breaks', async () => {
    const failure = new OperationError('SESSION_CRASHED', 'Account sales lost its browser.').toShape();
    const endings: readonly [(world: ReturnType<typeof workerWith>) => void, string, number][] = [
      [({ listener }) => listener()?.failed(failure), 'failed', 1],
      [({ listener }) => listener()?.loggedOut('unlinked'), 'logged_out', 0],
      [({ worker }) => worker.crash('ReferenceError'), 'failed', 1],
    ];
    for (const [end, type, code] of endings) {
      const world = workerWith();
      world.worker.take(start);
      end(world);
      world.closed.resolve();
      await settle();
      expect(world.frames.map((frame) => frame.report.type)).toEqual([type]);
      expect(world.exits).toEqual([code]);
    }
  });

  it('exits at once when it was stopped before it was started', async () => {
    const { worker, exits } = workerWith();
    worker.take({ type: 'stop' });
    await settle();
    expect(exits).toEqual([0]);
  });

  it('unlinks the device before it ends when it is told to log out, and only then', async () => {
    const done: string[] = [];
    const driver = { logout: async () => done.push('logout') > 0 };
    const one = workerWith(driver);
    one.worker.take(start);
    one.closed.resolve();
    one.worker.take({ type: 'stop', logout: true });
    await settle();
    expect(done).toEqual(['logout']);
    expect(one.exits).toEqual([0]);
    const other = workerWith(driver);
    other.worker.take(start);
    other.closed.resolve();
    other.worker.take({ type: 'stop' });
    await settle();
    expect(done).toEqual(['logout']);
    expect(other.exits).toEqual([0]);
  });

  it('says that the device is unlinked only when WhatsApp could be told', async () => {
    for (const told of [true, false]) {
      const { worker, frames, closed } = workerWith({ logout: async () => told });
      worker.take(start);
      closed.resolve();
      worker.take({ type: 'stop', logout: true });
      await settle();
      expect(frames.map(({ report }) => report.type)).toEqual(told ? ['logged_out'] : []);
    }
  });
});
