import type { Account } from '../../electron/contract/entities/account';
import type { Chat, UnreadCount } from '../../electron/contract/entities/chat';
import type { Session, SessionState } from '../../electron/contract/entities/session';
import type { Settings } from '../../electron/contract/entities/settings';
import type { AccountId } from '../../electron/contract/ids';
import type { ChatFilter, ChatView, Scope, ViewKey } from './chat-views';
import type { Conversation } from './conversation-pages';
import type { Drafts } from './draft-storage';
import type { ChatKey } from './keys';

/** One entry of "What happened": a state that a session entered while this window was open. */
export interface SessionMoment {
  readonly atMs: number;
  readonly status: SessionState;
}

/** The dialog on top of everything, if any. */
export type OpenDialog =
  | { readonly kind: 'addAccount'; readonly network: 'whatsapp' | 'practice' }
  | { readonly kind: 'editAccount'; readonly accountId: AccountId; readonly focus: 'label' | 'color' }
  | { readonly kind: 'removeAccount'; readonly accountId: AccountId }
  | { readonly kind: 'settings' };

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'bad';
  readonly text: string;
}

/** Everything the window knows. Main owns the truth; this is what has reached the window of it, and what it shows. */
export interface ConsoleState {
  /** How the projection stands: `loading` until the first snapshot. */
  readonly link: { readonly phase: 'loading' | 'live' | 'failed'; readonly error: string | undefined };
  /** Sequence of the newest applied event. */
  readonly sequence: number;

  readonly accounts: Readonly<Record<AccountId, Account>>;
  /** In the order of the rail. */
  readonly accountOrder: readonly AccountId[];
  readonly sessions: Readonly<Record<AccountId, Session>>;
  /** Oldest first. */
  readonly sessionHistory: Readonly<Record<AccountId, readonly SessionMoment[]>>;
  readonly unread: Readonly<Record<AccountId, UnreadCount>>;
  readonly settings: Settings;

  readonly chats: Readonly<Record<ChatKey, Chat>>;
  /** The event that last changed a chat, to tell a fresh value from a page that was already on its way. */
  readonly chatSequence: Readonly<Record<ChatKey, number>>;
  readonly views: Readonly<Record<ViewKey, ChatView>>;
  readonly conversations: Readonly<Record<ChatKey, Conversation>>;
  /** Latest opened first; the last ones are forgotten. */
  readonly recentConversations: readonly ChatKey[];
  readonly drafts: Drafts;

  readonly scope: Scope;
  readonly filter: ChatFilter;
  readonly openChat: ChatKey | undefined;
  /** What is shown of a chosen account that has chats and waits for its phone at the same time. */
  readonly accountPage: 'auto' | 'chats';
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
  sessionHistory: {},
  unread: {},
  settings: { theme: 'system', enterSends: true, listWidth: 348 },
  chats: {},
  chatSequence: {},
  views: {},
  conversations: {},
  recentConversations: [],
  drafts: {},
  scope: 'all',
  filter: 'all',
  openChat: undefined,
  accountPage: 'auto',
  dialog: undefined,
  toasts: [],
  closedBanners: [],
};
