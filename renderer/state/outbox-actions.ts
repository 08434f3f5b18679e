import type { Send } from '../../electron/contract/entities/send';
import type { AccountId, ChatId } from '../../electron/contract/ids';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import type { ConversationActions } from './conversation-actions';
import { type ChatKey, chatKey, keyOfSend, partsOfChatKey, partsOfSendKey, type SendKey } from './keys';
import { newOutboxView, type OutboxFilter, type OutboxView, withOutboxPage } from './outbox-view';
import { takeChats, takeSends } from './projection';
import type { UiActions } from './ui-actions';

/** Rows per request: several screens of a tall window. */
const pageSize = 100;
/** Rows of one chat that are looked up for its bubbles; who has more waiting sees them in the outbox. */
const ofChatLimit = 200;
const chatPageSize = 200;

export interface OutboxActions {
  /** Opens an account's outbox, or shows other rows of it. */
  showOutbox(accountId: AccountId, filter: OutboxFilter): void;
  /** Lets the rows of the open outbox go, unless a conversation shows them. */
  closeOutbox(): void;
  /** Reads the open outbox again from its newest row. */
  reloadOutbox(): Promise<void>;
  /** Reads the next page; does nothing while one is on its way or when there is none. */
  loadMoreOutbox(): Promise<void>;
  /** Reads what is not settled in one chat, for its bubbles. A failed look changes nothing: events follow. */
  loadSendsOf(key: ChatKey): Promise<void>;
  /** Reads a queued row again: why it waits changes with the gate, without an event for every row. */
  refreshWait(key: SendKey): Promise<void>;
  /** What a person does with a row. A refusal becomes a toast. */
  cancelSend(key: SendKey): Promise<void>;
  resendSend(key: SendKey): Promise<void>;
  dismissSend(key: SendKey): Promise<void>;
  /** Shows the conversation that a row belongs to, on its account's page. */
  openChatOf(key: SendKey): Promise<void>;
}

export const createOutboxActions = (
  { get, set }: StoreAccess,
  call: Call,
  {
    showToast,
    showAccountPage,
    openConversation,
  }: Pick<UiActions, 'showToast' | 'showAccountPage'> & Pick<ConversationActions, 'openConversation'>,
): OutboxActions => {
  const changeView = (change: (view: OutboxView) => OutboxView): void =>
    set((state) => (state.outbox === undefined ? state : { ...state, outbox: change(state.outbox) }));

  /** An answer never overwrites what an event has said since: rows only go forward in time. */
  const newsOf = (rows: readonly Send[]): readonly Send[] =>
    rows.filter((row) => {
      const known = get().sends[keyOfSend(row)];
      return known === undefined || row.changedAtMs >= known.changedAtMs;
    });

  const takeRows = (rows: readonly Send[]): void => set((state) => takeSends(state, newsOf(rows)));

  /** Number of the list that is open: an answer for one that was closed or changed meanwhile is dropped. */
  let opened = 0;

  const load = async (cursor: string | undefined): Promise<void> => {
    const view = get().outbox;
    if (view === undefined) return;
    const asked = opened;
    const { accountId, filter } = view;
    try {
      const page = await call('sends.list', {
        accountId,
        filter,
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (asked !== opened) return;
      const news = newsOf(page.sends);
      set((state) => {
        if (state.outbox === undefined) return state;
        const sends = { ...state.sends, ...Object.fromEntries(news.map((send) => [keyOfSend(send), send])) };
        const keys = page.sends.map(keyOfSend);
        const read = { keys, nextCursor: page.nextCursor, first: cursor === undefined };
        return { ...state, sends, outbox: withOutboxPage(state.outbox, sends, read) };
      });
    } catch (thrown) {
      if (asked !== opened) return;
      changeView((current) => ({
        ...current,
        phase: 'failed',
        loadingMore: false,
        error: messageOf(thrown),
        arrived: [],
      }));
    }
  };

  const tell = async (run: () => Promise<{ readonly send: Send }>): Promise<void> => {
    try {
      takeRows([(await run()).send]);
    } catch (thrown) {
      showToast('bad', messageOf(thrown));
    }
  };

  /** Reads chats until this one is known. Rows go to chats that were active a moment ago, so that the first page has most. */
  const learnChat = async (accountId: AccountId, chatId: ChatId): Promise<boolean> => {
    if (get().chats[chatKey(accountId, chatId)] !== undefined) return true;
    let cursor: string | undefined;
    do {
      const page = await call('chats.list', {
        accountId,
        limit: chatPageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const found = page.chats.find((chat) => chat.id === chatId);
      if (found !== undefined) {
        set((state) => (state.accounts[accountId] === undefined ? state : takeChats(state, [found])));
        return true;
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return false;
  };

  return {
    showOutbox: (accountId, filter) => {
      const { outbox } = get();
      if (outbox?.accountId === accountId && outbox.filter === filter) return;
      opened += 1;
      set((state) => ({ ...state, outbox: newOutboxView(accountId, filter) }));
      void load(undefined);
    },
    closeOutbox: () => {
      opened += 1;
      set((state) => {
        const kept = Object.entries(state.sends).filter(
          ([, send]) => state.conversations[chatKey(send.accountId, send.chatId)] !== undefined,
        );
        return { ...state, outbox: undefined, sends: Object.fromEntries(kept) };
      });
    },
    reloadOutbox: async () => {
      opened += 1;
      changeView((view) => ({
        ...view,
        phase: view.keys.length > 0 ? view.phase : 'loading',
        loadingMore: view.keys.length > 0,
        error: undefined,
      }));
      await load(undefined);
    },
    loadMoreOutbox: async () => {
      const view = get().outbox;
      if (view === undefined || view.loadingMore || view.nextCursor === undefined || view.phase === 'loading') return;
      changeView((current) => ({ ...current, loadingMore: true, error: undefined, phase: 'ready' }));
      await load(view.nextCursor);
    },
    loadSendsOf: async (key) => {
      const parts = partsOfChatKey(key);
      try {
        const pages = await Promise.all(
          (['waiting', 'attention'] as const).map((filter) =>
            call('sends.list', { ...parts, filter, limit: ofChatLimit }),
          ),
        );
        takeRows(pages.flatMap((page) => page.sends));
      } catch {
        // The bubbles show what the messages themselves say.
      }
    },
    refreshWait: async (key) => {
      if (get().sends[key]?.state !== 'queued') return;
      try {
        takeRows([(await call('sends.get', partsOfSendKey(key))).send]);
      } catch {
        // The reason that was known stays; the next change of the gate asks again.
      }
    },
    cancelSend: (key) => tell(() => call('sends.cancel', partsOfSendKey(key))),
    resendSend: (key) => tell(() => call('sends.resend', partsOfSendKey(key))),
    dismissSend: (key) => tell(() => call('sends.dismiss', partsOfSendKey(key))),
    openChatOf: async (key) => {
      const { accountId, chatId } = partsOfSendKey(key);
      try {
        if (!(await learnChat(accountId, chatId))) {
          showToast('bad', 'This conversation is not among the chats of the account any more.');
          return;
        }
        showAccountPage(accountId, 'chats');
        openConversation(chatKey(accountId, chatId));
      } catch (thrown) {
        showToast('bad', messageOf(thrown));
      }
    },
  };
};
