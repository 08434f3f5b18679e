import type { AccountFolders, AccountRepository, SettingsRepository } from './ports/accounts';
import type { Clock, Randomness } from './ports/clock';
import type { Log } from './ports/log';
import type { MessageStore } from './ports/message-store';
import type { PracticeNetwork, SessionControl, SessionObserver } from './ports/sessions';

/** Everything the application needs from the outside. */
export interface ApplicationPorts {
  readonly accounts: AccountRepository;
  readonly settings: SettingsRepository;
  readonly folders: AccountFolders;
  readonly store: MessageStore;
  readonly practice: PracticeNetwork;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /**
   * Builds the supervisor around the observer that it reports to. Called once; the observer may be called from then on. A
   * function, because each of the two needs the other.
   */
  readonly createSessions: (observer: SessionObserver) => SessionControl;
}
