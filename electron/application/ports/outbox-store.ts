import type { Chat } from '../../contract/entities/chat';
import type { Message } from '../../contract/entities/message';
import type { OutgoingContent } from '../../contract/entities/outgoing';
import type { Send, SendLane, SendPolicy, SendState } from '../../contract/entities/send';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import type { Departure } from '../../domain/sending/departures';

/** A message on its way out, as it is before anything is called. */
export interface Outgoing {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly content: OutgoingContent;
  readonly quotedMessageId: MessageId | undefined;
  readonly lane: SendLane;
  readonly policy: SendPolicy;
  readonly idempotencyKey: string | undefined;
  readonly timestampMs: number;
}

/** A row of the outbox as it is stored; why it waits is the gate's to say. */
export type StoredSend = Omit<Send, 'accountId' | 'wait'> & {
  /** Of the profile that the page had when the row was last claimed; see profile-mark.ts. */
  readonly epoch?: string;
  /** Whether the page has ever had the message under this id (ack seen or answer seen). */
  readonly wasHanded: boolean;
};

/** What the outbox keeps in memory of a row that is queued, claimed or handed, or that a person may still send again. */
export type OpenSend = StoredSend & {
  /** Whether somebody else has ever written in this chat, or it is a group or the status feed: WhatsApp's limits on new chats do not count. */
  readonly isKnownChat: boolean;
};

export type { Departure };

/** One arrow of one row. Arrows that the row's state does not allow change nothing (a settled row stays settled). */
export interface SendStep {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly to: SendState;
  readonly atMs: number;
  /** With `claimed`: the profile epoch and the departure to count, in the same commit. Counting one message twice is once. */
  readonly epoch?: string;
  readonly departure?: Departure;
  /** Words for a person; with `failed`, `unknown`, `stuck`. Cleared by every other step. */
  readonly problem?: string;
}

/** What steps changed, ready to be published. */
export interface Stepped {
  readonly sends: readonly StoredSend[];
  readonly messages: readonly Message[];
  readonly chats: readonly Chat[];
  /** Messages that left the conversation (cancelled). */
  readonly removed: readonly { readonly chatId: ChatId; readonly messageId: MessageId }[];
}

export interface SendQuery {
  readonly accountId: AccountId;
  readonly filter: 'all' | 'waiting' | 'attention' | 'done';
  readonly chatId: ChatId | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** How many rows of the outbox stand where. */
export interface SendCounts {
  readonly waiting: number;
  readonly underway: number;
  readonly attention: number;
}

/** The outbox of each account. Every resolved write is on disk with `synchronous=FULL`. Rejects with DISK_FULL, too. */
export interface OutboxStore {
  /**
   * The outbox row (`queued`) and the pending message in one durable commit; calls of one account that come together
   * share one. A person's chat (`@c.us`, `@lid`) that is not there yet is made, and so is the status feed. Rejects with CHAT_NOT_FOUND (groups and
   * others), IDEMPOTENCY_KEY_REUSED, OUTBOX_FULL. `created: false`: the key or the id was known, this is the first message.
   */
  queueOutgoing(
    accountId: AccountId,
    outgoing: Outgoing,
  ): Promise<{ readonly message: Message; readonly chat: Chat; readonly send: OpenSend; readonly created: boolean }>;
  /** All steps in one durable commit, messages and chats with them. */
  stepSends(accountId: AccountId, steps: readonly SendStep[]): Promise<Stepped>;
  /** Rows that are queued, claimed, handed or (policy never_lost) unknown, in order of acceptance. */
  listOpenSends(accountId: AccountId): Promise<readonly OpenSend[]>;
  /** Newest first. */
  listSends(
    query: SendQuery,
  ): Promise<{ readonly sends: readonly StoredSend[]; readonly nextCursor: string | undefined }>;
  findSend(accountId: AccountId, chatId: ChatId, messageId: MessageId): Promise<StoredSend | undefined>;
  /** The row that was accepted under this idempotency key. */
  findSendByKey(accountId: AccountId, idempotencyKey: string): Promise<StoredSend | undefined>;
  /** See `OpenSend.isKnownChat`; a chat that is not stored is not known. */
  isKnownChat(accountId: AccountId, chatId: ChatId): Promise<boolean>;
  countSends(accountId: AccountId): Promise<SendCounts>;
  /** What left since then, oldest first. Older ones are forgotten after two days of trusted time. */
  listDepartures(accountId: AccountId, sinceTrustedMs: number): Promise<readonly Departure[]>;
  /** Small facts of the account's gate by name (JSON text): trusted time, hold, profile mark, … Durable. */
  readGateFacts(accountId: AccountId): Promise<Readonly<Record<string, string>>>;
  /** Writes several at once; undefined takes one away. */
  writeGateFacts(accountId: AccountId, facts: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Ids of media that rows still need: queued, claimed, handed, failed, unknown or stuck. */
  listNeededMedia(accountId: AccountId): Promise<readonly string[]>;
}
