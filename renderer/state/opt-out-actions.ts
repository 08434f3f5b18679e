import type { OptOut } from '../../electron/contract/entities/opt-out';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { OptOutList } from './console-state';
import type { StoreAccess } from './console-store';

/** The most that one request gives. */
const pageSize = 200;

export interface OptOutActions {
  /** Opens the do-not-contact list and reads all of it, page by page: it is searched and counted here. */
  openOptOuts(): Promise<void>;
  closeOptOuts(): void;
  /** Puts somebody on the list: digits, and a note for the people of this console. A refusal is thrown. */
  addOptOut(contact: string, note: string): Promise<void>;
  /** Takes somebody off the list. A refusal is thrown. */
  removeOptOut(contact: string): Promise<void>;
}

export const createOptOutActions = ({ get, set }: StoreAccess, call: Call): OptOutActions => {
  const change = (next: (list: OptOutList) => OptOutList): void =>
    set((state) => (state.optOuts === undefined ? state : { ...state, optOuts: next(state.optOuts) }));

  /** Number of the reading under way: one that was closed meanwhile ends. */
  let reading = 0;

  const put = (entries: readonly OptOut[], optOut: OptOut): readonly OptOut[] => [
    optOut,
    ...entries.filter(({ contact }) => contact !== optOut.contact),
  ];

  return {
    openOptOuts: async () => {
      reading += 1;
      const mine = reading;
      set((state) => ({ ...state, optOuts: { entries: [], phase: 'loading', error: undefined } }));
      try {
        let cursor: string | undefined;
        do {
          const page = await call('optOuts.list', {
            limit: pageSize,
            ...(cursor === undefined ? {} : { cursor }),
          });
          if (mine !== reading) return;
          // Events may have added or removed some since: what is known already stays.
          change((list) => {
            const known = new Set(list.entries.map(({ contact }) => contact));
            return {
              ...list,
              entries: [...list.entries, ...page.optOuts.filter(({ contact }) => !known.has(contact))],
            };
          });
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        change((list) => ({ ...list, phase: 'ready' }));
      } catch (thrown) {
        if (mine === reading) change((list) => ({ ...list, phase: 'failed', error: messageOf(thrown) }));
      }
    },
    closeOptOuts: () => {
      reading += 1;
      set((state) => ({ ...state, optOuts: undefined }));
    },
    addOptOut: async (contact, note) => {
      const words = note.trim();
      const { optOut } = await call('optOuts.add', { contact, ...(words === '' ? {} : { note: words }) });
      // The event may have been faster.
      if (get().optOuts?.entries[0]?.contact !== contact)
        change((list) => ({ ...list, entries: put(list.entries, optOut) }));
    },
    removeOptOut: async (contact) => {
      await call('optOuts.remove', { contact });
      change((list) => ({ ...list, entries: list.entries.filter((entry) => entry.contact !== contact) }));
    },
  };
};
