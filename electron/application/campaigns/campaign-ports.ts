import type { AccountStores } from '../account-stores';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import type { OptOutList } from '../outbox/opt-out-list';
import type { Outbox } from '../outbox/outbox';
import type { SendAcceptance } from '../outbox/send-acceptance';
import type { CampaignStore } from '../ports/campaign-store';
import type { Clock, Randomness } from '../ports/clock';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import type { SessionControl } from '../ports/sessions';

/** What bulk sends work with. */
export interface CampaignPorts {
  readonly store: CampaignStore;
  readonly messages: Pick<MessageStore, 'findSend' | 'findSendByKey' | 'listChats' | 'isKnownChat'>;
  readonly acceptance: Pick<SendAcceptance, 'send'>;
  readonly outbox: Pick<Outbox, 'cancel' | 'resend' | 'describe' | 'view'>;
  readonly accounts: KnownAccounts;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly optOuts: OptOutList;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}
