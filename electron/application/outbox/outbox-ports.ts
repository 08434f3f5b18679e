import type { CrashPoints } from '../../contract/crash-points';
import type { AccountStores } from '../account-stores';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import type { Clock, Randomness } from '../ports/clock';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import type { OutgoingMedia } from '../ports/outgoing-media';
import type { ProfileMarks } from '../ports/profile-marks';
import type { SessionControl } from '../ports/sessions';
import type { SessionRecords } from '../session-records';
import type { OptOutList } from './opt-out-list';
import type { OutboxTiming } from './outbox-timing';
import type { OutgoingFiles } from './outgoing-files';

/** What the outbox works with. */
export interface OutboxPorts {
  readonly accounts: KnownAccounts;
  readonly store: MessageStore;
  readonly stores: AccountStores;
  readonly sessions: SessionControl;
  readonly records: SessionRecords;
  readonly events: EventBus;
  readonly optOuts: OptOutList;
  readonly media: OutgoingMedia;
  readonly files: OutgoingFiles;
  readonly marks: ProfileMarks;
  readonly crashPoints: CrashPoints;
  readonly timing: OutboxTiming;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}
