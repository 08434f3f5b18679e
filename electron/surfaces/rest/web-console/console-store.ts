import type { Account } from '../../../contract/entities/account';
import type { Chat } from '../../../contract/entities/chat';
import type { Message } from '../../../contract/entities/message';
import type { SessionState } from '../../../contract/entities/session';
import type { OperationOutput } from '../../../contract/registry';
import { type Api, ApiError, messageOf } from './api';
import {
  type ConsoleState,
  initialState,
  noChats,
  withAccounts,
  withChats,
  withEvent,
  withMessages,
} from './console-state';
import { followEvents } from './live';

/** Rows of one page of a list. */
const pageSize = 50;

/** The state, what changes it, and who draws it. */
export interface ConsoleStore {
  readonly state: ConsoleState;
  /** Ends with the store: nothing is asked for with a key that was forgotten. */
  readonly closed: AbortSignal;
  /** Told once after any number of changes. */
  onChange(listener: (state: ConsoleState) => void): void;
  choose(accountId: string | undefined): void;
  showTab(tab: ConsoleState['tab']): void;
  openChat(chatId: string | undefined): void;
  readMoreChats(): Promise<void>;
  readOlder(): Promise<void>;
  /** Reads again what could not be read. */
  retry(): void;
  close(): void;
}

interface KnownSessions {
  readonly accounts: readonly Account[];
  readonly statuses: Readonly<Record<string, SessionState>>;
  readonly unread: Readonly<Record<string, number>>;
}

/** All that the key may see. */
const readSessions = async (api: Api): Promise<KnownSessions> => {
  const { accounts, sessions, unread } = await api.get<OperationOutput<'snapshots.get'>>('/snapshot');
  return {
    accounts,
    statuses: Object.fromEntries(sessions.map(({ accountId, status }) => [accountId, status])),
    unread: Object.fromEntries(unread.map(({ accountId, messages }) => [accountId, messages])),
  };
};

/** @param refused The key does not open the console, or not any more. */
export const createConsoleStore = (api: Api, refused: (error: ApiError) => void): ConsoleStore => {
  let state = initialState;
  const closing = new AbortController();
  const listeners: ((state: ConsoleState) => void)[] = [];
  let isTelling = false;
  const set = (change: Partial<ConsoleState>): void => {
    state = { ...state, ...change };
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      isTelling = false;
      for (const listener of listeners) listener(state);
    });
  };

  /** Whether the answer to a question about the chosen session or chat is still wanted. */
  const isOn = (accountId: string, chatId?: string): boolean =>
    state.chosen === accountId && (chatId === undefined || state.conversation?.chatId === chatId);

  const readChats = async (accountId: string, cursor: string | undefined): Promise<void> => {
    try {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { chats, nextCursor } = await api.get<{ readonly chats: readonly Chat[]; readonly nextCursor?: string }>(
        `/sessions/${accountId}/chats?limit=${pageSize}${query}`,
      );
      if (!isOn(accountId)) return;
      const known = cursor === undefined ? [] : state.chatPage.chats;
      set({ chatPage: { phase: 'ready', error: undefined, chats: withChats(known, chats), nextCursor } });
    } catch (thrown) {
      if (isOn(accountId)) set({ chatPage: { ...state.chatPage, phase: 'failed', error: messageOf(thrown) } });
    }
  };

  const readMessages = async (accountId: string, chatId: string, cursor: string | undefined): Promise<void> => {
    const take = (change: Partial<NonNullable<ConsoleState['conversation']>>): void => {
      if (state.conversation !== undefined && isOn(accountId, chatId))
        set({ conversation: { ...state.conversation, ...change } });
    };
    try {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { messages, olderCursor } = await api.get<{
        readonly messages: readonly Message[];
        readonly olderCursor?: string;
      }>(`/sessions/${accountId}/chats/${encodeURIComponent(chatId)}/messages?limit=${pageSize}${query}`);
      take({
        phase: 'ready',
        error: undefined,
        messages: withMessages(messages, state.conversation?.messages ?? []),
        olderCursor,
      });
    } catch (thrown) {
      // Nobody has written to or from this number yet: a conversation that is still empty.
      if (thrown instanceof ApiError && thrown.code === 'CHAT_NOT_FOUND') take({ phase: 'ready', error: undefined });
      else take({ phase: 'failed', error: messageOf(thrown) });
    }
  };

  const openChat = (chatId: string | undefined): void => {
    const { chosen } = state;
    if (chosen === undefined || chatId === undefined) {
      set({ conversation: undefined });
      return;
    }
    if (state.conversation?.chatId === chatId && state.conversation.phase === 'ready') return;
    set({ conversation: { chatId, phase: 'loading', error: undefined, messages: [], olderCursor: undefined } });
    void readMessages(chosen, chatId, undefined);
  };

  const choose = (accountId: string | undefined): void => {
    if (accountId === state.chosen) return;
    set({ chosen: accountId, chatPage: noChats, conversation: undefined });
    if (accountId !== undefined) void readChats(accountId, undefined);
  };

  const end = followEvents(api, {
    async begin() {
      const { accounts, statuses, unread } = await readSessions(api);
      set({ ...withAccounts(state, accounts), link: 'live', statuses, unread });
      if (state.version === undefined) {
        // Nothing depends on it, and a key of single sessions may not ask.
        const info = await api.get<{ readonly version: string }>('/info').catch(() => undefined);
        if (info !== undefined) set({ version: info.version });
      }
      const { chosen, conversation } = state;
      if (chosen === undefined) return;
      if (!accounts.some(({ id }) => id === chosen)) return choose(undefined);
      void readChats(chosen, undefined);
      if (conversation !== undefined) void readMessages(chosen, conversation.chatId, undefined);
    },
    resumed: () => set({ link: 'live' }),
    hear: (body) => set(withEvent(state, body)),
    broken: () => set({ link: 'broken' }),
    refused,
  });

  return {
    closed: closing.signal,
    get state() {
      return state;
    },
    onChange: (listener) => void listeners.push(listener),
    choose,
    showTab: (tab) => set({ tab }),
    openChat,
    async readMoreChats() {
      const { chosen, chatPage } = state;
      if (chosen !== undefined && chatPage.nextCursor !== undefined) await readChats(chosen, chatPage.nextCursor);
    },
    async readOlder() {
      const { chosen, conversation } = state;
      if (chosen !== undefined && conversation?.olderCursor !== undefined)
        await readMessages(chosen, conversation.chatId, conversation.olderCursor);
    },
    retry() {
      const { chosen, conversation, chatPage } = state;
      if (chosen === undefined) return;
      if (chatPage.phase === 'failed') {
        set({ chatPage: { ...chatPage, phase: chatPage.chats.length === 0 ? 'loading' : 'ready', error: undefined } });
        void readChats(chosen, undefined);
      }
      if (conversation?.phase === 'failed') {
        set({ conversation: { ...conversation, phase: 'loading', error: undefined } });
        void readMessages(chosen, conversation.chatId, undefined);
      }
    },
    close() {
      end();
      closing.abort();
      listeners.length = 0;
    },
  };
};
