import type { Clock, Randomness } from '../application/ports/clock';
import type { Log } from '../application/ports/log';
import type { Machine } from '../application/ports/machine';
import type { AccountDirectory, LaunchPlanner, SessionObserver } from '../application/ports/sessions';
import type { Account, AccountIdentity } from '../contract/entities/account';
import type { AccountId } from '../contract/ids';
import type { BrowserEnd } from './browser-end';
import type { StartProcess } from './child-process';
import type { StartQueue } from './start-queue';

/** What is done to browser profiles between the lives of their browsers. */
export interface ProfileCare {
  /** Puts the profile of an unlinked device aside. */
  archive(profileDir: string, nowMs: number): Promise<void>;
  /** Deletes a profile whose login is not wanted any more. */
  drop(profileDir: string, nowMs: number): Promise<void>;
  /** Removes the lock that a browser has left; answers with whom it named. Nobody runs on the profile. */
  unlock(profileDir: string): Promise<string | undefined>;
  /** Resolves when the browser has stopped writing into it, or at that time. `false`: it had not. */
  untilSettled(profileDir: string, untilMs: number): Promise<boolean>;
  /** Notes which number it is logged in as. */
  mark(profileDir: string, me: AccountIdentity): Promise<void>;
}

/** What every session of one supervisor shares. */
export interface SessionDeps {
  readonly launchPlanner: LaunchPlanner;
  readonly accounts: AccountDirectory;
  readonly machine: Machine;
  readonly observer: SessionObserver;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Absolute path of the worker's bundle. */
  readonly workerEntry: string;
  readonly startProcess: StartProcess;
  readonly startQueue: StartQueue;
  readonly browserEnd: BrowserEnd;
  readonly profileCare: ProfileCare;
  /** The other account that is logged in with this number. */
  readonly findHolder: (me: AccountIdentity, accountId: AccountId) => Account | undefined;
}
