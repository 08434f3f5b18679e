import { availableParallelism } from 'node:os';
import type { Clock, Randomness } from '../application/ports/clock';
import type { Log } from '../application/ports/log';
import type { Machine } from '../application/ports/machine';
import type { AccountDirectory, LaunchPlanner, SessionControl, SessionObserver } from '../application/ports/sessions';
import type { Account } from '../contract/entities/account';
import type { Session, StopReason } from '../contract/entities/session';
import type { AccountId } from '../contract/ids';
import { AccountSession } from './account-session';
import { notReady } from './admission';
import { type BrowserEnd, createBrowserEnd } from './browser-end';
import type { StartProcess } from './child-process';
import { findHolder, markLinked } from './linked-number';
import { archiveProfile, dropProfile } from './profile-archive';
import { removeStaleLock } from './profile-lock';
import { untilSettled } from './profile-settle';
import type { ProfileCare, SessionDeps } from './session-deps';
import { createStartQueue } from './start-queue';
import { startUtilityProcess } from './utility-process';

export interface SupervisorOptions {
  readonly launchPlanner: LaunchPlanner;
  readonly accounts: AccountDirectory;
  readonly machine: Machine;
  readonly observer: SessionObserver;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Absolute path of the worker's bundle. */
  readonly workerEntry: string;
  /** How many accounts may be starting at the same time; as many as there are cores, 2 to 4, unless told. */
  readonly maxConcurrentStarts?: number;
  /** How processes are made; Electron's utility processes unless told. */
  readonly startProcess?: StartProcess;
  /** How browsers are looked for and ended; by their command lines unless told. */
  readonly browserEnd?: BrowserEnd;
  /** What is done to profiles on the disk; the real thing unless told. */
  readonly profileCare?: ProfileCare;
}

export interface Supervisor extends SessionControl {
  /** Stops every session and starts none any more. Resolves when no process is left. */
  stopAll(why: StopReason): Promise<void>;
}

/** A start keeps a core busy: as many as there are, so that they neither wait for each other nor for the window. */
const defaultConcurrentStarts = Math.min(4, Math.max(2, availableParallelism()));

/** There is no moment since which it is stopped: 0. */
const neverRan = (accountId: AccountId): Session => ({
  accountId,
  generation: 0,
  status: { state: 'stopped', sinceMs: 0 },
  windowShown: false,
});

/** One session per account, each in processes of its own. */
export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const { launchPlanner, accounts, machine, observer, clock, randomness, log, workerEntry } = options;
  const sessions = new Map<AccountId, AccountSession>();
  const deps: SessionDeps = {
    launchPlanner,
    accounts,
    machine,
    observer,
    clock,
    randomness,
    log,
    workerEntry,
    profileCare: options.profileCare ?? {
      archive: archiveProfile,
      drop: dropProfile,
      unlock: removeStaleLock,
      untilSettled: (profileDir, untilMs) => untilSettled(profileDir, untilMs, clock),
      mark: markLinked,
    },
    findHolder: (me, accountId) => findHolder(me, accountId, accounts, (other) => sessions.get(other)?.me),
    startProcess: options.startProcess ?? startUtilityProcess,
    startQueue: createStartQueue(options.maxConcurrentStarts ?? defaultConcurrentStarts, clock, randomness),
    browserEnd: options.browserEnd ?? createBrowserEnd(clock),
  };
  let closed = false;
  const all = (task: (session: AccountSession) => void): void => {
    for (const session of sessions.values()) task(session);
  };
  const unsubscribe = [
    machine.onNetworkChange((online) => all((session) => session.setOnline(online))),
    machine.onResume(() => all((session) => session.resumed())),
  ];

  const get: SessionControl['get'] = (accountId) => sessions.get(accountId)?.session ?? neverRan(accountId);

  /** A session that never ran is as stopped as any. */
  const of = (account: Account): AccountSession => {
    const session = sessions.get(account.id) ?? new AccountSession(account, deps);
    sessions.set(account.id, session);
    return session;
  };
  const running = (accountId: AccountId): AccountSession => {
    const session = sessions.get(accountId);
    if (session !== undefined) return session;
    throw notReady(accounts.find(accountId)?.label ?? accountId, 'stopped', 'Start it first.');
  };

  return {
    get,
    start: (account) => (closed ? get(account.id) : of(account).start(account)),
    stop: async (accountId, why) => (await sessions.get(accountId)?.stop(why)) ?? get(accountId),
    restart: async (account) => (closed ? get(account.id) : of(account).restart(account)),
    logout: async (accountId) => {
      const account = accounts.find(accountId);
      return account === undefined ? { session: get(accountId), unlinked: false } : of(account).logout();
    },
    sleep: async (accountId) => running(accountId).sleep(),
    wake: (accountId) => {
      if (!closed) sessions.get(accountId)?.wake();
    },
    showWindow: async (accountId) => running(accountId).setWindowShown(true),
    hideWindow: async (accountId) => running(accountId).setWindowShown(false),
    screenshot: async (accountId) => (await running(accountId).request('screenshot', {})).png,
    pairingCode: async (accountId, phoneNumber) => running(accountId).pairingCode(phoneNumber),
    processes: (accountId) => sessions.get(accountId)?.processes ?? [],
    fail: (accountId, error) => sessions.get(accountId)?.fail(error),
    linkCode: (accountId) => sessions.get(accountId)?.linkCode,
    request: async (accountId, kind, input) => running(accountId).request(kind, input),
    forget: (accountId) => {
      const { state } = get(accountId).status;
      if (state !== 'stopped' && state !== 'failed')
        throw new Error(`Session ${accountId} is ${state}: stop it before forgetting it`);
      sessions.delete(accountId);
    },
    stopAll: async (why) => {
      closed = true;
      for (const end of unsubscribe) end();
      await Promise.all([...sessions.values()].map((session) => session.stop(why)));
    },
  };
};
