/**
 * What the stand-in page and the network process say to each other over one WebSocket.
 * JSON text frames; ids as WhatsApp writes them ("4915112345678@c.us"), `t` in seconds, everything else in milliseconds.
 */

import type { AccountChangeEvent, AccountRequests, ChatMarks, LabelRow } from './account-frames';
import type { ChannelChangeEvent, ChannelRequests, ChannelRow } from './channel-frames';
import type { GroupRequests, GroupRow } from './group-frames';

import type { MessageDetails } from './message-details';
import type { MessageChangeEvent, MessageRequests } from './message-frames';
import type { SessionFrame, SessionRequests, WelcomeTerms } from './session-frames';

export type { GroupRow } from './group-frames';

export interface Login {
  readonly phone: string;
  readonly device: string;
  readonly secret: string;
}

export interface MeRow {
  readonly id: string;
  readonly lid: string;
  readonly pushname: string;
  readonly platform: string;
  readonly hasPicture?: boolean;
  /** Percent; linked devices of today are not told, so it is there only when control says so. */
  readonly battery?: number;
  readonly plugged?: boolean;
}

export interface QuotedRow {
  readonly id: string;
  readonly fromMe: boolean;
  readonly participant: string;
  readonly type: string;
  readonly body: string;
  readonly details?: MessageDetails;
}

export interface MessageRow {
  readonly id: string;
  readonly chatId: string;
  readonly fromMe: boolean;
  readonly type: string;
  readonly body: string;
  readonly t: number;
  readonly ack: number;
  /** Who wrote it; only in groups. */
  readonly author?: string;
  readonly quoted?: QuotedRow;
  readonly mentions?: readonly string[];
  readonly details?: MessageDetails;
  readonly star?: boolean;
  readonly hasReaction?: boolean;
  /** Group notifications only. */
  readonly subtype?: string;
  readonly recipients?: readonly string[];
}

export interface ChatRow extends ChatMarks {
  readonly id: string;
  readonly t: number;
  /** −1 is a chat that was marked as unread. */
  readonly unreadCount: number;
}

export interface ContactRow {
  /** By number, or the hidden id ("…@lid") of somebody who appears under it. */
  readonly id: string;
  /** The other of the two ids, where this account may know it. */
  readonly otherId?: string;
  readonly pushname: string;
  /** The name in the phone's address book; absent for somebody who is not in it. */
  readonly name?: string;
  readonly kind?: 'business' | 'enterprise';
  readonly blocked?: boolean;
}

/** A message as the page hands it over for sending. */
export interface DraftRow {
  readonly id: string;
  readonly chatId: string;
  readonly type: string;
  readonly body: string;
  readonly quoted?: QuotedRow;
  readonly mentions?: readonly string[];
  readonly details?: MessageDetails;
}

export interface SendResult {
  readonly ack: number;
  readonly t: number;
  /** To be shown as it is, also when it is lower than what came before. */
  readonly asTold?: true;
}

/** Requests of the page; every one is answered by a reply with the same number. */
export interface PageRequests
  extends AccountRequests,
    ChannelRequests,
    GroupRequests,
    MessageRequests,
    SessionRequests {
  readonly send: { readonly input: DraftRow; readonly output: SendResult };
  readonly seen: { readonly input: { readonly chatId: string }; readonly output: Record<string, never> };
  readonly typing: {
    readonly input: { readonly chatId: string; readonly state: 'composing' | 'recording' | 'paused' };
    readonly output: Record<string, never>;
  };
  readonly presence: { readonly input: { readonly available: boolean }; readonly output: Record<string, never> };
  readonly history: {
    readonly input: { readonly chatId: string; readonly beforeId?: string; readonly limit: number };
    readonly output: { readonly messages: readonly MessageRow[] };
  };
  readonly messages: {
    readonly input: { readonly chatId: string; readonly ids: readonly string[] };
    readonly output: { readonly messages: readonly MessageRow[] };
  };
  readonly exists: { readonly input: { readonly id: string }; readonly output: { readonly contact?: ContactRow } };
  readonly logout: { readonly input: Record<string, never>; readonly output: Record<string, never> };
}

export type PageRequestName = keyof PageRequests;

export interface HelloFrame {
  readonly op: 'hello';
  /** Names this document; a reload is another one. */
  readonly page: string;
  readonly login?: Login;
  /** The parts of the QR text behind the reference. */
  readonly qrTail: string;
  /** Last event this document has seen, when it comes back after a dropped socket. */
  readonly since?: number;
}

export type PageFrame =
  | HelloFrame
  | { readonly op: 'request'; readonly req: number; readonly name: PageRequestName; readonly input: unknown };

/** Things that happen to an account; numbered, so that a page can catch up after a dropped socket. */
export type AccountEvent =
  | {
      readonly kind: 'message';
      readonly message: MessageRow;
      readonly chat: ChatRow;
      readonly contacts: readonly ContactRow[];
      readonly group?: GroupRow;
    }
  | MessageChangeEvent
  | AccountChangeEvent<ContactRow, MeRow>
  | { readonly kind: 'ack'; readonly chatId: string; readonly id: string; readonly ack: number; readonly asTold?: true }
  | { readonly kind: 'group'; readonly group: GroupRow }
  | ChannelChangeEvent
  | { readonly kind: 'post'; readonly channel: ChannelRow; readonly message: MessageRow }
  | { readonly kind: 'chat'; readonly chat: ChatRow };

export type NetworkFrame =
  | SessionFrame
  | { readonly op: 'ref'; readonly ref: string; readonly lifetimeMs: number }
  | { readonly op: 'pair'; readonly login: Login; readonly me: MeRow }
  | { readonly op: 'unknown-login' }
  | { readonly op: 'kicked'; readonly banned: boolean }
  | ({ readonly op: 'welcome'; readonly me: MeRow; readonly seq: number; readonly resumed: boolean } & WelcomeTerms)
  | {
      readonly op: 'sync';
      readonly percent: number;
      readonly chats: readonly ChatRow[];
      readonly contacts: readonly ContactRow[];
      readonly groups: readonly GroupRow[];
      readonly messages: readonly MessageRow[];
      /** In the first part only. */
      readonly labels?: readonly LabelRow[];
      readonly channels?: readonly ChannelRow[];
      readonly posts?: readonly MessageRow[];
    }
  | { readonly op: 'synced' }
  /** Told to pages that are connected right now, and to nobody later. */
  | { readonly op: 'moment'; readonly event: AccountEvent }
  | { readonly op: 'event'; readonly seq: number; readonly event: AccountEvent; readonly again?: true }
  | {
      readonly op: 'reply';
      readonly req: number;
      readonly output?: unknown;
      readonly error?: string;
      /** The status of a refusal by the service itself; the page turns it into a ServerStatusCodeError. */
      readonly status?: number;
    };
