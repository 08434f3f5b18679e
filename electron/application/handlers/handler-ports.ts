import type { CrashPoints } from '../../contract/crash-points';
import type { LocalApiState } from '../../contract/entities/local-api';
import type { AccountId } from '../../contract/ids';
import type { AccountStores } from '../account-stores';
import type { ApiKeys } from '../api-keys';
import type { Campaigns } from '../campaigns/campaigns';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import type { Lanes } from '../lanes';
import type { OptOutList } from '../outbox/opt-out-list';
import type { Outbox } from '../outbox/outbox';
import type { OutgoingFiles } from '../outbox/outgoing-files';
import type { SendAcceptance } from '../outbox/send-acceptance';
import type { AccountLogs } from '../ports/account-logs';
import type { AccountFolders, AccountRepository, SettingsRepository } from '../ports/accounts';
import type { Clock, Randomness } from '../ports/clock';
import type { ConsoleFacts } from '../ports/console-facts';
import type { ConsoleSecrets } from '../ports/console-secrets';
import type { ConsoleStore } from '../ports/console-store';
import type { InstalledBrowsers } from '../ports/installed-browsers';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import type { OutgoingMedia } from '../ports/outgoing-media';
import type { ProcessCosts } from '../ports/process-costs';
import type { ProxyProbe } from '../ports/proxy-probe';
import type { Secrets } from '../ports/secrets';
import type { PracticeNetwork, SessionControl } from '../ports/sessions';
import type { SessionRecords } from '../session-records';
import type { UnreadWatch } from '../unread-watch';
import type { Uploads } from '../uploads';
import type { Webhooks } from '../webhooks/webhooks';

/** What the handlers work with. */
export interface HandlerPorts {
  readonly accounts: KnownAccounts;
  readonly repository: AccountRepository;
  readonly settings: SettingsRepository;
  readonly folders: AccountFolders;
  readonly store: MessageStore;
  readonly consoleStore: ConsoleStore;
  readonly media: OutgoingMedia;
  readonly uploads: Uploads;
  readonly files: OutgoingFiles;
  readonly optOuts: OptOutList;
  readonly crashPoints: CrashPoints;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly practice: PracticeNetwork;
  readonly secrets: Secrets;
  readonly accountLogs: AccountLogs;
  readonly costs: ProcessCosts;
  readonly browsers: InstalledBrowsers;
  readonly proxyProbe: ProxyProbe;
  readonly facts: ConsoleFacts;
  readonly apiKeys: ApiKeys;
  readonly webhooks: Webhooks;
  readonly campaigns: Campaigns;
  readonly acceptance: SendAcceptance;
  readonly consoleSecrets: ConsoleSecrets;
  readonly localApi: () => LocalApiState;
  /** Most accounts that this console takes. */
  readonly maxAccounts: number;
  /** Path of the installed browser that new accounts run in; undefined: the built-in one. */
  readonly browserOfNewAccounts: () => string | undefined;
  readonly records: SessionRecords;
  readonly events: EventBus;
  readonly lanes: Lanes;
  readonly outbox: Outbox;
  readonly unread: UnreadWatch;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Drops what is kept in memory about a removed account. */
  readonly forgetAccount: (accountId: AccountId) => void;
}
