import { useStore } from 'zustand';
import { call } from '../bridge/call';
import type { ConsoleState } from './console-state';
import { createConsoleStore } from './console-store';
import { createDraftKeeper, readDrafts } from './draft-storage';
import { readBase64 } from './read-base64';

const { store, actions, sink } = createConsoleStore({
  call,
  drafts: readDrafts(localStorage),
  newKey: () => crypto.randomUUID(),
  readBase64,
});

const keeper = createDraftKeeper(localStorage);
store.subscribe((state, before) => {
  if (state.drafts !== before.drafts) keeper.keep(state.drafts);
});
window.addEventListener('pagehide', keeper.flush);

/** What a component needs of the state; it renders again only when that changes. */
export const useConsole = <Part>(select: (state: ConsoleState) => Part): Part => useStore(store, select);

/** The state at this moment, for event handlers. */
export const readConsole = store.getState;

export { actions, sink as consoleSink };
