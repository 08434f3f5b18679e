import type { CappingStatus, LimitsRow } from '../../session-frames';
import type { ChatModel } from '../chats/chat-model';
import { Model } from '../core/model';
import { define } from '../core/registry';

const TIMELOCK_KEY = 'WAReachoutTimelockState';
const CAPPING_KEY = 'WANewChatMessageCappingState';
const SECOND_MS = 1000;

interface StoredTimelock {
  readonly state: 'HIDDEN' | 'VISIBLE';
  readonly enforcement_type: string;
  /** Milliseconds. */
  readonly time_enforcement_ends: number;
}

interface StoredCapping {
  readonly capping_status: CappingStatus;
  readonly total_quota: number;
  readonly used_quota: number;
  /** Seconds, as all of WhatsApp's here. */
  readonly cycle_start_timestamp: number;
  readonly cycle_end_timestamp: number;
  readonly server_sent_timestamp: number;
  readonly ote_status: 'NOT_ELIGIBLE';
  readonly mv_status: 'NOT_ELIGIBLE';
}

/** The limits that WhatsApp states for this account, where WhatsApp Web keeps them. */
export class StatedLimits extends Model {
  readonly stored = new Map<string, StoredTimelock | StoredCapping>();

  take(limits: LimitsRow): void {
    this.stored.clear();
    const { timelock, capping } = limits;
    if (timelock !== undefined) {
      this.stored.set(TIMELOCK_KEY, {
        state: 'VISIBLE',
        enforcement_type: timelock.enforcementType,
        time_enforcement_ends: timelock.endsAt,
      });
    }
    if (capping !== undefined) {
      this.stored.set(CAPPING_KEY, {
        capping_status: capping.status,
        total_quota: capping.quota,
        used_quota: Math.min(capping.used, capping.quota),
        cycle_start_timestamp: Math.floor(capping.cycleStartsAt / SECOND_MS),
        cycle_end_timestamp: Math.floor(capping.cycleEndsAt / SECOND_MS),
        server_sent_timestamp: Math.floor(Date.now() / SECOND_MS),
        ote_status: 'NOT_ELIGIBLE',
        mv_status: 'NOT_ELIGIBLE',
      });
    }
    this.trigger('change', this);
  }

  get timelock(): StoredTimelock | undefined {
    return this.stored.get(TIMELOCK_KEY) as StoredTimelock | undefined;
  }

  get capping(): StoredCapping | undefined {
    return this.stored.get(CAPPING_KEY) as StoredCapping | undefined;
  }
}

interface ChatAndContact {
  readonly chat?: ChatModel | undefined;
}

/** By the names under which today's WhatsApp Web has them; whatsapp-web.js reads none of them, programs beside it do. */
export function defineLimitModules(limits: StatedLimits): void {
  // Somebody who has written to us is nobody we reach out to.
  const hasWritten = (chat: ChatModel | undefined) =>
    chat === undefined ? false : chat.id.isGroup() || chat.msgs.getModelsArray().some((message) => !message.id.fromMe);
  define('WAWebUserPrefsIndexedDBStorage', {
    userPrefsIdb: { get: (key: string) => limits.stored.get(key) },
  });
  define('WAWebUserPrefsTypes', {
    ReachoutTimelockState: { HIDDEN: 'HIDDEN', VISIBLE: 'VISIBLE' },
    NewChatMessageCappingStatusType: {
      NONE: 'NONE',
      FIRST_WARNING: 'FIRST_WARNING',
      SECOND_WARNING: 'SECOND_WARNING',
      CAPPED: 'CAPPED',
    },
  });
  define('WAWebReachoutTimelockUtils', {
    REACHOUT_TIMELOCK_IDB_KEY: TIMELOCK_KEY,
    isUserReachoutTimelocked: () => limits.timelock !== undefined,
    isUserReachoutTimelockedAndHidden: () => limits.timelock?.state === 'HIDDEN',
    isUserReachoutTimelockedAndVisible: () => limits.timelock?.state === 'VISIBLE',
    canSendMsgWhileTimelocked: ({ chat }: ChatAndContact) => limits.timelock === undefined || hasWritten(chat),
    getReachoutTimelockEnforcementType: (type: string | null | undefined) => type ?? 'DEFAULT',
  });
  define('WAWebIndividualNewChatMessageCappingLimitUtils', {
    NEW_CHAT_MESSAGE_CAPPING_IDB_KEY: CAPPING_KEY,
    isUserCapped: () => limits.capping?.capping_status === 'CAPPED',
    isUserWarned: () => ['FIRST_WARNING', 'SECOND_WARNING'].includes(limits.capping?.capping_status ?? 'NONE'),
    getCappingStatus: () => limits.capping?.capping_status ?? 'NONE',
    getCappingData: () => limits.capping,
    canSendMsgWhileCapped: ({ chat }: ChatAndContact) =>
      limits.capping?.capping_status !== 'CAPPED' || hasWritten(chat),
    getUsagePercentage: () => {
      const { used_quota: used = 0, total_quota: quota = 0 } = limits.capping ?? {};
      return quota === 0 ? 0 : Math.round((used / quota) * 100);
    },
  });
}
