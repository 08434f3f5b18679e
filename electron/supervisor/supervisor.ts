import type { Clock, Randomness } from '../application/ports/clock';
import type { Log } from '../application/ports/log';
import type { LaunchPlanner, SessionControl, SessionObserver } from '../application/ports/sessions';
import type { Session, StopReason } from '../contract/entities/session';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { AccountSession } from './account-session';
import { type BrowserEnd, createBrowserEnd } from './browser-end';
import type { StartProcess } from './child-process';
import { archiveProfile } from './profile-archive';
import type { SessionDeps } from './session-deps';
import { createStartQueue } from './start-queue';
import { startUtilityProcess } from './utility-process';

export interface SupervisorOptions {
  readonly launchPlanner: LaunchPlanner;
  readonly observer: SessionObserver;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Absolute path of the worker's bundle. */
  readonly workerEntry: string;
  /** How many accounts may be starting at the same time; 3 unless told. */
  readonly maxConcurrentStarts?: number;
  /** How processes are made; Electron's utility processes unless told. */
  readonly startProcess?: StartProcess;
  /** How browsers are looked for and ended; by their command lines unless told. */
  readonly browserEnd?: BrowserEnd;
}

export interface Supervisor extends SessionControl {
  /** Stops every session and starts none any more. Resolves when no process is left. */
  stopAll(why: StopReason): Promise<void>;
}

const defaultConcurrentStarts = 3;

/** There is no moment since which it is stopped: 0. */
const neverRan = (accountId: AccountId): Session => ({
  accountId,
  generation: 0,
  status: { state: 'stopped', sinceMs: 0 },
});

/** One session per account, each in processes of its own. */
export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const { launchPlanner, observer, clock, randomness, log, workerEntry } = options;
  const deps: SessionDeps = {
    launchPlanner,
    observer,
    clock,
    randomness,
    log,
    workerEntry,
    archiveProfile,
    startProcess: options.startProcess ?? startUtilityProcess,
    startQueue: createStartQueue(options.maxConcurrentStarts ?? defaultConcurrentStarts, clock, randomness),
    browserEnd: options.browserEnd ?? createBrowserEnd(clock),
  };
  const sessions = new Map<AccountId, AccountSession>();
  let closed = false;

  const get: SessionControl['get'] = (accountId) => sessions.get(accountId)?.session ?? neverRan(accountId);

  return {
    get,
    start: (account) => {
      if (closed) return get(account.id);
      const session = sessions.get(account.id) ?? new AccountSession(account, deps);
      sessions.set(account.id, session);
      return session.start(account);
    },
    stop: async (accountId, why) => (await sessions.get(accountId)?.stop(why)) ?? get(accountId),
    linkCode: (accountId) => sessions.get(accountId)?.linkCode,
    request: async (accountId, kind, input) => {
      const session = sessions.get(accountId);
      if (session === undefined) {
        throw new OperationError('SESSION_NOT_READY', `Account “${accountId}” is stopped. Start it first.`, {
          data: { state: 'stopped' },
        });
      }
      return session.request(kind, input);
    },
    forget: (accountId) => {
      const { state } = get(accountId).status;
      if (state !== 'stopped' && state !== 'failed')
        throw new Error(`Session ${accountId} is ${state}: stop it before forgetting it`);
      sessions.delete(accountId);
    },
    stopAll: async (why) => {
      closed = true;
      await Promise.all([...sessions.values()].map((session) => session.stop(why)));
    },
  };
};
