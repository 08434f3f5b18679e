import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../application/ports/log';
import { OperationError } from '../contract/errors';
import { createStoreHost, type StoreHost } from './store-host';
import type { StoreMethod, ThreadData, ThreadReply, ThreadRequest } from './thread-protocol';

// Entry of the store thread (built as out/main/store-thread.js): takes one call after the other, which makes it the only writer.

if (parentPort === null) throw new Error('the store thread is started by Switchboard, not by hand');
const port = parentPort;
const reply = (message: ThreadReply): void => port.postMessage(message);

const threadLog = (base: Readonly<Record<string, unknown>>): Log => {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      reply({ type: 'log', level, message, fields: { ...base, ...fields } });
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => threadLog({ ...base, ...fields }),
  };
};

const { accountsDir, consoleFile } = workerData as ThreadData;
const log = threadLog({});
const host = createStoreHost({ accountsDir, consoleFile, log, nowMs: () => Date.now() });

/** The parameters were typed by the client on the other side of the thread. */
const call = (method: StoreMethod, parameters: readonly unknown[]): unknown =>
  (host[method] as (...parameters: readonly unknown[]) => ReturnType<StoreHost[StoreMethod]>)(...parameters);

port.on('message', (request: ThreadRequest) => {
  if (request.type === 'stop') {
    host.closeAll();
    port.close();
    return;
  }
  const { callId, method, parameters } = request;
  try {
    reply({ type: 'result', callId, value: call(method, parameters) });
  } catch (error) {
    const known =
      error instanceof OperationError
        ? error
        : new OperationError('INTERNAL_ERROR', 'The store made a mistake; the log has the details.', {
            effect: 'unknown',
          });
    if (known !== error) log.error('store call failed unexpectedly', { method, reason: String(error) });
    reply({ type: 'failure', callId, error: known.toShape() });
  }
});
