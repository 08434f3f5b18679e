import { type Draft, produce } from 'immer';
import type { Account } from '../../electron/contract/entities/account';
import type { Chat } from '../../electron/contract/entities/chat';
import type { Message } from '../../electron/contract/entities/message';
import type { OptOut } from '../../electron/contract/entities/opt-out';
import type { Send } from '../../electron/contract/entities/send';
import type { Session } from '../../electron/contract/entities/session';
import type { ConsoleEvent, EventBody } from '../../electron/contract/events';
import type { AccountId } from '../../electron/contract/ids';
import type { Snapshot } from '../bridge/event-projection';
import { rearrange, type ViewKey } from './chat-views';
import type { ConsoleState } from './console-state';
import { withEvents, withoutMessages } from './conversation-pages';
import { type ChatKey, chatKey, keyOfChat, keyOfSend, messageKey, type SendKey } from './keys';
import { newOutboxView, withChangedSends } from './outbox-view';
import { withDraftOffered, withStoredDraft } from './stored-drafts';

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
  const perAccount = [state.accounts, state.sessions, state.pairings, state.changedUnder, state.unread, state.gates];
  for (const part of perAccount) delete part[accountId];
  const perChat: Record<ChatKey, unknown>[] = [
    state.chats,
    state.chatSequence,
    state.conversations,
    state.drafts,
    state.storedDrafts,
    state.takenDrafts,
    state.attachments,
    state.sends,
  ];
  for (const part of perChat) for (const key of Object.keys(part) as ChatKey[]) if (gone(key)) delete part[key];
  if (state.outbox?.accountId === accountId) state.outbox = undefined;
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
  if (dialog === undefined) return;
  if ('accountId' in dialog && dialog.accountId === accountId) state.dialog = undefined;
  if (dialog.kind === 'sendAgain' && gone(dialog.send)) state.dialog = undefined;
};

const forgetChat = (state: Draft<ConsoleState>, key: ChatKey): void => {
  delete state.chats[key];
  delete state.chatSequence[key];
  delete state.conversations[key];
  delete state.storedDrafts[key];
  delete state.takenDrafts[key];
  state.recentConversations = state.recentConversations.filter((one) => one !== key);
  if (state.openChat === key) state.openChat = undefined;
  for (const view of Object.values(state.views)) view.keys = view.keys.filter((one) => one !== key);
};

/** A snapshot says what is; what it does not hold (chats, messages) is marked to be read again. */
export const takeSnapshot = (before: ConsoleState, snapshot: Snapshot): ConsoleState => {
  const after = produce(before, (state) => {
    state.link = { phase: 'live', error: undefined };
    state.sequence = snapshot.sequence;
    const present = new Set(snapshot.accounts.map((account) => account.id));
    for (const id of Object.keys(before.accounts) as AccountId[]) if (!present.has(id)) forgetAccount(state, id);
    const accounts = Object.fromEntries(snapshot.accounts.map((account) => [account.id, account]));
    state.accounts = accounts;
    state.accountOrder = byPosition(accounts);
    for (const session of snapshot.sessions) takeSession(state, session);
    state.unread = Object.fromEntries(snapshot.unread.map((count) => [count.accountId, count]));
    if (snapshot.settings !== undefined) state.settings = snapshot.settings;
    if (snapshot.api !== undefined) state.localApi = snapshot.api;
    for (const conversation of Object.values(state.conversations)) conversation.stale = true;
  });
  const { outbox } = after;
  // A row that was missed could go on looking as if it waited.
  return { ...after, sends: {}, outbox: outbox && newOutboxView(outbox.accountId, outbox.filter) };
};

const takeOptOut = (state: Draft<ConsoleState>, optOut: OptOut | undefined, contact: string): void => {
  // Somebody on the list twice would be a list that lies about its length.
  const others = state.optOuts?.entries.filter((entry) => entry.contact !== contact) ?? [];
  if (state.optOuts !== undefined) state.optOuts.entries = optOut === undefined ? others : [optOut, ...others];
};

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
    case 'chat.cleared': {
      const conversation = state.conversations[chatKey(body.accountId, body.chatId)];
      if (conversation === undefined) break;
      conversation.messages = [];
      conversation.olderCursor = undefined;
      conversation.stale = true;
      break;
    }
    case 'chat.removed':
      forgetChat(state, chatKey(body.accountId, body.chatId));
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
    case 'api.changed':
      state.localApi = body.api;
      break;
    case 'gate.changed':
      state.gates[body.gate.accountId] = body.gate;
      break;
    case 'optOut.added':
      takeOptOut(state, body.optOut, body.optOut.contact);
      break;
    case 'optOut.removed':
      takeOptOut(state, undefined, body.contact);
      break;
    // Lists and conversations are worked on as plain values, see below.
    case 'chat.updated':
    case 'message.added':
    case 'message.updated':
    case 'message.removed':
    case 'send.updated':
    case 'draft.changed':
      break;
    // Nothing of the window shows them.
    case 'campaign.updated':
    case 'campaign.removed':
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

/** What a batch of events does to the messages of one chat. */
interface MessageChanges {
  readonly added: Map<string, Message>;
  readonly updated: Map<string, Message>;
  readonly removed: Set<string>;
}

const changesByChat = (events: readonly ConsoleEvent[]): ReadonlyMap<ChatKey, MessageChanges> => {
  const changes = new Map<ChatKey, MessageChanges>();
  const of = (key: ChatKey): MessageChanges => {
    const known = changes.get(key) ?? { added: new Map(), updated: new Map(), removed: new Set() };
    changes.set(key, known);
    return known;
  };
  for (const { body } of events) {
    if (body.type === 'message.removed') {
      const { added, updated, removed } = of(chatKey(body.accountId, body.chatId));
      const key = messageKey({ id: body.messageId, fromMe: body.fromMe });
      added.delete(key);
      updated.delete(key);
      removed.add(key);
    }
    if (body.type !== 'message.added' && body.type !== 'message.updated') continue;
    const { added, updated, removed } = of(chatKey(body.message.accountId, body.message.chatId));
    const key = messageKey(body.message);
    removed.delete(key);
    if (body.type === 'message.added') added.set(key, body.message);
    else updated.set(key, body.message);
  }
  return changes;
};

const takeMessages = (state: ConsoleState, events: readonly ConsoleEvent[]): ConsoleState => {
  let conversations = state.conversations;
  for (const [key, { added, updated, removed }] of changesByChat(events)) {
    const conversation = conversations[key];
    if (conversation === undefined) continue;
    const taken = withEvents(conversation, [...added.values()], [...updated.values()]);
    const next = removed.size === 0 ? taken : withoutMessages(taken, removed);
    if (next !== conversation) conversations = { ...conversations, [key]: next };
  }
  return conversations === state.conversations ? state : { ...state, conversations };
};

/** Whether a row is on the screen, or would be with the next look at its conversation. */
const isKept = (state: ConsoleState, key: SendKey, send: Send): boolean =>
  state.sends[key] !== undefined ||
  state.outbox?.accountId === send.accountId ||
  state.conversations[chatKey(send.accountId, send.chatId)] !== undefined;

/** Lays rows of outboxes over the known ones and moves them in the list that is open. */
export const takeSends = (state: ConsoleState, changed: readonly Send[]): ConsoleState => {
  const wanted = changed.filter((send) => isKept(state, keyOfSend(send), send));
  if (wanted.length === 0) return state;
  const sends = { ...state.sends };
  for (const send of wanted) sends[keyOfSend(send)] = send;
  const outbox = state.outbox === undefined ? undefined : withChangedSends(state.outbox, sends, wanted);
  return { ...state, sends, outbox };
};

const takeDrafts = (before: ConsoleState, events: readonly ConsoleEvent[]): ConsoleState => {
  let state = before;
  for (const { body } of events) {
    if (body.type !== 'draft.changed') continue;
    state = { ...state, draftChanges: state.draftChanges + 1 };
    if (state.accounts[body.accountId] === undefined) continue;
    const key = chatKey(body.accountId, body.chatId);
    state = withStoredDraft(state, key, body.draft);
    if (state.openChat === key) state = withDraftOffered(state, key, (state.attachments[key]?.length ?? 0) > 0);
  }
  return state;
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
    if (body.type === 'chat.removed') {
      chats.delete(chatKey(body.accountId, body.chatId));
      delete sequences[chatKey(body.accountId, body.chatId)];
    }
    // A chat of an account that is gone by the end of the batch stays gone.
    if (body.type !== 'chat.updated' || state.accounts[body.chat.accountId] === undefined) continue;
    chats.set(keyOfChat(body.chat), body.chat);
    sequences[keyOfChat(body.chat)] = sequence;
  }
  const sends = new Map<SendKey, Send>();
  for (const { body } of events)
    if (body.type === 'send.updated' && state.accounts[body.send.accountId] !== undefined)
      sends.set(keyOfSend(body.send), body.send);
  const withSequences = chats.size === 0 ? state : { ...state, chatSequence: { ...state.chatSequence, ...sequences } };
  const withSends = takeSends(withSequences, [...sends.values()]);
  return takeDrafts(takeMessages(takeChats(withSends, [...chats.values()]), events), events);
};
