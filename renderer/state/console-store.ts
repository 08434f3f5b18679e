import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { ProjectionSink } from '../bridge/event-projection';
import { type ChatActions, createChatActions } from './chat-actions';
import { type ConsoleState, initialState } from './console-state';
import { type ConversationActions, createConversationActions } from './conversation-actions';
import type { Drafts } from './draft-storage';
import { partsOfChatKey } from './keys';
import { takeEvents, takeSnapshot } from './projection';
import { createSendActions, type SendActions } from './send-actions';
import { createSessionActions, type SessionActions } from './session-actions';
import { createUiActions, type UiActions } from './ui-actions';

/** How the slices reach the state. */
export interface StoreAccess {
  readonly get: () => ConsoleState;
  readonly set: (change: (state: ConsoleState) => ConsoleState) => void;
}

export interface ConsoleStore {
  readonly store: StoreApi<ConsoleState>;
  readonly actions: ChatActions & ConversationActions & SendActions & SessionActions & UiActions;
  /** What the event projection writes to. */
  readonly sink: ProjectionSink;
}

export interface ConsoleStoreOptions {
  readonly call: Call;
  readonly drafts: Drafts;
  /** A new key for every press of Send. */
  readonly newKey: () => string;
}

/** The window's state: one store, its actions in slices, and the sink through which main's events reach it. */
export const createConsoleStore = ({ call, drafts, newKey }: ConsoleStoreOptions): ConsoleStore => {
  const store = createStore<ConsoleState>()(() => ({ ...initialState, drafts }));
  const access: StoreAccess = { get: store.getState, set: (change) => store.setState(change, true) };
  const chats = createChatActions(access, call);
  const conversations = createConversationActions(access, call);
  const ui = createUiActions(access, call, conversations.openConversation);
  const sends = createSendActions(access, call, newKey, { ...conversations, ...ui });
  const sessions = createSessionActions(access, call, ui);
  const { wakeAccount } = sessions;

  const refreshOpen = (): void => {
    const { openChat, conversations: loaded } = access.get();
    if (openChat !== undefined && loaded[openChat]?.stale === true) void conversations.loadConversation(openChat);
  };

  return {
    store,
    actions: {
      ...chats,
      ...conversations,
      ...sends,
      ...sessions,
      ...ui,
      chooseScope: (scope) => {
        ui.chooseScope(scope);
        if (scope !== 'all') wakeAccount(scope);
      },
      openConversation: (key) => {
        conversations.openConversation(key);
        if (key !== undefined) wakeAccount(partsOfChatKey(key).accountId);
      },
    },
    sink: {
      applySnapshot: (snapshot, first) => {
        access.set((state) => takeSnapshot(state, snapshot));
        if (!first) chats.reloadAllChats();
        refreshOpen();
      },
      applyEvents: (events) => {
        access.set((state) => takeEvents(state, events));
        refreshOpen();
      },
      reportFailure: (thrown) => {
        const { phase } = access.get().link;
        // Once something is on screen it stays there; only an empty window shows the failure.
        if (phase !== 'live')
          access.set((state) => ({ ...state, link: { phase: 'failed', error: messageOf(thrown) } }));
      },
    },
  };
};
