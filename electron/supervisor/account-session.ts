import type { Log } from '../application/ports/log';
import type { SessionControl } from '../application/ports/sessions';
import type { Account, AccountIdentity } from '../contract/entities/account';
import type { LinkCode, PairingCode, Session, StopReason } from '../contract/entities/session';
import type { OperationErrorShape } from '../contract/errors';
import type {
  Launch,
  WorkerReport,
  WorkerRequestInput,
  WorkerRequestKind,
  WorkerRequestOutput,
} from '../contract/frames';
import type { SessionEffect, SessionEvent } from '../domain/session-events';
import { memoryExceeded } from '../domain/session-failures';
import { next } from '../domain/session-machine';
import { initialSession, type SessionMachine } from '../domain/session-state';
import { timelineOf } from '../domain/session-timeline';
import { teeLog } from './account-log';
import { mayAsk, notReady } from './admission';
import { Heartbeat } from './heartbeat';
import { LaunchPhases } from './launch-phases';
import { MemoryWatch } from './memory-watch';
import { ProfileBetweenLives } from './profile-between-lives';
import { eventOfReport } from './report-event';
import { lookEveryMs, Residency } from './residency';
import type { SessionDeps } from './session-deps';
import { SessionProcess } from './session-process';
import { SessionWindow } from './session-window';

/** Runs the session machine for one account: feeds it what happens, does what it says. */
export class AccountSession {
  readonly #deps: SessionDeps;
  readonly #log: Log;
  readonly #heartbeat: Heartbeat;
  readonly #memory: MemoryWatch;
  readonly #residency: Residency;
  readonly #window: SessionWindow;
  readonly #process: SessionProcess;
  readonly #profile: ProfileBetweenLives;
  readonly #events: SessionEvent[] = [];
  readonly #stopWaiters: (() => void)[] = [];
  #account: Account;
  #machine: SessionMachine;
  #maxQrAttempts = 1;
  #linkCode: LinkCode | undefined;
  #webVersion: string | undefined;
  #phases: LaunchPhases | undefined;
  #cancelDeadline: (() => void) | undefined;
  #draining = false;

  constructor(account: Account, deps: SessionDeps) {
    const { clock, observer } = deps;
    this.#account = account;
    this.#deps = deps;
    this.#log = teeLog(deps.log.child({ accountId: account.id }), (line) =>
      this.#tell(() => observer.logged(account.id, { atMs: clock.nowMs(), ...line })),
    );
    this.#machine = initialSession(account.label, clock.nowMs());
    this.#heartbeat = new Heartbeat(
      clock,
      () => this.#process.request('probe', {}),
      (result) => this.#dispatch({ type: result }),
    );
    this.#memory = new MemoryWatch({
      clock,
      measure: async () => {
        // An end in the middle of a send would leave it uncertain.
        return this.#process.changing ? undefined : deps.machine.memoryOf(this.#process.ids);
      },
      exceeded: (usedMb) => {
        const error = memoryExceeded(this.#account.label, usedMb, this.#account.settings.memoryLimitMb ?? 0);
        this.#dispatch({ type: 'worker_failed', error });
      },
    });
    this.#residency = new Residency({ clock, idle: () => this.#becomeIdle() });
    this.#window = new SessionWindow({
      log: this.#log,
      ask: (kind) => this.#process.request(kind, {}),
      changed: (shown) => {
        const words = shown ? 'WhatsApp window shown' : 'WhatsApp window hidden';
        this.#happened({ atMs: clock.nowMs(), kind: 'window', words });
        this.#publish();
      },
    });
    this.#profile = new ProfileBetweenLives(account.id, deps, this.#log);
    this.#process = new SessionProcess(account, {
      deps,
      log: this.#log,
      spawned: (launched, launch) => this.#spawned(launched, launch),
      reported: (report) => this.#heard(report),
      launchFailed: (error) =>
        this.#dispatch({ type: 'launch_failed', error, fraction: this.#deps.randomness.fraction() }),
      exited: () => this.#exited(),
    });
    if (account.network === 'whatsapp' && !deps.machine.isOnline()) this.setOnline(false);
  }

  get session(): Session {
    const { generation, status, lastError } = this.#machine;
    return {
      accountId: this.#account.id,
      generation,
      status,
      windowShown: this.#window.shown,
      ...(this.#webVersion === undefined ? {} : { webVersion: this.#webVersion }),
      ...(lastError === undefined ? {} : { lastError }),
    };
  }

  get linkCode(): LinkCode | undefined {
    return this.#linkCode;
  }

  /** Who the living session says it is. */
  get me(): AccountIdentity | undefined {
    const { status } = this.#machine;
    return status.state === 'ready' || status.state === 'reconnecting' ? status.me : undefined;
  }

  get processes(): readonly number[] {
    return this.#process.ids;
  }

  start(account: Account): Session {
    this.#account = account;
    this.#dispatch({ type: 'start', label: account.label });
    return this.session;
  }

  async stop(why: StopReason): Promise<Session> {
    await this.#untilDown({ type: 'stop', why });
    return this.session;
  }

  async logout(): ReturnType<SessionControl['logout']> {
    const session = await this.stop('logout');
    return { session, unlinked: this.#machine.unlinked };
  }

  async restart(account: Account): Promise<Session> {
    this.#account = account;
    await this.stop('restart');
    // One that was at rest has only stopped.
    return this.start(account);
  }

  async sleep(): Promise<Session> {
    const { state } = this.#machine.status;
    if (state === 'asleep') return this.session;
    if (state !== 'ready') throw notReady(this.#account.label, state, 'Only an account that is ready can sleep.');
    await this.#untilDown({ type: 'sleep', lookEveryMs: lookEveryMs(this.#hibernation) });
    return this.session;
  }

  wake(): void {
    this.#residency.use();
    const wasLooking = this.#machine.looking;
    this.#dispatch({ type: 'wake' });
    if (wasLooking && this.#machine.status.state === 'ready') this.#startResidency();
  }

  async setWindowShown(shown: boolean): Promise<Session> {
    this.#window.handOver();
    await this.request(shown ? 'showWindow' : 'hideWindow', {});
    return this.session;
  }

  async pairingCode(phoneNumber: string): Promise<PairingCode> {
    const { code, lifetimeMs } = await this.request('pairingCode', { phoneNumber });
    this.#dispatch({ type: 'pairing_code', lifetimeMs });
    return { accountId: this.#account.id, code, expiresAtMs: this.#deps.clock.nowMs() + lifetimeMs };
  }

  /** The computer's network, for accounts that live out there. */
  setOnline(online: boolean): void {
    if (this.#account.network === 'whatsapp') this.#dispatch({ type: online ? 'network_up' : 'network_down' });
  }

  /** What the running session rests on has gone. */
  fail(error: OperationErrorShape): void {
    if (this.#process.ids.length > 0) this.#dispatch({ type: 'worker_failed', error });
  }

  resumed(): void {
    this.#dispatch({ type: 'resumed' });
  }

  async request<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
  ): Promise<WorkerRequestOutput<Kind>> {
    mayAsk(kind, this.#machine, this.#account.label);
    this.#residency.use();
    return this.#process.request(kind, input);
  }

  /** Resolves when no process is left and nothing is done to the profile any more. */
  async #untilDown(event: SessionEvent): Promise<void> {
    const down = new Promise<void>((resolve) => {
      this.#stopWaiters.push(resolve);
    });
    this.#dispatch(event);
    await down;
    await this.#profile.done;
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
    const before = this.#machine;
    const nowMs = this.#deps.clock.nowMs();
    const step = next(before, event, nowMs);
    this.#machine = step.state;
    const { state } = step.state.status;
    if (state !== 'linking') this.#linkCode = undefined;
    if (state !== 'starting') this.#process.started();
    for (const entry of timelineOf(before, step.state, nowMs)) this.#happened(entry);
    for (const effect of step.effects) this.#run(effect);
    if (before.status.state !== state) this.#enter(state);
    if (event.type === 'exited' || state === 'stopped') {
      for (const resolve of this.#stopWaiters.splice(0)) resolve();
    }
  }

  #run(effect: SessionEffect): void {
    const { clock } = this.#deps;
    switch (effect.type) {
      case 'launch':
        this.#phases = new LaunchPhases(clock.nowMs());
        this.#process.launch(this.#account, effect.generation, this.#profile.done);
        return;
      case 'stop_worker':
        this.#process.stop(effect.logout);
        return;
      case 'settle':
        this.#settle(effect.untilMs);
        return;
      case 'put_profile_aside':
        this.#profile.putAside(effect.keep);
        return;
      case 'kill_tree':
        this.#process.kill();
        return;
      case 'arm_deadline':
        this.#cancelDeadline?.();
        this.#cancelDeadline = clock.schedule(Math.max(0, effect.atMs - clock.nowMs()), this.#due);
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
      case 'probe_now':
        this.#heartbeat.beatNow();
        return;
      case 'publish':
        this.#publish();
        return;
      case 'report':
        this.#log.warn('an event came in a state that does not expect it', { ...effect });
        return;
    }
  }

  readonly #due = (): void => this.#dispatch({ type: 'deadline' });

  #settle(untilMs: number): void {
    const { generation } = this.#machine;
    this.#profile.settle(untilMs, () => {
      if (this.#machine.generation === generation && this.#machine.settling) this.#dispatch({ type: 'settled' });
    });
  }

  /** What runs beside the machine while it is in a state. */
  #enter(state: SessionMachine['status']['state']): void {
    if (state === 'ready') {
      this.#memory.start(this.#account.settings.memoryLimitMb);
      this.#startResidency();
      if (this.#machine.me !== undefined) this.#profile.mark(this.#machine.me);
    } else if (state !== 'reconnecting') {
      this.#memory.stop();
      this.#residency.stop();
    }
    if (state === 'syncing' || state === 'ready') this.#window.endPasskey();
  }

  /** As the settings are now: whether it may sleep is nothing that a start decides. */
  get #hibernation(): Account['settings']['hibernation'] {
    return (this.#deps.accounts.find(this.#account.id) ?? this.#account).settings.hibernation;
  }

  #startResidency(): void {
    this.#residency.start(this.#hibernation, this.#machine.looking);
  }

  #becomeIdle(): void {
    // Somebody is looking at it.
    if (this.#window.shown) this.#startResidency();
    else
      this.#dispatch({
        type: 'sleep',
        lookEveryMs: this.#machine.looking ? this.#machine.lookEveryMs : lookEveryMs(this.#hibernation),
      });
  }

  #publish(): void {
    const { status, generation } = this.#machine;
    const error = 'error' in status ? { code: status.error.code, reason: status.error.message } : {};
    this.#log.info('session', { state: status.state, generation, ...error });
    this.#tell(() => this.#deps.observer.sessionChanged(this.session));
  }

  #happened(entry: Parameters<SessionDeps['observer']['happened']>[1]): void {
    this.#tell(() => this.#deps.observer.happened(this.#account.id, entry));
  }

  #endPhase(phase: Parameters<LaunchPhases['end']>[0]): void {
    for (const entry of this.#phases?.end(phase, this.#deps.clock.nowMs()) ?? []) this.#happened(entry);
  }

  /** What an observer does wrong must not stop the machine. */
  #tell(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#deps.log.error('an observer of sessions failed', {
        accountId: this.#account.id,
        reason: error instanceof Error ? error.stack : String(error),
      });
    }
  }

  #exited(): void {
    this.#window.forget();
    this.#dispatch({ type: 'exited', fraction: this.#deps.randomness.fraction() });
  }

  #spawned(account: Account, launch: Launch): void {
    this.#account = account;
    this.#maxQrAttempts = launch.maxQrAttempts;
    const { restartOnCrash } = account.settings;
    const rules = { restartOnCrash, startMs: launch.startTimeoutMs, syncProgressMs: launch.syncTimeoutMs };
    this.#dispatch({ type: 'spawned', rules });
    this.#endPhase('spawned');
  }

  #heard(report: WorkerReport): void {
    if (report.type === 'messages') this.#residency.use();
    if (report.type === 'window') this.#window.note(report.shown);
    if (report.type === 'loaded') this.#webVersion = report.webVersion;
    const event = eventOfReport(report, {
      account: this.#account,
      maxQrAttempts: this.#maxQrAttempts,
      findHolder: (me) => this.#deps.findHolder(me, this.#account.id),
    });
    // Before the state is published, so that whoever hears of it finds the code.
    if (report.type === 'qr' && event?.type === 'qr') {
      const { attempt, maxAttempts, lifetimeMs } = event;
      const expiresAtMs = this.#deps.clock.nowMs() + lifetimeMs;
      this.#linkCode = { accountId: this.#account.id, qr: report.qr, attempt, maxAttempts, expiresAtMs };
    }
    if (event?.type !== 'number_taken') this.#endPhase(report.type);
    if (event !== undefined) this.#dispatch(event);
    else if (report.type === 'loaded') this.#publish();
    if (report.type === 'passkey' && this.#machine.status.state === 'linking') this.#window.showForPasskey();
    // Whose number it is has to be settled before anybody takes this account for it.
    if (event?.type !== 'number_taken') this.#tell(() => this.#deps.observer.reported(this.#account.id, report));
  }
}
