import { z } from 'zod';
import type { CrashPoints } from '../contract/crash-points';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import {
  type WorkerCommand,
  type WorkerFrame,
  type WorkerReport,
  type WorkerRequestKind,
  workerRequests,
} from '../contract/frames';
import type { AccountId, Generation } from '../contract/ids';
import type { CreateDriver, Driver } from './driver/driver';

export interface AccountWorkerDeps {
  readonly createDriver: CreateDriver;
  post(frame: WorkerFrame): void;
  /** Ends this process. */
  exit(code: number): void;
  /** Present in tests that end processes on purpose. */
  readonly crashPoints?: CrashPoints | undefined;
}

interface Life {
  readonly accountId: AccountId;
  readonly generation: Generation;
  readonly driver: Driver;
}

type Request = Extract<WorkerCommand, { readonly type: 'request' }>;

const answers: {
  readonly [Kind in WorkerRequestKind]: (driver: Driver, input: unknown) => Promise<unknown>;
} = {
  send: async (driver, input) => ({ message: await driver.send(workerRequests.send.input.parse(input)) }),
  resendMessage: async (driver, input) => {
    const { chatId, messageId } = workerRequests.resendMessage.input.parse(input);
    const message = await driver.resendMessage(chatId, messageId);
    return message === undefined ? {} : { message };
  },
  readLimits: async (driver) => ({ limits: await driver.readLimits() }),
  findMessage: async (driver, input) => {
    const { chatId, messageId } = workerRequests.findMessage.input.parse(input);
    const message = await driver.findMessage(chatId, messageId);
    return message === undefined ? {} : { message };
  },
  listChats: async (driver) => ({ chats: await driver.listChats() }),
  fetchMessages: async (driver, input) => {
    const { chatId, limit } = workerRequests.fetchMessages.input.parse(input);
    return { messages: await driver.fetchMessages(chatId, limit) };
  },
  markRead: async (driver, input) => {
    await driver.markRead(workerRequests.markRead.input.parse(input).chatId);
    return {};
  },
  look: async (driver, input) => ({ result: await driver.act(workerRequests.look.input.parse(input)) }),
  act: async (driver, input) => ({ result: await driver.act(workerRequests.act.input.parse(input)) }),
  probe: async (driver) => ({ connected: await driver.isConnected() }),
  pairingCode: (driver, input) => driver.pairingCode(workerRequests.pairingCode.input.parse(input).phoneNumber),
  screenshot: async (driver) => ({ png: await driver.screenshot() }),
  showWindow: async (driver) => {
    await driver.setWindowShown(true);
    return {};
  },
  hideWindow: async (driver) => {
    await driver.setWindowShown(false);
    return {};
  },
};

/** One account's worker from its first command to its end: every end, wanted or not, closes the browser first. */
export class AccountWorker {
  readonly #deps: AccountWorkerDeps;
  #life: Life | undefined;
  #ending: Promise<void> | undefined;

  constructor(deps: AccountWorkerDeps) {
    this.#deps = deps;
  }

  take(command: WorkerCommand): void {
    if (command.type === 'start') this.#start(command);
    else if (command.type === 'stop') void (command.logout === true ? this.#logOut() : this.end(0));
    else void this.#answer(command);
  }

  /** Something broke where nobody expected it: nothing after it can be trusted. During the end it is part of the end. */
  crash(what: string): void {
    if (this.#ending !== undefined) return;
    if (this.#life !== undefined) {
      const text = `The worker of account ${this.#life.accountId} broke: ${what}. It is started again.`;
      this.#report({ type: 'failed', error: new OperationError('SESSION_CRASHED', text).toShape() });
    }
    void this.end(1);
  }

  /** Closes the browser and exits. The first code counts. */
  end(code: number): Promise<void> {
    this.#ending ??= this.#end(code);
    return this.#ending;
  }

  async #logOut(): Promise<void> {
    if (this.#ending === undefined && (await this.#life?.driver.logout()) === true)
      this.#report({ type: 'logged_out', reason: 'Unlinked from here' });
    await this.end(0);
  }

  async #end(code: number): Promise<void> {
    await this.#life?.driver.close();
    this.#deps.exit(code);
  }

  #start({ accountId, generation, launch }: Extract<WorkerCommand, { readonly type: 'start' }>): void {
    if (this.#life !== undefined || this.#ending !== undefined) return;
    const driver = this.#deps.createDriver(accountId, launch, {
      report: (report) => this.#report(report),
      failed: (error) => {
        this.#report({ type: 'failed', error });
        void this.end(1);
      },
      loggedOut: (reason) => {
        this.#report({ type: 'logged_out', reason });
        void this.end(0);
      },
      calling: () => this.#deps.crashPoints?.reach('worker.calling', accountId),
    });
    this.#life = { accountId, generation, driver };
    void driver.start();
  }

  async #answer({ requestId, kind, input }: Request): Promise<void> {
    try {
      if (this.#life === undefined) throw new OperationError('SESSION_NOT_READY', 'The worker has not been started.');
      const { accountId, driver } = this.#life;
      const crashPoints = kind === 'send' ? this.#deps.crashPoints : undefined;
      await crashPoints?.reach('worker.asked', accountId);
      const value = await answers[kind](driver, input);
      await crashPoints?.reach('worker.stored', accountId);
      this.#report({ type: 'reply', requestId, result: { ok: true, value } });
    } catch (error) {
      this.#report({ type: 'reply', requestId, result: { ok: false, error: this.#shapeOf(error, kind) } });
    }
  }

  #shapeOf(error: unknown, kind: WorkerRequestKind): OperationErrorShape {
    if (error instanceof OperationError) return error.toShape();
    const account = this.#life?.accountId ?? 'without a name';
    if (error instanceof z.ZodError) {
      return new OperationError(
        'VALIDATION_ERROR',
        `Account ${account} was asked for ${kind} in a way it does not understand: ${z.prettifyError(error)}`,
      ).toShape();
    }
    const changes = kind === 'send' || kind === 'resendMessage' || kind === 'markRead' || kind === 'act';
    const effect = changes ? 'unknown' : 'none';
    return new OperationError('INTERNAL_ERROR', `Account ${account} failed at ${kind}: ${String(error)}`, {
      effect,
    }).toShape();
  }

  #report(report: WorkerReport): void {
    if (this.#life === undefined) return;
    const { accountId, generation } = this.#life;
    this.#deps.post({ accountId, generation, report });
  }
}
