import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Randomness } from '../application/ports/clock';
import type { Log } from '../application/ports/log';
import type { PracticeNetwork } from '../application/ports/sessions';
import type { Account } from '../contract/entities/account';
import { OperationError } from '../contract/errors';
import { backoffDelayMs, backoffRules } from '../domain/backoff';
import type { ChildProcess, StartProcess } from './child-process';
import { isPhoneFree, type PracticeAddress, scanCode } from './practice-control';
import { startUtilityProcess } from './utility-process';

export interface PracticeNetworkOptions {
  /** Absolute path of the network's bundle. */
  readonly entry: string;
  /** The page that it serves in place of web.whatsapp.com's. */
  readonly pageFile: string;
  /** Where it keeps phones, customers and messages. */
  readonly stateFile: string;
  /** Whether it starts with the phones and customers of the demo. */
  readonly demo: boolean;
  /** Told where the control interface is each time the network comes up, and `undefined` when it is gone. */
  readonly announce: (address: PracticeAddress | undefined) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly randomness: Randomness;
  /** How processes are made; Electron's utility processes unless told. */
  readonly startProcess?: StartProcess;
}

export interface RunningPracticeNetwork extends PracticeNetwork {
  /** Lets it write its state and end. */
  stop(): Promise<void>;
}

/** Only a name in the page's address: whatsapp-web.js asks for a version. */
const pageVersion = '2.3000.1017054665';
const listenLimitMs = 15_000;
const stopLimitMs = 5_000;

/** Phones of the demo, by the label of the account that they are meant for. */
const demoPhones: Readonly<Record<string, string>> = { Sales: '551140020022', Support: '442079460018' };

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), port: z.int().positive() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

/** A Brazilian mobile number that is the account's own for ever: eight digits drawn from its id. */
const numberOfAccount = (account: Account): string => {
  const digest = createHash('sha256').update(account.id).digest();
  return `55119${String(digest.readUIntBE(0, 6) % 100_000_000).padStart(8, '0')}`;
};

const unavailable = (reason: string, cause?: unknown): OperationError =>
  new OperationError(
    'PRACTICE_UNAVAILABLE',
    `The practice network cannot be started: ${reason}. Try again in a moment.`,
    { cause },
  );

/** The built-in stand-in for WhatsApp in a process of its own, started when first needed and again whenever it dies. */
export const createPracticeNetwork = (options: PracticeNetworkOptions): RunningPracticeNetwork => {
  const { clock, log, randomness } = options;
  const startProcess = options.startProcess ?? startUtilityProcess;
  const token = randomness.hex(64);
  let running: { readonly child: ChildProcess; readonly address: PracticeAddress } | undefined;
  let starting: Promise<PracticeAddress> | undefined;
  /** Kept over restarts, so that the accounts' pages find their way back. */
  let port = 0;
  /** Deaths in a row, and when the network last came up. */
  let deaths = 0;
  let upSinceMs = 0;
  let stopped = false;
  let cancelRestart: (() => void) | undefined;

  const untilListening = (child: ChildProcess): Promise<number> =>
    new Promise((resolve, reject) => {
      const cancel = clock.schedule(listenLimitMs, () => reject(new Error('it does not listen in time')));
      child.onExit((code) => {
        cancel();
        reject(new Error(`it ended with code ${code}`));
      });
      child.onMessage((message) => {
        const parsed = messageSchema.safeParse(message);
        if (!parsed.success) return;
        cancel();
        if (parsed.data.type === 'listening') resolve(parsed.data.port);
        else reject(new Error(parsed.data.message));
      });
    });

  const startOn = async (wanted: number): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
    const { entry, pageFile, stateFile, demo } = options;
    const child = await startProcess({ entry, name: 'switchboard-practice' });
    child.post({ type: 'start', pageFile, token, stateFile, demo, port: wanted });
    try {
      return { child, port: await untilListening(child) };
    } catch (error) {
      child.kill();
      throw error;
    }
  };

  const start = async (): Promise<PracticeAddress> => {
    const begun = await startOn(port).catch((error: unknown) => {
      if (port === 0) throw error;
      log.warn('the practice network could not have its port back and takes another', { reason: String(error) });
      return startOn(0);
    });
    port = begun.port;
    const address: PracticeAddress = { port, token };
    running = { child: begun.child, address };
    options.announce(address);
    upSinceMs = clock.nowMs();
    begun.child.onExit((code) => died(code, begun.child.errorOutput()));
    log.info('practice network is listening', { port });
    return address;
  };

  const died = (code: number, output = ''): void => {
    running = undefined;
    options.announce(undefined);
    if (stopped) return;
    deaths = clock.nowMs() - upSinceMs >= backoffRules.stableMs ? 1 : deaths + 1;
    log.error('the practice network ended and is started again', { code, output });
    cancelRestart = clock.schedule(backoffDelayMs(deaths, randomness.fraction()) / 4, () => {
      void ensure().catch(() => died(-1));
    });
  };

  const ensure = async (): Promise<PracticeAddress> => {
    if (stopped) throw unavailable('the console is closing');
    if (running !== undefined) return running.address;
    starting ??= start().finally(() => {
      starting = undefined;
    });
    try {
      return await starting;
    } catch (error) {
      throw unavailable(error instanceof Error ? error.message : String(error), error);
    }
  };

  const phoneFor = async (address: PracticeAddress, account: Account): Promise<string> => {
    // The phone that linked this account once is the one in the person's hand.
    const known = account.identity?.phone.replace(/\D/g, '');
    if (known !== undefined && known !== '') return known;
    const demoPhone = demoPhones[account.label];
    if (options.demo && demoPhone !== undefined && (await isPhoneFree(address, demoPhone))) return demoPhone;
    return numberOfAccount(account);
  };

  return {
    page: async () => {
      const address = await ensure();
      return { version: pageVersion, remotePath: `http://127.0.0.1:${address.port}/page/{version}.html` };
    },
    scan: async (account, qr) => {
      const address = await ensure();
      const phone = await phoneFor(address, account);
      return { phone: await scanCode(address, { qr, phone, pushname: account.label }) };
    },
    stop: async () => {
      stopped = true;
      cancelRestart?.();
      await starting?.catch(() => undefined);
      const child = running?.child;
      if (child === undefined) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(stopLimitMs, () => child.kill());
        child.onExit(() => {
          cancel();
          resolve();
        });
        child.post({ type: 'stop' });
      });
    },
  };
};
