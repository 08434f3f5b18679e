import type { QuotedRow } from '../frames';
import type { MessageDetails } from '../message-details';
import type { LinkPreviewRow, OrderRow, ReactionRow, VoteRow } from '../message-frames';
import type { AccountChange, AccountProfile, ChatSettings, PersonSettings } from './accounts/account-state';
import type { ChannelChange } from './channels/channel-state';
import type { Group } from './groups/group-state';

export interface Device {
  readonly id: string;
  readonly secret: string;
  readonly linkedAt: number;
}

/** Habits of a customer's own phone. Durations count from the moment the message reaches the network. */
export interface CustomerSettings extends PersonSettings {
  readonly name: string;
  /** In the address book of the phones that know this customer. */
  readonly saved: boolean;
  /** Opens what arrives by itself; otherwise only when told to. */
  readonly autoRead: boolean;
  readonly deliverAfterMs: number;
  readonly readAfterMs: number;
  readonly device: 'android' | 'ios';
  /** May not be added to groups just like that: an admin has to send a private invitation. */
  readonly groupsByInvitation: boolean;
}

export interface Customer extends CustomerSettings {
  readonly number: string;
}

export interface Receipt {
  readonly deliveredAt?: number;
  readonly readAt?: number;
  /** Voice messages: listened to. */
  readonly playedAt?: number;
}

/** What a linked device cannot show until the phone sends it once more. */
export interface SealedContent {
  readonly type: string;
  readonly body: string;
  readonly details?: MessageDetails;
  /** The phone answers when it is asked; otherwise the content is lost to linked devices. */
  readonly recoverable: boolean;
}

/** A message as one phone has it. */
export interface StoredMessage {
  readonly id: string;
  readonly chatId: string;
  readonly fromMe: boolean;
  readonly type: string;
  readonly body: string;
  readonly t: number;
  readonly author?: string;
  readonly quoted?: QuotedRow;
  readonly mentions?: readonly string[];
  /** Numbers this was sent to; receipts are theirs. */
  readonly to?: readonly string[];
  /** Those of them that never get it, because one side has blocked the other. */
  readonly withheld?: readonly string[];
  receipts?: Record<string, Receipt>;
  readonly details?: MessageDetails;
  readonly sealed?: SealedContent;
  /** Messages of type "order" only. */
  readonly order?: OrderRow;
  readonly star?: boolean;
  /** By the number of who reacted; one each. */
  readonly reactions?: Readonly<Record<string, ReactionRow>>;
  readonly votes?: Readonly<Record<string, VoteRow>>;
  /** Answers to an event by number: 1 going, 2 not going, 3 maybe. */
  readonly responses?: Readonly<Record<string, number>>;
  /** Shown at the top of the chat until then (ms). */
  readonly pinned?: { readonly at: number; readonly until: number };
  /** Group notifications only. */
  readonly subtype?: string;
  readonly recipients?: readonly string[];
  /** Fixed ack of seeded history, which has no receipts. */
  readonly ack?: number;
}

export interface Chat {
  readonly id: string;
  messages: StoredMessage[];
  readonly byId: Map<string, StoredMessage>;
  /** −1 is a chat that was marked as unread. */
  unreadCount: number;
  t: number;
  readonly settings: ChatSettings;
}

export interface Phone {
  readonly number: string;
  pushname: string;
  readonly lid: string;
  readonly devices: Map<string, Device>;
  readonly chats: Map<string, Chat>;
  readonly profile: AccountProfile;
}

export type LedgerKind =
  | 'sent'
  | 'duplicate-dropped'
  | 'delivered'
  | 'read'
  | 'received'
  | 'seen'
  | 'typing'
  | 'edited'
  | 'revoked'
  | 'reacted'
  | 'voted'
  | 'pinned'
  | 'unpinned'
  | 'played'
  | 'answered'
  | 'blocked'
  | 'called'
  | 'call-ended'
  | 'linked'
  | 'unlinked'
  | 'refused';

export interface LedgerEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: LedgerKind;
  readonly phone?: string;
  readonly customer?: string;
  readonly chatId?: string;
  readonly id?: string;
  readonly body?: string;
}

/** Everything that can happen to the state. Written down one per line, and read back the same way. */
export type Change =
  | { readonly c: 'phone'; readonly number: string; readonly pushname: string; readonly lid: string }
  | { readonly c: 'device'; readonly phone: string; readonly device: Device }
  | { readonly c: 'device-gone'; readonly phone: string; readonly id: string }
  | { readonly c: 'customer'; readonly customer: Customer }
  | { readonly c: 'group'; readonly group: Group }
  | ChannelChange
  | {
      readonly c: 'chat';
      readonly phone: string;
      readonly id: string;
      readonly unreadCount?: number;
      readonly t?: number;
    }
  | { readonly c: 'message'; readonly phone: string; readonly message: StoredMessage; readonly unread?: boolean }
  | AccountChange
  /** The message with this id is now this one. */
  | { readonly c: 'message-changed'; readonly phone: string; readonly message: StoredMessage }
  | { readonly c: 'link-preview'; readonly url: string; readonly preview: LinkPreviewRow }
  | { readonly c: 'message-gone'; readonly phone: string; readonly chat: string; readonly id: string }
  | {
      readonly c: 'history';
      readonly phone: string;
      readonly chat: string;
      readonly messages: readonly StoredMessage[];
    }
  | {
      readonly c: 'receipt';
      readonly phone: string;
      readonly chat: string;
      readonly id: string;
      readonly by: string;
      readonly receipt: Receipt;
    }
  | { readonly c: 'ledger'; readonly entry: LedgerEntry };

/** 1 the network has it, 2 every recipient's phone has it, 3 every recipient has opened it, 4 has listened to it. */
export function ackOf(message: StoredMessage): number {
  if (message.ack !== undefined) return message.ack;
  if (!message.fromMe) return 1;
  const receipts = (message.to ?? []).map((number) => message.receipts?.[number]);
  if (receipts.length === 0) return 1;
  if (receipts.every((receipt) => receipt?.playedAt !== undefined)) return 4;
  if (receipts.every((receipt) => receipt?.readAt !== undefined)) return 3;
  return receipts.every((receipt) => receipt?.deliveredAt !== undefined) ? 2 : 1;
}
