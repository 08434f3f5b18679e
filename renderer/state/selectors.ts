import type { Account } from '../../electron/contract/entities/account';
import type { Chat } from '../../electron/contract/entities/chat';
import type { Draft as StoredDraft } from '../../electron/contract/entities/draft';
import type { Session, SessionState } from '../../electron/contract/entities/session';
import type { AccountId } from '../../electron/contract/ids';
import { type ChatView, type Scope, viewKey } from './chat-views';
import type { AccountPage, ConsoleState } from './console-state';
import type { Conversation } from './conversation-pages';
import { type ChatKey, partsOfChatKey } from './keys';
import { isRunning } from './session-words';

type Select<Part> = (state: ConsoleState) => Part;

export const selectAccount =
  (accountId: AccountId): Select<Account | undefined> =>
  (state) =>
    state.accounts[accountId];

export const selectSession =
  (accountId: AccountId): Select<Session | undefined> =>
  (state) =>
    state.sessions[accountId];

export const selectStatus =
  (accountId: AccountId): Select<SessionState | undefined> =>
  (state) =>
    state.sessions[accountId]?.status;

export const selectChat =
  (key: ChatKey): Select<Chat | undefined> =>
  (state) =>
    state.chats[key];

export const selectAccountOfChat =
  (key: ChatKey): Select<Account | undefined> =>
  (state) =>
    state.accounts[partsOfChatKey(key).accountId];

export const selectConversation =
  (key: ChatKey): Select<Conversation | undefined> =>
  (state) =>
    state.conversations[key];

export const selectDraft =
  (key: ChatKey): Select<string> =>
  (state) =>
    state.drafts[key] ?? '';

export const selectStoredDraft =
  (key: ChatKey): Select<StoredDraft | undefined> =>
  (state) =>
    state.storedDrafts[key];

/** The list that is on show. */
export const selectView: Select<ChatView | undefined> = (state) => state.views[viewKey(state.scope, state.filter)];

const sumUnread = (state: ConsoleState, scope: Scope, count: 'messages' | 'chats'): number =>
  state.accountOrder.reduce(
    (sum, id) => sum + (scope === 'all' || scope === id ? (state.unread[id]?.[count] ?? 0) : 0),
    0,
  );

/** Messages that wait on one account or on all. */
export const selectUnreadMessages =
  (scope: Scope): Select<number> =>
  (state) =>
    sumUnread(state, scope, 'messages');

/** Chats that wait on one account or on all. */
export const selectUnreadChats =
  (scope: Scope): Select<number> =>
  (state) =>
    sumUnread(state, scope, 'chats');

/** What ends the linking without a phone: the page of the code says so, not the chats. */
const linkingFailures: ReadonlySet<string> = new Set([
  'SESSION_LINK_EXPIRED',
  'SESSION_LOGGED_OUT',
  'NUMBER_ALREADY_LINKED',
]);

/** Whether an account has to be linked to a phone before it has anything to show, or again. */
export const isWithoutPhone = (account: Account, status: SessionState | undefined): boolean =>
  status?.state === 'linking' ||
  (status?.state === 'failed' && linkingFailures.has(status.error.code)) ||
  (account.identity === undefined && status?.state !== 'ready');

/** What the chosen account shows as long as nobody has chosen a tab. */
export const selectOwnPage: Select<AccountPage> = (state) => {
  const account = state.scope === 'all' ? undefined : state.accounts[state.scope];
  return account !== undefined && isWithoutPhone(account, state.sessions[account.id]?.status) ? 'link' : 'chats';
};

/** The tab of the chosen account. */
export const selectAccountPage: Select<AccountPage> = (state) =>
  state.accountPage === 'auto' ? selectOwnPage(state) : state.accountPage;

/** The account whose linking is on the screen: whatever is wrong with it is said there. */
export const selectLinkingAccount: Select<AccountId | undefined> = (state) => {
  if (state.scope === 'all' || state.consolePage !== undefined || selectAccountPage(state) !== 'link') return undefined;
  const account = state.accounts[state.scope];
  return account !== undefined && isWithoutPhone(account, state.sessions[state.scope]?.status) ? account.id : undefined;
};

/** Whether settings were saved that the running session does not know yet. */
export const selectNeedsRestart =
  (accountId: AccountId): Select<boolean> =>
  (state) => {
    const session = state.sessions[accountId];
    return session !== undefined && isRunning(session.status) && state.changedUnder[accountId] === session.generation;
  };
