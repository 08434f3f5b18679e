import type { MessageRow } from './frames';
import type { MessageDetails } from './message-details';

/** What a page may ask about messages and media, and what it is told about them; part of the frames of the wire. */

/** A message of the asking page's phone: its chat and the id part of its key. */
export interface MessageRef {
  readonly chatId: string;
  readonly id: string;
}

export interface StoredMedia {
  readonly directPath: string;
  readonly mediaKey: string;
  readonly mediaKeyTimestamp: number;
  readonly filehash: string;
  readonly encFilehash: string;
  readonly size: number;
}

export interface ReactionRow {
  /** The id part of the key of the message that brought it. */
  readonly id: string;
  readonly sender: string;
  /** Empty: taken back. */
  readonly text: string;
  readonly timestampMs: number;
}

export interface VoteRow {
  readonly id: string;
  readonly sender: string;
  /** Empty: taken back. */
  readonly options: readonly number[];
  readonly timestampMs: number;
}

export interface InfoEntry {
  readonly id: string;
  /** Seconds. */
  readonly t: number;
}

export interface MessageInfoRow {
  readonly delivery: readonly InfoEntry[];
  readonly deliveryRemaining: number;
  readonly read: readonly InfoEntry[];
  readonly readRemaining: number;
  readonly played: readonly InfoEntry[];
  readonly playedRemaining: number;
}

export interface ProductRow {
  readonly id: string;
  readonly name: string;
  /** In thousandths. */
  readonly price: string;
  readonly currency: string;
  readonly quantity: number;
  readonly thumbnailUrl: string;
  readonly retailerId?: string;
  readonly description?: string;
}

export interface OrderRow {
  readonly products: readonly ProductRow[];
  readonly subtotal: string;
  readonly total: string;
  readonly currency: string;
  /** Seconds. */
  readonly createdAt: number;
}

export interface LinkPreviewRow {
  readonly title: string;
  readonly description?: string;
  /** A small JPEG or PNG, base64. */
  readonly thumbnail?: string;
}

type Nothing = Record<string, never>;

export interface MessageRequests {
  readonly upload: { readonly input: { readonly bytes: Uint8Array }; readonly output: StoredMedia };
  readonly download: {
    readonly input: { readonly directPath: string };
    readonly output: { readonly bytes: Uint8Array };
  };
  readonly edit: {
    readonly input: MessageRef & {
      readonly text: string;
      readonly mentions?: readonly string[];
      readonly details?: MessageDetails;
    };
    readonly output: Nothing;
  };
  readonly revoke: { readonly input: MessageRef; readonly output: Nothing };
  readonly 'delete-for-me': { readonly input: MessageRef; readonly output: Nothing };
  readonly star: { readonly input: MessageRef & { readonly star: boolean }; readonly output: Nothing };
  readonly react: { readonly input: MessageRef & { readonly text: string }; readonly output: Nothing };
  readonly reactions: { readonly input: MessageRef; readonly output: { readonly reactions: readonly ReactionRow[] } };
  readonly vote: { readonly input: MessageRef & { readonly options: readonly number[] }; readonly output: Nothing };
  readonly votes: { readonly input: MessageRef; readonly output: { readonly votes: readonly VoteRow[] } };
  /** `forS` is 0 for taking the pin off. */
  readonly pin: { readonly input: MessageRef & { readonly forS: number }; readonly output: Nothing };
  readonly pins: {
    readonly input: { readonly chatId: string };
    readonly output: { readonly messages: readonly MessageRow[] };
  };
  readonly 'message-info': { readonly input: MessageRef; readonly output: MessageInfoRow };
  readonly search: {
    readonly input: {
      readonly query: string;
      /** From 1. */
      readonly page: number;
      readonly count: number;
      readonly chatId?: string;
    };
    readonly output: { readonly messages: readonly MessageRow[] };
  };
  readonly 'edit-event': {
    readonly input: MessageRef & { readonly details: MessageDetails };
    readonly output: Nothing;
  };
  /** 0 none, 1 going, 2 not going, 3 maybe. */
  readonly 'answer-event': { readonly input: MessageRef & { readonly response: number }; readonly output: Nothing };
  /** Asks the phone for messages that this device could not decrypt. */
  readonly resend: { readonly input: { readonly messages: readonly MessageRef[] }; readonly output: Nothing };
  readonly 'link-preview': {
    readonly input: { readonly url: string };
    readonly output: Partial<LinkPreviewRow>;
  };
  readonly order: {
    readonly input: { readonly orderId: string; readonly token: string };
    readonly output: { readonly order?: OrderRow };
  };
  readonly product: {
    readonly input: { readonly productId: string };
    readonly output: { readonly product?: ProductRow };
  };
}

/** What happens to messages that are there already. */
export type MessageChangeEvent =
  | { readonly kind: 'message-changed'; readonly message: MessageRow }
  | { readonly kind: 'message-removed'; readonly message: MessageRow }
  | { readonly kind: 'reaction'; readonly message: MessageRow; readonly reaction: ReactionRow }
  | { readonly kind: 'vote'; readonly message: MessageRow; readonly vote: VoteRow };
