import { type Draft, produce } from 'immer';
import type { Account } from '../../electron/contract/entities/account';
import type { Chat } from '../../electron/contract/entities/chat';
import type { Message } from '../../electron/contract/entities/message';
import type { Session } from '../../electron/contract/entities/session';
import type { ConsoleEvent, EventBody } from '../../electron/contract/events';
import type { AccountId } from '../../electron/contract/ids';
import type { Snapshot } from '../bridge/event-projection';
import { rearrange, type ViewKey } from './chat-views';
import type { ConsoleState } from './console-state';
import { withEvents } from './conversation-pages';
import { type ChatKey, chatKey, keyOfChat } from './keys';

const byPosition = (accounts: Readonly<Record<AccountId, Account>>): AccountId[] =>
  Object.values(accounts)
    .sort((a, b) => a.position - b.position || a.createdAtMs - b.createdAtMs)
    .map((account) => account.id);

const takeSession = (state: Draft<ConsoleState>, session: Session): void => {
  state.sessions[session.accountId] = session;
  // Used, refused or given up: a code lives only as long as the linking that it belongs to.
  if (session.status.state !== 'linking') delete state.pairings[session.accountId];
};

const forgetAccount = (state: Draft<ConsoleState>, accountId: AccountId): void => {
  const gone = (key: string): boolean => key.startsWith(`${accountId}/`);
  const perAccount = [state.accounts, state.sessions, state.pairings, state.changedUnder, state.unread];
  for (const part of perAccount) delete part[accountId];
  const perChat: Record<ChatKey, unknown>[] = [state.chats, state.chatSequence, state.conversations, state.drafts];
  for (const part of perChat) for (const key of Object.keys(part) as ChatKey[]) if (gone(key)) delete part[key];
  for (const key of Object.keys(state.views) as ViewKey[]) {
    const view = state.views[key];
    if (view?.scope === accountId) delete state.views[key];
    else if (view !== undefined) view.keys = view.keys.filter((chat) => !gone(chat));
  }
  state.accountOrder = state.accountOrder.filter((id) => id !== accountId);
  state.recentConversations = state.recentConversations.filter((key) => !gone(key));
  if (state.openChat !== undefined && gone(state.openChat)) state.openChat = undefined;
  if (state.scope === accountId) state.scope = 'all';
  const { dialog } = state;
  if (dialog !== undefined && 'accountId' in dialog && dialog.accountId === accountId) state.dialog = undefined;
};

/** A snapshot says what is; what it does not hold (chats, messages) is marked to be read again. */
export const takeSnapshot = (before: ConsoleState, snapshot: Snapshot): ConsoleState =>
  produce(before, (state) => {
    state.link = { phase: 'live', error: undefined };
    state.sequence = snapshot.sequence;
    const present = new Set(snapshot.accounts.map((account) => account.id));
    for (const id of Object.keys(before.accounts) as AccountId[]) if (!present.has(id)) forgetAccount(state, id);
    const accounts = Object.fromEntries(snapshot.accounts.map((account) => [account.id, account]));
    state.accounts = accounts;
    state.accountOrder = byPosition(accounts);
    for (const session of snapshot.sessions) takeSession(state, session);
    state.unread = Object.fromEntries(snapshot.unread.map((count) => [count.accountId, count]));
    state.settings = snapshot.settings;
    for (const conversation of Object.values(state.conversations)) conversation.stale = true;
  });

const takeEvent = (state: Draft<ConsoleState>, body: EventBody): void => {
  switch (body.type) {
    case 'account.created':
    case 'account.updated':
      state.accounts[body.account.id] = body.account;
      state.accountOrder = byPosition(state.accounts);
      break;
    case 'account.removed':
      forgetAccount(state, body.accountId);
      break;
    case 'session.changed':
      takeSession(state, body.session);
      break;
    case 'history.imported':
      for (const chatId of body.chatIds) {
        const conversation = state.conversations[`${body.accountId}/${chatId}`];
        if (conversation !== undefined) conversation.stale = true;
      }
      break;
    case 'unread.changed':
      state.unread[body.unread.accountId] = body.unread;
      break;
    case 'settings.updated':
      state.settings = body.settings;
      break;
    case 'chat.updated':
    case 'message.added':
    case 'message.updated':
      break;
    default:
      body satisfies never;
  }
};

/**
 * Moves chats in every list after they, or the open chat, changed. Lists can have ten thousand rows, so chats, views and
 * conversations are worked on as plain values: an immer draft would wrap every row.
 */
export const rearrangeViews = (state: ConsoleState, changed: readonly Chat[]): ConsoleState['views'] => {
  let views = state.views;
  for (const [key, view] of Object.entries(state.views) as [ViewKey, ConsoleState['views'][ViewKey]][]) {
    const next = rearrange(view, state.chats, changed, state.openChat);
    if (next !== view) views = { ...views, [key]: next };
  }
  return views;
};

/** Lays chats over the known ones and moves them in every list. */
export const takeChats = (state: ConsoleState, changed: readonly Chat[]): ConsoleState => {
  if (changed.length === 0) return state;
  const chats = { ...state.chats };
  for (const chat of changed) chats[keyOfChat(chat)] = chat;
  const next = { ...state, chats };
  return { ...next, views: rearrangeViews(next, changed) };
};

const takeMessages = (state: ConsoleState, events: readonly ConsoleEvent[]): ConsoleState => {
  const changes = new Map<ChatKey, { readonly added: Message[]; readonly updated: Message[] }>();
  for (const { body } of events) {
    if (body.type !== 'message.added' && body.type !== 'message.updated') continue;
    const key = chatKey(body.message.accountId, body.message.chatId);
    const ofChat = changes.get(key) ?? { added: [], updated: [] };
    changes.set(key, ofChat);
    (body.type === 'message.added' ? ofChat.added : ofChat.updated).push(body.message);
  }
  let conversations = state.conversations;
  for (const [key, { added, updated }] of changes) {
    const conversation = conversations[key];
    if (conversation === undefined) continue;
    const next = withEvents(conversation, added, updated);
    if (next !== conversation) conversations = { ...conversations, [key]: next };
  }
  return conversations === state.conversations ? state : { ...state, conversations };
};

/** One batch of events as one change of the state. Every event carries whole new values, so the last one per thing counts. */
export const takeEvents = (before: ConsoleState, events: readonly ConsoleEvent[]): ConsoleState => {
  const last = events.at(-1);
  if (last === undefined) return before;
  const state = produce(before, (draft) => {
    for (const { body } of events) takeEvent(draft, body);
    draft.sequence = last.sequence;
  });
  const chats = new Map<ChatKey, Chat>();
  const sequences: Record<ChatKey, number> = {};
  for (const { body, sequence } of events) {
    // A chat of an account that is gone by the end of the batch stays gone.
    if (body.type !== 'chat.updated' || state.accounts[body.chat.accountId] === undefined) continue;
    chats.set(keyOfChat(body.chat), body.chat);
    sequences[keyOfChat(body.chat)] = sequence;
  }
  const withSequences = chats.size === 0 ? state : { ...state, chatSequence: { ...state.chatSequence, ...sequences } };
  return takeMessages(takeChats(withSequences, [...chats.values()]), events);
};
