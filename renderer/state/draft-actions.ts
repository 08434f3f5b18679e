import type { Draft as StoredDraft } from '../../electron/contract/entities/draft';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import { type ChatKey, chatKey, partsOfChatKey } from './keys';
import { withDraftOffered, withDraftTaken, withoutStoredDraft, withStoredDraft } from './stored-drafts';
import type { UiActions } from './ui-actions';

/** Drafts per request. */
const pageSize = 200;
/** More than anybody reads through. */
const mostPages = 10;

export interface DraftActions {
  /** What the composer holds from now on. Emptying it throws the stored draft away that was in it. */
  setDraft(key: ChatKey, text: string): void;
  /** Reads what others have left in all chats. A failed look changes nothing: events follow. */
  loadStoredDrafts(): Promise<void>;
  /** Shows the stored draft of a chat in its composer, unless something is in it. */
  offerDraft(key: ChatKey): void;
  /** Puts the stored draft in the place of what was typed. */
  takeDraft(key: ChatKey): void;
  /** Throws the stored draft away, and its text when it is in the composer. */
  discardDraft(key: ChatKey): Promise<void>;
  /** The message that was made of a stored draft is main's: the draft has done its work. */
  draftSent(key: ChatKey, savedAtMs: number | undefined): void;
}

export const createDraftActions = (
  { get, set }: StoreAccess,
  call: Call,
  { setDraft: setText, showToast }: Pick<UiActions, 'setDraft' | 'showToast'>,
): DraftActions => {
  /** Only this one: what was left since then stays. */
  const remove = async (key: ChatKey, savedAtMs: number): Promise<void> => {
    set((state) => (state.storedDrafts[key]?.savedAtMs === savedAtMs ? withoutStoredDraft(state, key) : state));
    try {
      await call('drafts.remove', { ...partsOfChatKey(key), savedAtMs });
    } catch (thrown) {
      showToast('bad', messageOf(thrown));
    }
  };

  const offerDraft = (key: ChatKey): void =>
    set((state) => withDraftOffered(state, key, (state.attachments[key]?.length ?? 0) > 0));

  const readAll = async (): Promise<readonly StoredDraft[]> => {
    const drafts: StoredDraft[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const read = await call('drafts.list', { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
      drafts.push(...read.drafts);
      cursor = read.nextCursor;
      if (cursor === undefined) break;
    }
    return drafts;
  };

  return {
    setDraft: (key, text) => {
      const taken = get().takenDrafts[key];
      setText(key, text);
      if (text === '' && taken !== undefined) void remove(key, taken);
    },
    loadStoredDrafts: async () => {
      let before: number;
      let drafts: readonly StoredDraft[];
      try {
        // What an event has said meanwhile is newer than the list.
        do {
          before = get().draftChanges;
          drafts = await readAll();
        } while (get().draftChanges !== before);
      } catch {
        return;
      }
      set((state) => {
        const listed = new Map(drafts.map((draft) => [chatKey(draft.accountId, draft.chatId), draft]));
        const keys = new Set([...(Object.keys(state.storedDrafts) as ChatKey[]), ...listed.keys()]);
        let next = state;
        for (const key of keys) next = withStoredDraft(next, key, listed.get(key));
        return next;
      });
      const { openChat } = get();
      if (openChat !== undefined) offerDraft(openChat);
    },
    offerDraft,
    takeDraft: (key) => set((state) => withDraftTaken(state, key)),
    discardDraft: async (key) => {
      const { storedDrafts, takenDrafts } = get();
      const stored = storedDrafts[key];
      if (stored === undefined) return;
      if (takenDrafts[key] === stored.savedAtMs) setText(key, '');
      await remove(key, stored.savedAtMs);
    },
    draftSent: (key, savedAtMs) => {
      if (savedAtMs !== undefined && get().storedDrafts[key]?.savedAtMs === savedAtMs) void remove(key, savedAtMs);
    },
  };
};
