import { describe, expect, it } from 'vitest';
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

const workerWith = (driver: Partial<Driver> = {}) => {
  const frames: WorkerFrame[] = [];
  const exits: number[] = [];
  const closed = Promise.withResolvers<void>();
  let listener: DriverListener | undefined;
  let closings = 0;
  const worker = new AccountWorker({
    post: (frame) => void frames.push(frame),
    exit: (code) => void exits.push(code),
    createDriver: (_accountId, _launch, given) => {
      listener = given;
      return {
        start: async () => {},
        send: async (_chatId, _messageId, body) => anOwn('3EB0AA', { body }),
        findMessage: async () => undefined,
        listChats: async () => [],
        fetchMessages: async () => [],
        markRead: async () => {},
        isConnected: async () => true,
        pairingCode: async () => ({ code: 'ABCD-EFGH', lifetimeMs: 180_000 }),
        screenshot: async () => new Uint8Array([1]),
        setWindowShown: async () => {},
        logout: async () => {},
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
    expect(await ask('send', { chatId: ana, messageId: '3EB0AA', body: 'x' })).toEqual({
      ok: false,
      error: error.toShape(),
    });
    expect(await ask('send', { chatId: 'nobody', messageId: '3EB0AA', body: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', effect: 'none', message: expect.stringContaining('chatId') },
    });
  });

  it('cannot tell what became of a send that broke in an unexpected way', async () => {
    const { worker, ask } = workerWith({ send: () => Promise.reject(new Error('boom')) });
    worker.take(start);
    expect(await ask('send', { chatId: ana, messageId: '3EB0AA', body: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL_ERROR', effect: 'unknown' },
    });
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
    const driver = { logout: async () => void done.push('logout') };
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
});
