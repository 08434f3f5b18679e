import type { Account } from '../../electron/contract/entities/account';
import type { Chat } from '../../electron/contract/entities/chat';
import type { SessionState } from '../../electron/contract/entities/session';
import type { AccountId } from '../../electron/contract/ids';
import { type ChatView, type Scope, viewKey } from './chat-views';
import type { ConsoleState } from './console-state';
import type { Conversation } from './conversation-pages';
import { type ChatKey, partsOfChatKey } from './keys';

type Select<Part> = (state: ConsoleState) => Part;

export const selectAccount =
  (accountId: AccountId): Select<Account | undefined> =>
  (state) =>
    state.accounts[accountId];

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

/** Whether an account has to be linked to a phone before it has anything to show, or again. */
const isWithoutPhone = (account: Account, status: SessionState | undefined): boolean =>
  status?.state === 'linking' || (account.identity === undefined && status?.state !== 'ready');

/** The account whose linking page takes the place of list and conversation. */
export const selectLinkingAccount: Select<AccountId | undefined> = (state) => {
  if (state.scope === 'all') return undefined;
  const account = state.accounts[state.scope];
  if (account === undefined || !isWithoutPhone(account, state.sessions[state.scope]?.status)) return undefined;
  // History can be read while the account waits for its phone.
  return account.identity !== undefined && state.accountPage === 'chats' ? undefined : account.id;
};
