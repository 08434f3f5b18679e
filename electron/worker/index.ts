import { constants, setPriority } from 'node:os';
import { workerCommandSchema } from '../contract/frames';
import { AccountWorker } from './account-worker';
import { createWhatsAppDriver } from './driver/whatsapp-driver';

/** What Electron gives a utility process to talk to main. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/** How often to see whether main is still there, in ms. */
const parentCheckMs = 2_000;

const { parentPort } = process as unknown as { readonly parentPort: ParentPort | undefined };
if (parentPort === undefined) throw new Error('The worker runs as a utility process of the console only');

// Somebody is looking at the window and nobody at this process: twenty of them starting must not make the window stutter.
// The browser that it starts inherits this.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const worker = new AccountWorker({
  createDriver: createWhatsAppDriver,
  post: (frame) => parentPort.postMessage(frame),
  exit: (code) => process.exit(code),
});

parentPort.on('message', ({ data }) => worker.take(workerCommandSchema.parse(data)));

/** Enough to find the place, too little to carry a customer’s text. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 120);

process.on('uncaughtException', (error) => worker.crash(firstLine(error.message)));
process.on('unhandledRejection', (reason) =>
  worker.crash(firstLine(reason instanceof Error ? reason.message : String(reason))),
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void worker.end(0));

// Electron ends its utility processes with itself; should it ever not, nobody is left to be told.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void worker.end(1);
}, parentCheckMs).unref();
