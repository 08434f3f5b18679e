import { workerCommandSchema } from '../contract/frames';
import { AccountWorker } from './account-worker';
import { HeapCare } from './heap-care';
import { withoutOptionalPackages } from './optional-packages';
import { openTrial } from './trial';
import { yieldWithChildren } from './yielding-children';

/** What Electron gives a utility process to talk to main. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/** How often to see whether main is still there, in ms. */
const parentCheckMs = 30_000;

/** Enough to find the place, too little to carry a customer’s text. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 120);

/** The life of a worker process: it takes main’s commands until one of them, or main’s own end, ends it. */
export const runWorker = async (): Promise<void> => {
  const { parentPort } = process as unknown as { readonly parentPort: ParentPort | undefined };
  if (parentPort === undefined) throw new Error('The worker runs as a utility process of the console only');

  yieldWithChildren();
  // Not at the top: what it loads goes by the hooks only from here on.
  const { createWhatsAppDriver } = await withoutOptionalPackages(() => import('./driver/whatsapp-driver'));
  const heapCare = new HeapCare();
  const trial = openTrial(process.env);

  const worker = new AccountWorker({
    createDriver: createWhatsAppDriver,
    post: (frame) => {
      if (trial !== undefined && frame.report.type === 'launched') trial.browserPid = frame.report.browserPid;
      parentPort.postMessage(frame);
      if (frame.report.type === 'ready') heapCare.settle();
    },
    exit: (code) => process.exit(code),
    crashPoints: trial,
  });

  parentPort.on('message', ({ data }) => worker.take(workerCommandSchema.parse(data)));

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
};
