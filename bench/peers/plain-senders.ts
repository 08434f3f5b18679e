import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { desktopEnvironment, electronBinary, repositoryRoot } from '../../test/fixtures/console-app';
import { phoneOf } from '../../test/fixtures/linked-accounts';
import type { PracticeNetworkProcess } from '../../test/fixtures/practice-network';

export interface PlainSenders {
  /** Lets every account send so many texts at the same time; ms from the first call to the last ack. */
  send(count: number): Promise<number>;
  end(): Promise<void>;
}

export interface PlainSendersOptions {
  readonly accounts: number;
  readonly folder: string;
  readonly network: PracticeNetworkProcess;
  /** Whom each account writes to. */
  readonly customers: readonly string[];
}

interface SenderEvent {
  readonly type: 'qr' | 'ready' | 'sent';
  readonly qr?: string;
  readonly startedAtMs?: number;
  readonly endedAtMs?: number;
}

/** Plain whatsapp-web.js, a process for each account as in this project, linked and ready. */
export const startPlainSenders = async (options: PlainSendersOptions): Promise<PlainSenders> => {
  const senders: Sender[] = [];
  for (let place = 0; place < options.accounts; place += 1) senders.push(await startSender(options, place));
  return {
    send: async (count) => {
      const spans = await Promise.all(senders.map((sender) => sender.send(count)));
      return Math.max(...spans.map((span) => span.endedAtMs)) - Math.min(...spans.map((span) => span.startedAtMs));
    },
    end: async () => {
      await Promise.all(senders.map((sender) => sender.end()));
    },
  };
};

interface Sender {
  send(count: number): Promise<{ readonly startedAtMs: number; readonly endedAtMs: number }>;
  end(): Promise<void>;
}

const startSender = async ({ folder, network, customers }: PlainSendersOptions, place: number): Promise<Sender> => {
  const program = [join(repositoryRoot, 'bench/peers/plain-sender.ts'), String(network.port), folder, String(place)];
  const resolve = ['--import', join(repositoryRoot, 'bench/resolve.mjs')];
  const child = spawn(electronBinary, [...resolve, ...program, customers.join(',')], {
    env: { ...desktopEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((ended) => child.once('exit', ended));
  const events = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const until = async (type: SenderEvent['type']): Promise<SenderEvent> => {
    for (;;) {
      const { value, done } = await events.next();
      if (done === true) throw new Error(`Plain client ${place} ended before it was ${type}.`);
      const event = JSON.parse(value) as SenderEvent;
      if (event.type === 'qr' && event.qr !== undefined)
        await network.control.scan({ qr: event.qr, phone: phoneOf(place) });
      if (event.type === type) return event;
    }
  };
  await until('ready');
  return {
    send: async (count) => {
      child.stdin.write(`${JSON.stringify({ count })}\n`);
      const { startedAtMs = 0, endedAtMs = 0 } = await until('sent');
      return { startedAtMs, endedAtMs };
    },
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
