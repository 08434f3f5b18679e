import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { desktopEnvironment, electronBinary, repositoryRoot } from '../../test/fixtures/console-app';
import { phoneOf } from '../../test/fixtures/linked-accounts';
import type { PracticeNetworkProcess } from '../../test/fixtures/practice-network';

export interface PlainServer {
  /** Where it takes messages. */
  readonly address: string;
  end(): Promise<void>;
}

/** Plain whatsapp-web.js behind a server of its own process, linked and ready. */
export const startPlainServer = async (folder: string, network: PracticeNetworkProcess): Promise<PlainServer> => {
  const program = [join(repositoryRoot, 'bench/peers/plain-server.ts'), String(network.port), folder];
  const child = spawn(electronBinary, ['--import', join(repositoryRoot, 'bench/resolve.mjs'), ...program], {
    env: { ...desktopEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((ended) => child.once('exit', ended));
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { readonly type: 'qr' | 'ready'; readonly qr?: string; readonly port?: number };
    if (event.type === 'qr' && event.qr !== undefined) await network.control.scan({ qr: event.qr, phone: phoneOf(0) });
    if (event.type === 'ready') {
      return {
        address: `http://127.0.0.1:${event.port}`,
        end: async () => {
          child.stdin.end();
          await exited;
        },
      };
    }
  }
  throw new Error('Plain whatsapp-web.js ended before it was ready.');
};
