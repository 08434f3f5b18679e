import type { Account } from '../../electron/contract/entities/account';
import type { Settings } from '../../electron/contract/entities/settings';
import type { AccountId } from '../../electron/contract/ids';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { ChatFilter, Scope } from './chat-views';
import type { AccountPage, ConsolePage, OpenDialog, Toast } from './console-state';
import type { StoreAccess } from './console-store';
import type { ChatKey } from './keys';
import { selectOwnPage } from './selectors';

export interface UiActions {
  /** Shows all inboxes or one account. An open conversation of another account is closed. */
  chooseScope(scope: Scope): void;
  chooseFilter(filter: ChatFilter): void;
  choosePage(page: AccountPage): void;
  /** Shows one page of an account. Unlike choosing it, this does not wake it: nobody asked for its chats. */
  showAccountPage(accountId: AccountId, page: AccountPage): void;
  /** Shows a page about the whole console, or goes back to where the person was before. */
  showConsolePage(page: ConsolePage | undefined): void;
  openDialog(dialog: OpenDialog | undefined): void;
  showToast(tone: Toast['tone'], text: string): void;
  dropToast(id: number): void;
  closeBanner(id: string): void;
  setDraft(key: ChatKey, text: string): void;
  /** Changes preferences at once here, then in main; goes back to main's when main refuses. */
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** Shows an account that a call answered with, unless an event was faster. */
  takeAccount(account: Account): void;
}

/** Toasts beyond this many push out the oldest. */
const toastLimit = 4;

export const createUiActions = (
  { get, set }: StoreAccess,
  call: Call,
  openConversation: (key: ChatKey | undefined) => void,
): UiActions => {
  let nextToast = 1;
  const showToast = (tone: Toast['tone'], text: string): void => {
    const id = nextToast++;
    set((state) => ({
      ...state,
      toasts: [...state.toasts.filter((toast) => toast.text !== text), { id, tone, text }].slice(-toastLimit),
    }));
  };

  const chooseScope = (scope: Scope): void => {
    const { openChat } = get();
    set((state) => ({ ...state, scope, accountPage: 'auto', consolePage: undefined }));
    if (scope !== 'all' && openChat !== undefined && !openChat.startsWith(`${scope}/`)) openConversation(undefined);
  };
  // What it would show anyway is not held on to: a linked phone still brings its chats to the screen.
  const choosePage = (page: AccountPage): void =>
    set((state) => ({ ...state, accountPage: page === selectOwnPage(state) ? 'auto' : page }));

  return {
    showToast,
    chooseScope,
    choosePage,
    showAccountPage: (accountId, page) => {
      chooseScope(accountId);
      choosePage(page);
    },
    chooseFilter: (filter) => set((state) => ({ ...state, filter })),
    showConsolePage: (consolePage) => set((state) => ({ ...state, consolePage })),
    openDialog: (dialog) => set((state) => ({ ...state, dialog })),
    dropToast: (id) => set((state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) })),
    closeBanner: (id) => set((state) => ({ ...state, closedBanners: [...state.closedBanners, id].slice(-50) })),
    setDraft: (key, text) =>
      set((state) => {
        if ((state.drafts[key] ?? '') === text) return state;
        const { [key]: _gone, ...others } = state.drafts;
        return { ...state, drafts: text === '' ? others : { ...others, [key]: text } };
      }),
    changeSettings: async (change) => {
      const before = get().settings;
      set((state) => ({ ...state, settings: { ...state.settings, ...change } }));
      try {
        const { settings } = await call('settings.update', change);
        set((state) => ({ ...state, settings }));
      } catch (thrown) {
        set((state) => ({ ...state, settings: before }));
        showToast('bad', messageOf(thrown));
      }
    },
    takeAccount: (account) =>
      set((state) =>
        state.accounts[account.id] === undefined
          ? {
              ...state,
              accounts: { ...state.accounts, [account.id]: account },
              accountOrder: [...state.accountOrder, account.id],
            }
          : state,
      ),
  };
};
