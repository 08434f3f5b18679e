import { z } from 'zod';
import type { Log } from '../application/ports/log';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import {
  type Launch,
  type WorkerCommand,
  type WorkerReport,
  type WorkerRequestInput,
  type WorkerRequestKind,
  type WorkerRequestOutput,
  workerFrameSchema,
} from '../contract/frames';
import type { AccountId, Generation } from '../contract/ids';
import { withLabels } from '../domain/account-names';
import type { BrowserEnd } from './browser-end';
import type { ChildProcess } from './child-process';
import { PendingRequests } from './pending-requests';
import type { SessionDeps } from './session-deps';

/** Whose life this is. */
export interface WorkerIdentity {
  readonly accountId: AccountId;
  readonly generation: Generation;
  readonly label: string;
  readonly launch: Launch;
}

/** What the session hears of its worker. */
export interface WorkerListener {
  reported(report: WorkerReport): void;
  /** Worker and browser are gone. */
  ended(): void;
}

/** One life of an account's worker and its browser, from fork to the last process. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #identity: WorkerIdentity;
  readonly #requests: PendingRequests;
  readonly #browserEnd: BrowserEnd;
  readonly #log: Log;
  #browserPid: number | undefined;
  #heard = false;
  #running = true;

  constructor(
    child: ChildProcess,
    identity: WorkerIdentity,
    listener: WorkerListener,
    deps: Pick<SessionDeps, 'clock' | 'browserEnd' | 'log'>,
  ) {
    this.#child = child;
    this.#identity = identity;
    this.#requests = new PendingRequests(deps.clock);
    this.#browserEnd = deps.browserEnd;
    this.#log = deps.log.child({ generation: identity.generation });
    child.onMessage((message) => this.#read(message, listener));
    child.onExit((code) => {
      this.#running = false;
      this.#log.info('worker ended', { code });
      // Before its first frame a worker knows no customer: what it wrote is about our own code.
      if (!this.#heard && code !== 0)
        this.#log.error('worker ended before it said anything', { output: child.errorOutput() });
      this.#requests.crash(identity.label);
      void this.#endBrowser().then(() => listener.ended());
    });
  }

  begin(): void {
    const { accountId, generation, launch } = this.#identity;
    this.#post({ type: 'start', accountId, generation, launch });
  }

  /** The roots of the process trees that this life has. */
  get processes(): readonly number[] {
    return [this.#child.pid, this.#browserPid].filter((pid) => pid !== undefined);
  }

  /** Whether it has been asked for something that an end would leave uncertain. */
  get changing(): boolean {
    return this.#requests.changing;
  }

  /** Asks for an orderly end; `ended` follows, or nothing does and the session kills. With `logout` it unlinks the device first. */
  stop(logout: boolean): void {
    this.#post(logout ? { type: 'stop', logout } : { type: 'stop' });
  }

  /** Ends worker and browser at once. `ended` follows. */
  kill(): void {
    this.#child.kill();
    void this.#browserEnd.kill(this.#identity.launch.profileDir).catch((error: unknown) => this.#cannotLook(error));
  }

  request<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>> {
    const { label } = this.#identity;
    if (!this.#running) {
      return Promise.reject(
        new OperationError('SESSION_NOT_READY', `The processes of account “${label}” just ended; nothing was asked.`),
      );
    }
    return this.#requests.open(kind, input, label, (requestId) =>
      this.#post({ type: 'request', requestId, kind, input }),
    );
  }

  #post(command: WorkerCommand): void {
    this.#child.post(command);
  }

  #read(message: unknown, listener: WorkerListener): void {
    const parsed = workerFrameSchema.safeParse(message);
    if (!parsed.success) {
      const paths = parsed.error.issues.map((issue) => z.core.toDotPath(issue.path));
      this.#log.warn('a frame of the worker was not understood and dropped', { paths });
      return;
    }
    this.#heard = true;
    const { accountId, generation, report } = parsed.data;
    if (accountId !== this.#identity.accountId || generation !== this.#identity.generation) {
      this.#log.warn('a frame of another life was dropped', { ofAccount: accountId, ofGeneration: generation });
      return;
    }
    if (report.type === 'launched') this.#browserPid = report.browserPid;
    if (report.type === 'log') this.#log[report.level](report.message);
    else if (report.type === 'failed') listener.reported({ ...report, error: this.#named(report.error) });
    else if (report.type !== 'reply') listener.reported(report);
    else if (report.result.ok) this.#requests.settle(report);
    else this.#requests.settle({ ...report, result: { ok: false, error: this.#named(report.result.error) } });
  }

  /** A worker only knows its account's id; people know the label. */
  #named(error: OperationErrorShape): OperationErrorShape {
    const { accountId, label } = this.#identity;
    return { ...error, message: withLabels(error.message, (id) => (id === accountId ? label : undefined)) };
  }

  async #endBrowser(): Promise<void> {
    try {
      const gone = await this.#browserEnd.untilGone(this.#identity.launch.profileDir);
      if (!gone) this.#log.error('processes of the browser cannot be ended');
    } catch (error) {
      this.#cannotLook(error);
    }
  }

  #cannotLook(error: unknown): void {
    this.#log.error('cannot look for processes of the browser', { reason: String(error) });
  }
}
