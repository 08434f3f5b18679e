import type { Log } from '../application/ports/log';
import type { Account } from '../contract/entities/account';
import type { LinkCode, Session, StopReason } from '../contract/entities/session';
import { OperationError, type OperationErrorShape } from '../contract/errors';
import type { WorkerReport, WorkerRequestInput, WorkerRequestKind, WorkerRequestOutput } from '../contract/frames';
import { generationSchema } from '../contract/ids';
import type { SessionEffect, SessionEvent } from '../domain/session-events';
import { initialSession, next, type SessionMachine } from '../domain/session-machine';
import { Heartbeat } from './heartbeat';
import { changesSomething } from './pending-requests';
import type { SessionDeps } from './session-deps';
import type { StartTicket } from './start-queue';
import { WorkerProcess } from './worker-process';

/** A start on its way to a process. Replaced by every newer start; what an older one still does is undone. */
interface Launching {
  readonly ticket: StartTicket;
  /** The session no longer wants it. */
  abandoned: boolean;
}

/** Runs the session machine for one account: feeds it what happens, does what it says. */
export class AccountSession {
  readonly #deps: SessionDeps;
  readonly #log: Log;
  readonly #heartbeat: Heartbeat;
  readonly #events: SessionEvent[] = [];
  readonly #stopWaiters: (() => void)[] = [];
  #account: Account;
  #machine: SessionMachine;
  #maxQrAttempts = 1;
  #linkCode: LinkCode | undefined;
  #launching: Launching | undefined;
  #ticket: StartTicket | undefined;
  #worker: WorkerProcess | undefined;
  #cancelDeadline: (() => void) | undefined;
  #draining = false;

  constructor(account: Account, deps: SessionDeps) {
    this.#account = account;
    this.#deps = deps;
    this.#log = deps.log.child({ accountId: account.id });
    this.#machine = initialSession(account.label, deps.clock.nowMs());
    this.#heartbeat = new Heartbeat(
      deps.clock,
      () => this.#ask('probe', {}),
      (result) => this.#dispatch({ type: result }),
    );
  }

  get session(): Session {
    const { generation, status } = this.#machine;
    return { accountId: this.#account.id, generation, status };
  }

  get linkCode(): LinkCode | undefined {
    return this.#linkCode;
  }

  start(account: Account): Session {
    this.#account = account;
    this.#dispatch({ type: 'start', label: account.label });
    return this.session;
  }

  async stop(why: StopReason): Promise<Session> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopWaiters.push(resolve);
    });
    this.#dispatch({ type: 'stop', why });
    await stopped;
    return this.session;
  }

  async request<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>> {
    const { state } = this.#machine.status;
    const allowed = state === 'ready' || (state === 'reconnecting' && !changesSomething(kind));
    if (!allowed) {
      throw new OperationError(
        'SESSION_NOT_READY',
        `Account “${this.#account.label}” is ${state}, not ready. Wait until it is ready, or start it.`,
        { data: { state } },
      );
    }
    return this.#ask(kind, input);
  }

  #ask<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>> {
    if (this.#worker === undefined) {
      return Promise.reject(
        new OperationError('SESSION_NOT_READY', `Account “${this.#account.label}” has no running process.`),
      );
    }
    return this.#worker.request(kind, input);
  }

  /** One event after the other, also when an observer causes the next one from inside. */
  #dispatch(event: SessionEvent): void {
    this.#events.push(event);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let first = this.#events.shift(); first !== undefined; first = this.#events.shift()) this.#take(first);
    } finally {
      this.#draining = false;
    }
  }

  #take(event: SessionEvent): void {
    const step = next(this.#machine, event, this.#deps.clock.nowMs());
    this.#machine = step.state;
    const { state } = step.state.status;
    if (state !== 'linking') this.#linkCode = undefined;
    if (state !== 'starting') {
      this.#ticket?.release();
      this.#ticket = undefined;
    }
    for (const effect of step.effects) this.#run(effect);
    if (event.type === 'exited' || state === 'stopped') {
      for (const resolve of this.#stopWaiters.splice(0)) resolve();
    }
  }

  #run(effect: SessionEffect): void {
    switch (effect.type) {
      case 'launch':
        this.#launch(effect.generation, effect.freshProfile);
        return;
      case 'stop_worker':
        this.#stopWorker();
        return;
      case 'kill_tree':
        this.#killTree();
        return;
      case 'arm_deadline':
        this.#cancelDeadline?.();
        this.#cancelDeadline = this.#deps.clock.schedule(Math.max(0, effect.atMs - this.#deps.clock.nowMs()), () =>
          this.#dispatch({ type: 'deadline' }),
        );
        return;
      case 'clear_deadline':
        this.#cancelDeadline?.();
        this.#cancelDeadline = undefined;
        return;
      case 'start_heartbeat':
        this.#heartbeat.start();
        return;
      case 'stop_heartbeat':
        this.#heartbeat.stop();
        return;
      case 'publish':
        this.#publish();
        return;
      case 'report':
        this.#log.warn('an event came in a state that does not expect it', {
          state: effect.state,
          event: effect.event,
        });
        return;
    }
  }

  #publish(): void {
    const { status, generation } = this.#machine;
    const error = 'error' in status ? { code: status.error.code, reason: status.error.message } : {};
    this.#log.info('session', { state: status.state, generation, ...error });
    this.#tell(() => this.#deps.observer.sessionChanged(this.session));
  }

  /** What an observer does wrong must not stop the machine. */
  #tell(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#log.error('an observer of sessions failed', {
        reason: error instanceof Error ? error.stack : String(error),
      });
    }
  }

  #launch(generation: number, freshProfile: boolean): void {
    const ticket = this.#deps.startQueue.join();
    const launching: Launching = { ticket, abandoned: false };
    this.#ticket = ticket;
    this.#launching = launching;
    this.#startWorker(launching, generation, freshProfile).then(
      () => this.#endLaunching(launching, undefined),
      (error: unknown) => this.#endLaunching(launching, error),
    );
  }

  async #startWorker(launching: Launching, generation: number, freshProfile: boolean): Promise<void> {
    const granted = await launching.ticket.turn;
    if (!granted || launching.abandoned) return;
    const account = this.#account;
    const launch = await this.#deps.launchPlanner.plan(account);
    if (launching.abandoned) return;
    this.#maxQrAttempts = launch.maxQrAttempts;
    // A browser that an earlier life left behind would hold the profile.
    const left = await this.#deps.browserEnd.kill(launch.profileDir);
    if (left > 0) this.#log.warn('ended a browser that was left on the profile', { processes: left });
    if (freshProfile) await this.#archive(launch.profileDir);
    if (launching.abandoned) return;

    const { workerEntry, startProcess } = this.#deps;
    const child = await startProcess({ entry: workerEntry, name: `switchboard-worker-${account.id}` });
    if (launching.abandoned && this.#launching !== launching) {
      // Given up long ago; a newer start may be under way.
      child.kill();
      return;
    }
    const identity = {
      accountId: account.id,
      generation: generationSchema.parse(generation),
      label: account.label,
      launch,
    };
    const worker: WorkerProcess = new WorkerProcess(
      child,
      identity,
      {
        reported: (report) => {
          if (this.#worker === worker) this.#heard(report);
        },
        ended: () => {
          if (this.#worker !== worker) return;
          this.#worker = undefined;
          this.#exited();
        },
      },
      this.#deps,
    );
    this.#worker = worker;
    if (launching.abandoned) {
      worker.kill();
      return;
    }
    this.#dispatch({ type: 'spawned' });
    worker.begin();
  }

  /** Without a worker the launch itself answers: with its failure, or with the end that a stop is waiting for. */
  #endLaunching(launching: Launching, error: unknown): void {
    const current = this.#launching === launching;
    if (current) this.#launching = undefined;
    if (this.#worker !== undefined || !current) return;
    if (launching.abandoned) this.#exited();
    else if (error !== undefined)
      this.#dispatch({ type: 'launch_failed', error: this.#shapeOf(error), fraction: this.#fraction() });
  }

  async #archive(profileDir: string): Promise<void> {
    try {
      await this.#deps.archiveProfile(profileDir, this.#deps.clock.nowMs());
    } catch (error) {
      // The page has forgotten its login by itself: the old profile shows a new code just as well.
      this.#log.warn('the profile of the unlinked device could not be put aside', { reason: String(error) });
    }
  }

  #stopWorker(): void {
    if (this.#worker !== undefined) {
      this.#worker.stop();
      return;
    }
    if (this.#launching === undefined) this.#exited();
    else this.#abandon(this.#launching);
  }

  #killTree(): void {
    if (this.#worker !== undefined) {
      this.#log.warn('the worker did not stop in time and is killed');
      this.#worker.kill();
      return;
    }
    // A start that hangs before it has a process: nothing is there to kill, and what may still come is killed at birth.
    this.#launching = undefined;
    this.#exited();
  }

  #abandon(launching: Launching): void {
    launching.abandoned = true;
    launching.ticket.release();
  }

  #exited(): void {
    this.#dispatch({ type: 'exited', fraction: this.#fraction() });
  }

  #heard(report: WorkerReport): void {
    const event = this.#eventOf(report);
    if (event !== undefined) this.#dispatch(event);
    this.#tell(() => this.#deps.observer.reported(this.#account.id, report));
  }

  #eventOf(report: WorkerReport): SessionEvent | undefined {
    switch (report.type) {
      case 'qr': {
        const { qr, attempt, lifetimeMs } = report;
        const maxAttempts = Math.max(this.#maxQrAttempts, attempt);
        const expiresAtMs = this.#deps.clock.nowMs() + lifetimeMs;
        // Before the state is published, so that whoever hears of it finds the code.
        this.#linkCode = { accountId: this.#account.id, qr, attempt, maxAttempts, expiresAtMs };
        return { type: 'qr', attempt, maxAttempts, lifetimeMs };
      }
      case 'failed':
        return { type: 'worker_failed', error: report.error };
      case 'syncing':
      case 'ready':
      case 'connection_lost':
      case 'connection_restored':
        return report;
      case 'logged_out':
        return { type: 'logged_out' };
      default:
        return undefined;
    }
  }

  #shapeOf(error: unknown): OperationErrorShape {
    if (error instanceof OperationError) return error.toShape();
    return new OperationError(
      'SESSION_START_FAILED',
      `Account “${this.#account.label}” could not be started: ${error instanceof Error ? error.message : String(error)}`,
    ).toShape();
  }

  #fraction(): number {
    return this.#deps.randomness.fraction();
  }
}
