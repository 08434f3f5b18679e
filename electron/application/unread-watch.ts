import type { AccountId } from '../contract/ids';
import type { EventBus } from './event-bus';
import type { MessageStore } from './ports/message-store';

/** Tells the world when an account's unread count is another one than it last heard. */
export interface UnreadWatch {
  /** Counts again and publishes unread.changed if needed. Runs inside the account's lane. */
  refresh(accountId: AccountId): Promise<void>;
  forget(accountId: AccountId): void;
}

export const createUnreadWatch = (store: MessageStore, events: EventBus): UnreadWatch => {
  const last = new Map<AccountId, string>();
  return {
    async refresh(accountId) {
      const unread = await store.countUnread(accountId);
      const counted = `${unread.messages} ${unread.chats}`;
      if (last.get(accountId) === counted) return;
      last.set(accountId, counted);
      events.publish({ type: 'unread.changed', unread });
    },
    forget: (accountId) => void last.delete(accountId),
  };
};
