/**
 * What the stand-in page and the network process say to each other over one WebSocket.
 * JSON text frames; ids as WhatsApp writes them ("4915112345678@c.us"), `t` in seconds, everything else in milliseconds.
 */

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
}

export interface QuotedRow {
  readonly id: string;
  readonly fromMe: boolean;
  readonly participant: string;
  readonly type: string;
  readonly body: string;
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
  /** Group notifications only. */
  readonly subtype?: string;
  readonly recipients?: readonly string[];
}

export interface ChatRow {
  readonly id: string;
  readonly t: number;
  readonly unreadCount: number;
}

export interface ContactRow {
  readonly id: string;
  readonly pushname: string;
  /** The name in the phone's address book; absent for somebody who is not in it. */
  readonly name?: string;
}

export interface ParticipantRow {
  readonly id: string;
  readonly isAdmin: boolean;
  readonly isSuperAdmin: boolean;
}

export interface GroupRow {
  readonly id: string;
  readonly subject: string;
  readonly owner: string;
  readonly creation: number;
  readonly participants: readonly ParticipantRow[];
}

/** A message as the page hands it over for sending. */
export interface DraftRow {
  readonly id: string;
  readonly chatId: string;
  readonly type: 'chat';
  readonly body: string;
  readonly quoted?: QuotedRow;
  readonly mentions?: readonly string[];
}

export interface SendResult {
  readonly ack: number;
  readonly t: number;
}

/** Requests of the page; every one is answered by a reply with the same number. */
export interface PageRequests {
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
  | { readonly kind: 'ack'; readonly chatId: string; readonly id: string; readonly ack: number }
  | { readonly kind: 'chat'; readonly chat: ChatRow };

export type NetworkFrame =
  | { readonly op: 'ref'; readonly ref: string; readonly lifetimeMs: number }
  | { readonly op: 'pair'; readonly login: Login; readonly me: MeRow }
  | { readonly op: 'unknown-login' }
  | { readonly op: 'kicked' }
  | { readonly op: 'welcome'; readonly me: MeRow; readonly seq: number; readonly resumed: boolean }
  | {
      readonly op: 'sync';
      readonly percent: number;
      readonly chats: readonly ChatRow[];
      readonly contacts: readonly ContactRow[];
      readonly groups: readonly GroupRow[];
      readonly messages: readonly MessageRow[];
    }
  | { readonly op: 'synced' }
  | { readonly op: 'event'; readonly seq: number; readonly event: AccountEvent }
  | { readonly op: 'reply'; readonly req: number; readonly output?: unknown; readonly error?: string };
