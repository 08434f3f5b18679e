import type { Clock, Randomness } from '../application/ports/clock';
import type { Log } from '../application/ports/log';
import type { LaunchPlanner, SessionObserver } from '../application/ports/sessions';
import type { BrowserEnd } from './browser-end';
import type { StartProcess } from './child-process';
import type { StartQueue } from './start-queue';

/** What every session of one supervisor shares. */
export interface SessionDeps {
  readonly launchPlanner: LaunchPlanner;
  readonly observer: SessionObserver;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Absolute path of the worker's bundle. */
  readonly workerEntry: string;
  readonly startProcess: StartProcess;
  readonly startQueue: StartQueue;
  readonly browserEnd: BrowserEnd;
  /** Puts the profile of an unlinked device aside. */
  readonly archiveProfile: (profileDir: string, nowMs: number) => Promise<void>;
}
