import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from '../../test/fixtures/console-app';
import { phoneOf } from '../../test/fixtures/linked-accounts';
import type { PracticeNetworkProcess } from '../../test/fixtures/practice-network';

export interface PlainClientsOptions {
  readonly count: number;
  /** Where LocalAuth keeps the profiles; a second start on the same folder needs no code. */
  readonly folder: string;
  readonly network: PracticeNetworkProcess;
  /** `in turn`: each `initialize` after the other; `all at once`: one `Promise.all`. */
  readonly order: 'in turn' | 'all at once';
}

export interface PlainClients {
  readonly pid: number;
  /** From spawn until the last one was ready. */
  readonly readyAfterMs: number;
  end(): Promise<void>;
}

/** Starts plain whatsapp-web.js clients in one Node process and resolves when all are ready; codes are scanned as they come. */
export const startPlainClients = async (options: PlainClientsOptions): Promise<PlainClients> => {
  const { count, folder, network, order } = options;
  const begun = performance.now();
  const script = join(repositoryRoot, 'bench/peers/whatsapp-web-script.mjs');
  const child = spawn('node', [script, String(count), folder, String(network.port), order], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let ready = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { readonly type: string; readonly index: number; readonly qr?: string };
    if (event.qr !== undefined) await network.control.scan({ qr: event.qr, phone: phoneOf(event.index) });
    if (event.type === 'ready') ready += 1;
    if (ready === count) break;
  }
  if (ready < count) throw new Error(`Only ${ready} of ${count} plain clients got ready.`);
  return {
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - begun,
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
