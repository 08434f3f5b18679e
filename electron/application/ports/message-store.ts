import type { Chat, FoundChat, ObservedChat, UnreadCount } from '../../contract/entities/chat';
import type { DeliveryStatus, Message, ObservedMessage, ObservedReaction } from '../../contract/entities/message';
import type { TimelineEntry } from '../../contract/entities/observation';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import type { DraftStore } from './draft-store';
import type { OutboxStore, StoredSend } from './outbox-store';

/** A page request of `chats.list`, see there. */
export interface ChatQuery {
  /** The accounts to look at; each has been opened. */
  readonly accountIds: readonly AccountId[];
  readonly filter: 'all' | 'unread' | 'groups';
  /** Only these. */
  readonly chatIds?: readonly ChatId[] | undefined;
  readonly cursor: string | undefined;
  /** How many to skip from there. */
  readonly offset?: number;
  readonly limit: number;
}

export interface MessageQuery {
  readonly accountId: AccountId;
  readonly chatId: ChatId;
  readonly cursor: string | undefined;
  /** How many to skip from there. */
  readonly offset?: number;
  readonly limit: number;
}

/** A page request of `messages.search`, see there. */
export interface SearchQuery {
  /** The accounts to search; each has been opened. */
  readonly accountIds: readonly AccountId[];
  readonly query: string;
  readonly chatId: ChatId | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** A question of `chats.find`, see there. */
export interface FindQuery {
  /** The accounts to look at; each has been opened. */
  readonly accountIds: readonly AccountId[];
  readonly query: string;
  readonly limit: number;
}

/** What became of a chat whose messages are to go. */
export interface EmptiedChat {
  /** Only a part of them is gone yet: ask again. */
  readonly more: boolean;
  /** Whether anything is different now. */
  readonly changed: boolean;
  /** As it is now; absent when it is on no list any more. */
  readonly chat?: Chat;
}

/** What storing observed messages changed. Messages that were already there and are the same appear nowhere. */
export interface StoredMessages {
  readonly added: readonly Message[];
  readonly updated: readonly Message[];
  /** Chats whose preview, time or existence changed. */
  readonly chats: readonly Chat[];
  /** Rows of the outbox that WhatsApp's word on their messages moved. */
  readonly sends: readonly StoredSend[];
}

/** WhatsApp's word on one own message. */
export interface ObservedStatus {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly status: DeliveryStatus;
  /** What went wrong, in words. */
  readonly problem?: string | undefined;
}

/** The newest stored moment of a chat, to see after an absence what is missing. */
export interface ChatWatermark {
  readonly chatId: ChatId;
  readonly newestMessageMs: number;
}

/** A moment from which a chat is known to lack something. */
export interface ChatGap {
  readonly chatId: ChatId;
  readonly sinceMs: number;
}

/** The newest message of a chat, as WhatsApp Web names it. */
export interface NewestMessage {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

/**
 * All message databases, one per account, behind one writer thread. Every method can reject with STORE_UNAVAILABLE, and
 * with CHAT_NOT_FOUND where it names a chat that must exist. A resolved write is on disk: outbox rows and
 * drafts with `synchronous=FULL`, the rest with NORMAL.
 */
export interface MessageStore extends OutboxStore, DraftStore {
  /** Opens or creates the account's database and brings its schema up to date. Opening twice is once. */
  open(accountId: AccountId): Promise<void>;
  /** Closes the account's database so that its folder can be moved or deleted. */
  close(accountId: AccountId): Promise<void>;

  /** Adds or updates chats; answers with those that are different now. Names and counts are WhatsApp's, activity never goes back. */
  upsertChats(accountId: AccountId, chats: readonly ObservedChat[]): Promise<readonly Chat[]>;
  getChat(accountId: AccountId, chatId: ChatId): Promise<Chat>;
  listChats(query: ChatQuery): Promise<{ readonly chats: readonly Chat[]; readonly nextCursor: string | undefined }>;
  /** The best first. A single pass over the names: 200,000 of them take the thread some 50 ms, and 140 when most of them fit. */
  findChats(query: FindQuery): Promise<readonly FoundChat[]>;
  /** Sets the unread count to 0. */
  markRead(accountId: AccountId, chatId: ChatId): Promise<Chat>;
  /**
   * Deletes a part of the chat's messages, none that an open row of the outbox is about. With `remove` the chat goes with the
   * last of them; it stays while something has not left yet.
   */
  emptyChat(accountId: AccountId, chatId: ChatId, remove: boolean): Promise<EmptiedChat>;
  countUnread(accountId: AccountId): Promise<UnreadCount>;
  /**
   * Until when each chat is stored, noted durably: what is stored from here on must not hide the gap before it. While an
   * absence is noted already, that one stays and is the answer.
   */
  beginAbsence(accountId: AccountId): Promise<readonly ChatWatermark[]>;
  /** One chat has been fetched up to a moment and lacks nothing before it; the absence goes on for the others. */
  advanceAbsence(accountId: AccountId, chatId: ChatId, storedUntilMs: number): Promise<void>;
  /** All chats have been fetched. */
  endAbsence(accountId: AccountId): Promise<void>;
  listGaps(accountId: AccountId): Promise<readonly ChatGap[]>;
  /** Several for one chat: the earliest moment counts. */
  noteGaps(accountId: AccountId, gaps: readonly ChatGap[]): Promise<void>;
  /** Those of the chats whose named message is not stored. */
  chatsLacking(accountId: AccountId, newest: readonly NewestMessage[]): Promise<readonly ChatId[]>;

  /**
   * Insert-or-merge: the same message twice is one row; a delivery status only moves forward. Unknown chats are created. Moves
   * the outbox rows of own messages, durably when one takes an arrow; a failure is not believed of a row that is `queued`.
   * Statuses that came after the messages are applied after them, in the same commit.
   */
  saveMessages(
    accountId: AccountId,
    messages: readonly ObservedMessage[],
    statuses?: readonly ObservedStatus[],
  ): Promise<StoredMessages>;
  /** Rejects with CHAT_NOT_FOUND, MESSAGE_NOT_FOUND. */
  getMessage(accountId: AccountId, chatId: ChatId, messageId: MessageId): Promise<Message>;
  /**
   * Deletes a message and answers with its chat; undefined when there is none, or when an open row of the outbox is about it.
   */
  removeMessage(
    accountId: AccountId,
    chatId: ChatId,
    messageId: MessageId,
    fromMe: boolean,
  ): Promise<{ readonly chat: Chat } | undefined>;
  /** Notes one person's reaction; the message when it is there and different now. The last one that is told counts. */
  saveReaction(accountId: AccountId, reaction: ObservedReaction): Promise<Message | undefined>;
  /** Newest first by the second; within one by account and order of arrival. */
  searchMessages(query: SearchQuery): Promise<{
    readonly messages: readonly Message[];
    readonly nextCursor: string | undefined;
    readonly complete: boolean;
  }>;
  /** Makes a part of what was stored by an earlier version searchable; whether more is left. */
  indexMore(accountId: AccountId): Promise<boolean>;
  /** Oldest first; `olderCursor` when there is more above. Rejects with CHAT_NOT_FOUND. */
  listMessages(
    query: MessageQuery,
  ): Promise<{ readonly messages: readonly Message[]; readonly olderCursor: string | undefined }>;
  /** Messages stored after this one, by `order`, the earliest first, and the last `order` there is. Without one only that. */
  messagesSince(
    accountId: AccountId,
    order: number | undefined,
    limit: number,
  ): Promise<{ readonly messages: readonly Message[]; readonly lastOrder: number }>;
  /** Moves own messages and their outbox rows forward, as saveMessages; what is not there is passed over. */
  applyStatuses(accountId: AccountId, statuses: readonly ObservedStatus[]): Promise<StoredMessages>;

  /** The last two hundred are kept. */
  addTimelineEntry(accountId: AccountId, entry: TimelineEntry): Promise<void>;
  /** Newest first. */
  listTimeline(accountId: AccountId): Promise<readonly TimelineEntry[]>;
}
