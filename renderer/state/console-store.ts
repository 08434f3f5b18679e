import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { ProjectionSink } from '../bridge/event-projection';
import { type ApiKeyActions, createApiKeyActions } from './api-key-actions';
import { type ChatActions, createChatActions } from './chat-actions';
import { type ConsoleState, initialState } from './console-state';
import { type ConversationActions, createConversationActions } from './conversation-actions';
import { createDraftActions, type DraftActions } from './draft-actions';
import type { Drafts } from './draft-storage';
import { createGateActions, type GateActions } from './gate-actions';
import { type ChatKey, partsOfChatKey } from './keys';
import { createOptOutActions, type OptOutActions } from './opt-out-actions';
import { createOutboxActions, type OutboxActions } from './outbox-actions';
import { takeEvents, takeSnapshot } from './projection';
import { createSendActions, type SendActions, type SendTools } from './send-actions';
import { createSessionActions, type SessionActions } from './session-actions';
import { createUiActions, type UiActions } from './ui-actions';

/** How the slices reach the state. */
export interface StoreAccess {
  readonly get: () => ConsoleState;
  readonly set: (change: (state: ConsoleState) => ConsoleState) => void;
}

export interface ConsoleStore {
  readonly store: StoreApi<ConsoleState>;
  readonly actions: ApiKeyActions &
    ChatActions &
    ConversationActions &
    DraftActions &
    GateActions &
    OptOutActions &
    OutboxActions &
    SendActions &
    SessionActions &
    UiActions;
  /** What the event projection writes to. */
  readonly sink: ProjectionSink;
}

/** Beside the calls: what was drafted before, a new key for every press of Send, and how a file becomes text. */
export interface ConsoleStoreOptions extends SendTools {
  readonly call: Call;
  readonly drafts: Drafts;
}

/** The window's state: one store, its actions in slices, and the sink through which main's events reach it. */
export const createConsoleStore = ({ call, drafts, ...tools }: ConsoleStoreOptions): ConsoleStore => {
  const store = createStore<ConsoleState>()(() => ({ ...initialState, drafts }));
  const access: StoreAccess = { get: store.getState, set: (change) => store.setState(change, true) };
  const chats = createChatActions(access, call);
  const conversations = createConversationActions(access, call);
  const ui = createUiActions(access, call, conversations.openConversation);
  const drafted = createDraftActions(access, call, ui);
  const sends = createSendActions(access, call, tools, { ...conversations, ...drafted });
  const gates = createGateActions(access, call, ui);
  const openConversation = (key: ChatKey | undefined): void => {
    conversations.openConversation(key);
    if (key !== undefined) drafted.offerDraft(key);
  };
  const outbox = createOutboxActions(access, call, { ...ui, openConversation });
  const optOuts = createOptOutActions(access, call);
  const apiKeys = createApiKeyActions(access, call);
  const sessions = createSessionActions(access, call, ui);
  const { wakeAccount } = sessions;

  const refreshOpen = (): void => {
    const { openChat, conversations: loaded } = access.get();
    if (openChat !== undefined && loaded[openChat]?.stale === true) void conversations.loadConversation(openChat);
  };

  /** After a hole in the events: what no snapshot holds and is on the screen. */
  const readAgain = (): void => {
    const { accountOrder, gates: known, openChat, optOuts: list } = access.get();
    chats.reloadAllChats();
    for (const accountId of accountOrder) if (known[accountId] !== undefined) void gates.loadGate(accountId);
    void drafted.loadStoredDrafts();
    void outbox.reloadOutbox();
    if (openChat !== undefined) void outbox.loadSendsOf(openChat);
    if (list !== undefined) void optOuts.openOptOuts();
  };

  return {
    store,
    actions: {
      ...apiKeys,
      ...chats,
      ...conversations,
      ...gates,
      ...optOuts,
      ...outbox,
      ...sends,
      ...sessions,
      ...ui,
      ...drafted,
      chooseScope: (scope) => {
        ui.chooseScope(scope);
        if (scope !== 'all') wakeAccount(scope);
      },
      openConversation: (key) => {
        openConversation(key);
        if (key !== undefined) wakeAccount(partsOfChatKey(key).accountId);
      },
    },
    sink: {
      applySnapshot: (snapshot, first) => {
        access.set((state) => takeSnapshot(state, snapshot));
        if (!first) readAgain();
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
