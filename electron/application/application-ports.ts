import type { CrashPoints } from '../contract/crash-points';
import type { LocalApiState } from '../contract/entities/local-api';
import type { OutboxTimingChange } from './outbox/outbox-timing';
import type { AccountLogs } from './ports/account-logs';
import type { AccountFolders, AccountRepository, SettingsRepository } from './ports/accounts';
import type { Clock, Randomness } from './ports/clock';
import type { ConsoleFacts } from './ports/console-facts';
import type { ConsoleSecrets } from './ports/console-secrets';
import type { ConsoleStore } from './ports/console-store';
import type { InstalledBrowsers } from './ports/installed-browsers';
import type { KeySecrets } from './ports/key-secrets';
import type { Log } from './ports/log';
import type { Machine } from './ports/machine';
import type { MessageStore } from './ports/message-store';
import type { OutgoingMedia } from './ports/outgoing-media';
import type { ProcessCosts } from './ports/process-costs';
import type { ProfileMarks } from './ports/profile-marks';
import type { ProxyProbe } from './ports/proxy-probe';
import type { Secrets } from './ports/secrets';
import type { PracticeNetwork, SessionControl, SessionObserver } from './ports/sessions';
import type { WebhookSender } from './ports/webhook-sender';

/** Everything the application needs from the outside. */
export interface ApplicationPorts {
  readonly accounts: AccountRepository;
  readonly settings: SettingsRepository;
  readonly folders: AccountFolders;
  readonly store: MessageStore;
  readonly consoleStore: ConsoleStore;
  readonly media: OutgoingMedia;
  readonly marks: ProfileMarks;
  readonly machine: Pick<Machine, 'onSuspend' | 'onResume'>;
  readonly practice: PracticeNetwork;
  readonly secrets: Secrets;
  readonly consoleSecrets: ConsoleSecrets;
  readonly webhookSender: WebhookSender;
  readonly accountLogs: AccountLogs;
  readonly costs: ProcessCosts;
  readonly browsers: InstalledBrowsers;
  readonly proxyProbe: ProxyProbe;
  readonly facts: ConsoleFacts;
  readonly keySecrets: KeySecrets;
  /** Where the local API listens now. */
  readonly localApi: () => LocalApiState;
  /** Most accounts that this console takes; the contract's limit when absent. */
  readonly maxAccounts?: number;
  /** Path of the installed browser that new accounts run in when nobody says otherwise; the built-in one when absent or there is none. */
  readonly browserOfNewAccounts?: () => string | undefined;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Other patience of the outbox than the usual, for tests. */
  readonly outboxTiming?: OutboxTimingChange;
  /** Where tests may end a process; nowhere in ordinary life. */
  readonly crashPoints?: CrashPoints;
  /**
   * Builds the supervisor around the observer that it reports to. Called once; the observer may be called from then on. A
   * function, because each of the two needs the other.
   */
  readonly createSessions: (observer: SessionObserver) => SessionControl;
}
