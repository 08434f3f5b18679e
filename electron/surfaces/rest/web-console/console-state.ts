import type { Account } from '../../../contract/entities/account';
import type { Chat } from '../../../contract/entities/chat';
import type { Message } from '../../../contract/entities/message';
import type { SessionState } from '../../../contract/entities/session';
import type { EventBody } from '../../../contract/events';

export type Phase = 'loading' | 'ready' | 'failed';

/** The chats of the chosen session as far as they have been read. */
export interface ChatPage {
  readonly phase: Phase;
  readonly error: string | undefined;
  readonly chats: readonly Chat[];
  readonly nextCursor: string | undefined;
}

/** The conversation on the screen. */
export interface Conversation {
  readonly chatId: string;
  readonly phase: Phase;
  readonly error: string | undefined;
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly olderCursor: string | undefined;
}

/** Everything that this page knows. */
export interface ConsoleState {
  readonly link: 'connecting' | 'live' | 'broken';
  readonly version: string | undefined;
  readonly accounts: readonly Account[];
  readonly statuses: Readonly<Record<string, SessionState>>;
  readonly unread: Readonly<Record<string, number>>;
  /** The chosen session. */
  readonly chosen: string | undefined;
  readonly tab: 'chats' | 'log';
  readonly chatPage: ChatPage;
  readonly conversation: Conversation | undefined;
}

export const noChats: ChatPage = { phase: 'loading', error: undefined, chats: [], nextCursor: undefined };

export const initialState: ConsoleState = {
  link: 'connecting',
  version: undefined,
  accounts: [],
  statuses: {},
  unread: {},
  chosen: undefined,
  tab: 'chats',
  chatPage: noChats,
  conversation: undefined,
};

const byPosition = (accounts: readonly Account[]): readonly Account[] =>
  accounts.toSorted((one, other) => one.position - other.position || one.createdAtMs - other.createdAtMs);

export const withAccounts = (state: ConsoleState, accounts: readonly Account[]): ConsoleState => ({
  ...state,
  accounts: byPosition(accounts),
});

/** Newest first; the same chat once. */
export const withChats = (known: readonly Chat[], more: readonly Chat[]): readonly Chat[] => {
  const chats = new Map([...known, ...more].map((chat) => [chat.id, chat]));
  return [...chats.values()].sort((one, other) => other.lastActivityMs - one.lastActivityMs);
};

/** Two people may send under one id, each their own message. */
const keyOf = ({ id, fromMe }: Pick<Message, 'id' | 'fromMe'>): string => `${fromMe ? 'out' : 'in'}:${id}`;

/** Oldest first; the same message once, in its newest form. */
export const withMessages = (known: readonly Message[], more: readonly Message[]): readonly Message[] => {
  const messages = new Map([...known, ...more].map((message) => [keyOf(message), message]));
  return [...messages.values()].sort((one, other) => one.timestampMs - other.timestampMs || one.order - other.order);
};

const changeConversation = (
  state: ConsoleState,
  { accountId, chatId }: { readonly accountId: string; readonly chatId: string },
  change: (messages: readonly Message[]) => readonly Message[],
): ConsoleState => {
  const { conversation } = state;
  if (state.chosen !== accountId || conversation?.chatId !== chatId) return state;
  return { ...state, conversation: { ...conversation, messages: change(conversation.messages) } };
};

/** What an event makes of the state. Those about what is not on the screen change nothing. */
export const withEvent = (state: ConsoleState, body: EventBody): ConsoleState => {
  switch (body.type) {
    case 'account.created':
    case 'account.updated':
      return withAccounts(state, [...state.accounts.filter(({ id }) => id !== body.account.id), body.account]);
    case 'account.removed': {
      const { [body.accountId]: _status, ...statuses } = state.statuses;
      const accounts = state.accounts.filter(({ id }) => id !== body.accountId);
      const isChosen = state.chosen === body.accountId;
      return {
        ...state,
        accounts,
        statuses,
        ...(isChosen ? { chosen: undefined, conversation: undefined, chatPage: noChats } : {}),
      };
    }
    case 'session.changed':
      return { ...state, statuses: { ...state.statuses, [body.session.accountId]: body.session.status } };
    case 'unread.changed':
      return { ...state, unread: { ...state.unread, [body.unread.accountId]: body.unread.messages } };
    case 'chat.updated':
      if (body.chat.accountId !== state.chosen || state.chatPage.phase === 'loading') return state;
      return { ...state, chatPage: { ...state.chatPage, chats: withChats(state.chatPage.chats, [body.chat]) } };
    case 'message.added':
    case 'message.updated':
      return changeConversation(state, body.message, (messages) => withMessages(messages, [body.message]));
    case 'message.removed':
      return changeConversation(state, body, (messages) =>
        messages.filter((message) => keyOf(message) !== keyOf({ id: body.messageId, fromMe: body.fromMe })),
      );
    default:
      return state;
  }
};
