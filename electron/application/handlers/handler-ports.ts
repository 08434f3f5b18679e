import type { AccountId } from '../../contract/ids';
import type { AccountStores } from '../account-stores';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import type { Lanes } from '../lanes';
import type { Outbox } from '../outbox';
import type { AccountFolders, AccountRepository, SettingsRepository } from '../ports/accounts';
import type { Clock, Randomness } from '../ports/clock';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import type { PracticeNetwork, SessionControl } from '../ports/sessions';
import type { UnreadWatch } from '../unread-watch';

/** What the handlers work with. */
export interface HandlerPorts {
  readonly accounts: KnownAccounts;
  readonly repository: AccountRepository;
  readonly settings: SettingsRepository;
  readonly folders: AccountFolders;
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly practice: PracticeNetwork;
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
