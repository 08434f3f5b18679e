import type { ObservedChat } from '../contract/entities/chat';
import type { ObservedMessage, ObservedReaction } from '../contract/entities/message';
import type { AccountId, ChatId, MessageId } from '../contract/ids';
import { statusFeed } from '../domain/chat-identity';
import type { EventBus } from './event-bus';
import type { Outbox } from './outbox/outbox';
import type { MessageStore, ObservedStatus, StoredMessages } from './ports/message-store';
import type { UnreadWatch } from './unread-watch';

/**
 * Brings what WhatsApp has changed into the store and tells of it. Whoever calls holds the account's lane, so that rows and
 * events are one step.
 */
export interface StoredChanges {
  messages(
    accountId: AccountId,
    messages: readonly ObservedMessage[],
    statuses?: readonly ObservedStatus[],
  ): Promise<void>;
  statuses(accountId: AccountId, statuses: readonly ObservedStatus[]): Promise<void>;
  chat(accountId: AccountId, chat: ObservedChat): Promise<void>;
  messageRemoved(accountId: AccountId, chatId: ChatId, messageId: MessageId, fromMe: boolean): Promise<void>;
  /** With `remove` the chat goes with its messages, unless something in it has not left yet. */
  chatEmptied(accountId: AccountId, chatId: ChatId, remove: boolean): Promise<void>;
  reaction(accountId: AccountId, reaction: ObservedReaction): Promise<void>;
}

export interface StoredChangesPorts {
  readonly store: MessageStore;
  readonly events: EventBus;
  readonly unread: UnreadWatch;
  readonly outbox: Outbox;
}

export const createStoredChanges = ({ store, events, unread, outbox }: StoredChangesPorts): StoredChanges => {
  const tell = (accountId: AccountId, { added, updated, chats, sends }: StoredMessages): void => {
    for (const message of added) events.publish({ type: 'message.added', message });
    for (const message of updated) events.publish({ type: 'message.updated', message });
    for (const chat of chats) if (chat.id !== statusFeed) events.publish({ type: 'chat.updated', chat });
    outbox.moved(accountId, sends);
    outbox.heardFrom(accountId, added);
  };

  return {
    messages: async (accountId, ...news) => tell(accountId, await store.saveMessages(accountId, ...news)),
    statuses: async (accountId, statuses) => tell(accountId, await store.applyStatuses(accountId, statuses)),
    async chat(accountId, observed) {
      const changed = await store.upsertChats(accountId, [observed]);
      for (const chat of changed) events.publish({ type: 'chat.updated', chat });
      await unread.refresh(accountId);
    },
    async messageRemoved(accountId, chatId, messageId, fromMe) {
      const removed = await store.removeMessage(accountId, chatId, messageId, fromMe);
      if (removed === undefined) return;
      events.publish({ type: 'message.removed', accountId, chatId, messageId, fromMe });
      events.publish({ type: 'chat.updated', chat: removed.chat });
    },
    async chatEmptied(accountId, chatId, remove) {
      let isChanged = false;
      let emptied: Awaited<ReturnType<MessageStore['emptyChat']>>;
      do {
        emptied = await store.emptyChat(accountId, chatId, remove);
        isChanged ||= emptied.changed;
      } while (emptied.more);
      if (!isChanged) return;
      const { chat } = emptied;
      if (chat === undefined) events.publish({ type: 'chat.removed', accountId, chatId });
      else {
        events.publish({ type: 'chat.cleared', accountId, chatId });
        events.publish({ type: 'chat.updated', chat });
      }
      await unread.refresh(accountId);
    },
    async reaction(accountId, reaction) {
      const message = await store.saveReaction(accountId, reaction);
      if (message !== undefined) events.publish({ type: 'message.updated', message });
    },
  };
};
