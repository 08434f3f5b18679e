import type { Account } from '../../electron/contract/entities/account';
import type { ApiKey, ApiKeyId } from '../../electron/contract/entities/api-key';
import type { Chat, UnreadCount } from '../../electron/contract/entities/chat';
import type { LocalApiState } from '../../electron/contract/entities/local-api';
import type { Usage } from '../../electron/contract/entities/observation';
import type { OptOut } from '../../electron/contract/entities/opt-out';
import type { Gate, Send } from '../../electron/contract/entities/send';
import type { PairingCode, Session } from '../../electron/contract/entities/session';
import type { Settings } from '../../electron/contract/entities/settings';
import type { AccountId } from '../../electron/contract/ids';
import type { Attachment } from './attachment';
import type { ChatFilter, ChatView, Scope, ViewKey } from './chat-views';
import type { Conversation } from './conversation-pages';
import type { ChatKey, SendKey } from './keys';
import type { OutboxView } from './outbox-view';
import type { DraftState } from './stored-drafts';

/** The pages of one account, as its tabs name them. */
export type AccountPage = 'link' | 'chats' | 'outbox' | 'log' | 'settings';

/** A code to be typed on the phone, with the number it was asked for. A secret: only in memory, gone with its use. */
export interface Pairing {
  readonly code: PairingCode;
  readonly phoneNumber: string;
  /** How long it was good for when it came. */
  readonly lifetimeMs: number;
}

/** The dialog on top of everything, if any. */
export type OpenDialog =
  | { readonly kind: 'addAccount'; readonly network: 'whatsapp' | 'practice' }
  | { readonly kind: 'editAccount'; readonly accountId: AccountId; readonly focus: 'label' | 'color' }
  | { readonly kind: 'removeAccount'; readonly accountId: AccountId }
  | { readonly kind: 'logOutAccount'; readonly accountId: AccountId }
  | { readonly kind: 'pagePicture'; readonly accountId: AccountId }
  /** Without an account: of all of them. */
  | { readonly kind: 'supportBundle'; readonly accountId?: AccountId }
  /** Asks before a message of which nobody knows whether it left goes out again. */
  | { readonly kind: 'sendAgain'; readonly send: SendKey }
  | { readonly kind: 'doNotContact' }
  | { readonly kind: 'makeApiKey' }
  | { readonly kind: 'revokeApiKey'; readonly keyId: ApiKeyId };

/** The pages about the whole console. */
export type ConsolePage = 'overview' | 'settings';

/** The do-not-contact list as far as it has been read. */
export interface OptOutList {
  /** Newest first. */
  readonly entries: readonly OptOut[];
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: string | undefined;
}

/** The keys of the local API, while their list is on the screen. */
export interface ApiKeyList {
  /** Newest first. */
  readonly entries: readonly ApiKey[];
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: string | undefined;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'bad';
  readonly text: string;
}

/** Everything the window knows. Main owns the truth; this is what has reached the window of it, and what it shows. */
export interface ConsoleState extends DraftState {
  /** How the projection stands: `loading` until the first snapshot. */
  readonly link: { readonly phase: 'loading' | 'live' | 'failed'; readonly error: string | undefined };
  /** Sequence of the newest applied event. */
  readonly sequence: number;

  readonly accounts: Readonly<Record<AccountId, Account>>;
  /** In the order of the rail. */
  readonly accountOrder: readonly AccountId[];
  readonly sessions: Readonly<Record<AccountId, Session>>;
  /** Codes for phone numbers that are waiting to be typed. */
  readonly pairings: Readonly<Record<AccountId, Pairing>>;
  /** Accounts whose settings changed while this generation of their session ran: they hold from the next start. */
  readonly changedUnder: Readonly<Record<AccountId, number>>;
  /** What everything costs, as last measured while somebody looked. */
  readonly usage: Usage | undefined;
  readonly unread: Readonly<Record<AccountId, UnreadCount>>;
  readonly settings: Settings;

  readonly chats: Readonly<Record<ChatKey, Chat>>;
  /** The event that last changed a chat, to tell a fresh value from a page that was already on its way. */
  readonly chatSequence: Readonly<Record<ChatKey, number>>;
  readonly views: Readonly<Record<ViewKey, ChatView>>;
  readonly conversations: Readonly<Record<ChatKey, Conversation>>;
  /** Latest opened first; the last ones are forgotten. */
  readonly recentConversations: readonly ChatKey[];
  /** How often an event has changed a stored draft, to tell a list that was overtaken on its way. */
  readonly draftChanges: number;
  /** Files that go with the next message of a chat. */
  readonly attachments: Readonly<Record<ChatKey, readonly Attachment[]>>;

  /** What may leave each account and what holds the rest; missing until it has been read. */
  readonly gates: Readonly<Record<AccountId, Gate>>;
  /** Rows of outboxes that are on the screen or belong to a conversation in memory. */
  readonly sends: Readonly<Record<SendKey, Send>>;
  /** The outbox page, while it is open. */
  readonly outbox: OutboxView | undefined;
  /** The do-not-contact list, while it is open. */
  readonly optOuts: OptOutList | undefined;
  /** Where the local API listens, or why it does not. */
  readonly localApi: LocalApiState;
  readonly apiKeys: ApiKeyList | undefined;

  readonly scope: Scope;
  readonly filter: ChatFilter;
  readonly openChat: ChatKey | undefined;
  /** The page of the chosen account; `auto` is its chats, or the linking while it has no phone. */
  readonly accountPage: 'auto' | AccountPage;
  /** The page about the whole console that takes the place of inbox and accounts. */
  readonly consolePage: ConsolePage | undefined;
  readonly dialog: OpenDialog | undefined;
  readonly toasts: readonly Toast[];
  /** Banners the person closed: account and the moment of the state. */
  readonly closedBanners: readonly string[];
}

export const initialState: ConsoleState = {
  link: { phase: 'loading', error: undefined },
  sequence: 0,
  accounts: {},
  accountOrder: [],
  sessions: {},
  pairings: {},
  changedUnder: {},
  usage: undefined,
  unread: {},
  settings: {
    theme: 'system',
    enterSends: true,
    listWidth: 348,
    api: { enabled: false, port: 8_080 },
    proxyTestUrl: 'https://api.ipify.org/',
  },
  chats: {},
  chatSequence: {},
  views: {},
  conversations: {},
  recentConversations: [],
  drafts: {},
  storedDrafts: {},
  takenDrafts: {},
  draftChanges: 0,
  attachments: {},
  gates: {},
  sends: {},
  outbox: undefined,
  optOuts: undefined,
  localApi: {},
  apiKeys: undefined,
  scope: 'all',
  filter: 'all',
  openChat: undefined,
  accountPage: 'auto',
  consolePage: undefined,
  dialog: undefined,
  toasts: [],
  closedBanners: [],
};
