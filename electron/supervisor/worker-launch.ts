import type { Log } from '../application/ports/log';
import type { Account } from '../contract/entities/account';
import { OperationError } from '../contract/errors';
import type { Launch } from '../contract/frames';
import type { ChildProcess } from './child-process';
import type { SessionDeps } from './session-deps';
import type { StartTicket } from './start-queue';

/** A start on its way to a process. Replaced by every newer start; what an older one still does is undone. */
export interface Launching {
  readonly ticket: StartTicket;
  /** The session no longer wants it. */
  abandoned: boolean;
}

export interface WorkerLaunchDeps {
  readonly deps: SessionDeps;
  readonly log: Log;
}

/** A browser of this very account that is still there is ended, a lock that nobody holds is removed, no stranger is touched. */
const freeProfile = async ({ label }: Account, profileDir: string, { deps, log }: WorkerLaunchDeps): Promise<void> => {
  const { browserEnd, profileCare } = deps;
  const ended = await browserEnd.kill(profileDir);
  if (ended > 0) {
    log.warn('ended a browser that an earlier life had left on the profile', { processes: ended });
    if (!(await browserEnd.untilGone(profileDir))) {
      throw new OperationError(
        'PROFILE_IN_USE',
        `The browser profile of account “${label}” is held by a process that cannot be ended from here. End it, then start the account.`,
      );
    }
  }
  const holder = await profileCare.unlock(profileDir);
  if (holder !== undefined) log.warn('removed the lock that another browser had left on the profile');
};

/**
 * Everything from a place in the queue to a running worker process, in the order in which each step may still be called
 * off. Undefined when it was.
 */
export const launchWorker = async (
  account: Account,
  launching: Launching,
  { deps, log }: WorkerLaunchDeps,
): Promise<{ readonly child: ChildProcess; readonly launch: Launch } | undefined> => {
  const granted = await launching.ticket.turn;
  if (!granted || launching.abandoned) return undefined;
  const launch = await deps.launchPlanner.plan(account);
  if (launching.abandoned) return undefined;
  await freeProfile(account, launch.profileDir, { deps, log });
  if (launching.abandoned) return undefined;
  const child = await deps.startProcess({
    entry: deps.workerEntry,
    name: `switchboard-worker-${account.id}`,
    inBackground: true,
  });
  return { child, launch };
};
