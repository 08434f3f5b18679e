import type { Log } from '../application/ports/log';
import type { Account } from '../contract/entities/account';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import type {
  Launch,
  WorkerReport,
  WorkerRequestInput,
  WorkerRequestKind,
  WorkerRequestOutput,
} from '../contract/frames';
import { generationSchema } from '../contract/ids';
import { withLabels } from '../domain/account-names';
import type { ChildProcess } from './child-process';
import type { SessionDeps } from './session-deps';
import type { StartTicket } from './start-queue';
import { type Launching, launchWorker } from './worker-launch';
import { WorkerProcess } from './worker-process';

export interface SessionProcessDeps {
  readonly deps: SessionDeps;
  readonly log: Log;
  /** The worker process runs, and is about to be told what to do. */
  spawned(account: Account, launch: Launch): void;
  reported(report: WorkerReport): void;
  /** No process could be started. */
  launchFailed(error: OperationErrorShape): void;
  /** Nothing runs and nothing is on its way any more. */
  exited(): void;
}

/** An account's processes, from a place in the queue of starts to the last of them: one life after the other. */
export class SessionProcess {
  readonly #own: SessionProcessDeps;
  #account: Account;
  #launching: Launching | undefined;
  #worker: WorkerProcess | undefined;
  /** The place in the queue of starts, held until the session is past its start. */
  #ticket: StartTicket | undefined;

  constructor(account: Account, own: SessionProcessDeps) {
    this.#account = account;
    this.#own = own;
  }

  /** Ids of worker and browser. */
  get ids(): readonly number[] {
    return this.#worker?.processes ?? [];
  }

  /** Whether it has been asked for something that an end would leave uncertain. */
  get changing(): boolean {
    return this.#worker?.changing ?? false;
  }

  /** @param before What has to be over before anything starts. */
  launch(account: Account, generation: number, before: Promise<void>): void {
    this.#account = account;
    const launching: Launching = { ticket: this.#own.deps.startQueue.join(), abandoned: false };
    this.#launching = launching;
    this.#ticket = launching.ticket;
    this.#start(launching, generation, before).then(
      () => this.#endLaunching(launching, undefined),
      (error: unknown) => this.#endLaunching(launching, error),
    );
  }

  /** The start is over, well or badly: the next account may begin. */
  started(): void {
    this.#ticket?.release();
    this.#ticket = undefined;
  }

  /** An orderly end; `exited` follows, or nothing does and it has to be killed. */
  stop(logout: boolean): void {
    if (this.#worker !== undefined) this.#worker.stop(logout);
    else if (this.#launching === undefined) this.#own.exited();
    else {
      this.#launching.abandoned = true;
      this.#launching.ticket.release();
    }
  }

  kill(): void {
    if (this.#worker !== undefined) {
      this.#own.log.warn('the worker did not stop in time and is killed');
      this.#worker.kill();
      return;
    }
    // A start that hangs before it has a process: nothing is there to kill, and what may still come is killed at birth.
    this.#launching = undefined;
    this.#own.exited();
  }

  request<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>> {
    if (this.#worker !== undefined) return this.#worker.request(kind, input);
    return Promise.reject(
      new OperationError('SESSION_NOT_READY', `Account “${this.#account.label}” has no running process.`),
    );
  }

  async #start(launching: Launching, generation: number, before: Promise<void>): Promise<void> {
    await before;
    const { deps, log } = this.#own;
    // Settings take effect at the next start, whoever asks for it.
    this.#account = deps.accounts.find(this.#account.id) ?? this.#account;
    const account = this.#account;
    const started = await launchWorker(account, launching, { deps, log });
    if (started === undefined) return;
    const { child, launch } = started;
    if (launching.abandoned && this.#launching !== launching) {
      // Given up long ago; a newer start may be under way.
      child.kill();
      return;
    }
    const worker = this.#adopt(child, launch, generation);
    if (launching.abandoned) {
      worker.kill();
      return;
    }
    this.#own.spawned(account, launch);
    worker.begin();
  }

  #adopt(child: ChildProcess, launch: Launch, generation: number): WorkerProcess {
    const { id: accountId, label } = this.#account;
    const identity = { accountId, generation: generationSchema.parse(generation), label, launch };
    const worker: WorkerProcess = new WorkerProcess(
      child,
      identity,
      {
        reported: (report) => {
          if (this.#worker === worker) this.#own.reported(report);
        },
        ended: () => {
          if (this.#worker !== worker) return;
          this.#worker = undefined;
          this.#release();
          this.#own.exited();
        },
      },
      { clock: this.#own.deps.clock, browserEnd: this.#own.deps.browserEnd, log: this.#own.log },
    );
    this.#worker = worker;
    return worker;
  }

  /** Without a worker the launch itself answers: with its failure, or with the end that a stop is waiting for. */
  #endLaunching(launching: Launching, error: unknown): void {
    const current = this.#launching === launching;
    if (current) this.#launching = undefined;
    if (this.#worker !== undefined || !current) return;
    this.#release();
    if (launching.abandoned) this.#own.exited();
    else if (error !== undefined) this.#own.launchFailed(this.#shapeOf(error));
  }

  /** What the launch rested on is closed with its processes. */
  #release(): void {
    this.#own.deps.launchPlanner.release(this.#account.id).catch((error: unknown) => {
      this.#own.log.warn('what the session rested on could not be closed', { reason: String(error) });
    });
  }

  #shapeOf(error: unknown): OperationErrorShape {
    const { id, label } = this.#account;
    const labelOf = (other: string): string | undefined => (other === id ? label : undefined);
    if (error instanceof OperationError) return { ...error.toShape(), message: withLabels(error.message, labelOf) };
    return new OperationError(
      'SESSION_START_FAILED',
      `Account “${label}” could not be started: ${error instanceof Error ? error.message : String(error)}`,
    ).toShape();
  }
}
