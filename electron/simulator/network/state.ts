import type { QuotedRow } from '../frames';

export interface Device {
  readonly id: string;
  readonly secret: string;
  readonly linkedAt: number;
}

/** Habits of a customer's own phone. Durations count from the moment the message reaches the network. */
export interface CustomerSettings {
  readonly name: string;
  /** In the address book of the phones that know this customer. */
  readonly saved: boolean;
  /** Opens what arrives by itself; otherwise only when told to. */
  readonly autoRead: boolean;
  readonly deliverAfterMs: number;
  readonly readAfterMs: number;
  readonly device: 'android' | 'ios';
}

export interface Customer extends CustomerSettings {
  readonly number: string;
}

export interface Group {
  readonly id: string;
  readonly subject: string;
  readonly owner: string;
  /** Seconds, as WhatsApp. */
  readonly creation: number;
  readonly participants: readonly string[];
}

export interface Receipt {
  readonly deliveredAt?: number;
  readonly readAt?: number;
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
  receipts?: Record<string, Receipt>;
  /** Fixed ack of seeded history, which has no receipts. */
  readonly ack?: number;
}

export interface Chat {
  readonly id: string;
  messages: StoredMessage[];
  readonly byId: Map<string, StoredMessage>;
  unreadCount: number;
  t: number;
}

export interface Phone {
  readonly number: string;
  pushname: string;
  readonly lid: string;
  readonly devices: Map<string, Device>;
  readonly chats: Map<string, Chat>;
}

export type LedgerKind =
  | 'sent'
  | 'duplicate-dropped'
  | 'delivered'
  | 'read'
  | 'received'
  | 'seen'
  | 'typing'
  | 'linked'
  | 'unlinked';

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
  | { readonly c: 'chat'; readonly phone: string; readonly id: string; readonly unreadCount?: number }
  | { readonly c: 'message'; readonly phone: string; readonly message: StoredMessage; readonly unread?: boolean }
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

/** 1 the network has it, 2 every recipient's phone has it, 3 every recipient has opened it. */
export function ackOf(message: StoredMessage): number {
  if (message.ack !== undefined) return message.ack;
  if (!message.fromMe) return 1;
  const receipts = (message.to ?? []).map((number) => message.receipts?.[number]);
  if (receipts.length === 0) return 1;
  if (receipts.every((receipt) => receipt?.readAt !== undefined)) return 3;
  return receipts.every((receipt) => receipt?.deliveredAt !== undefined) ? 2 : 1;
}
