import type { Draft as StoredDraft } from '../../electron/contract/entities/draft';
import type { Drafts } from './draft-storage';
import type { ChatKey } from './keys';

/** The parts of the state that say what is in the composers, and what others have left there. */
export interface DraftState {
  /** What the composers hold. */
  readonly drafts: Drafts;
  /** What others have left in chats. */
  readonly storedDrafts: Readonly<Record<ChatKey, StoredDraft>>;
  /** Composers whose text came from a stored draft: `savedAtMs` of that one. */
  readonly takenDrafts: Readonly<Record<ChatKey, number>>;
}

const without = <Value>(record: Readonly<Record<ChatKey, Value>>, key: ChatKey): Readonly<Record<ChatKey, Value>> => {
  if (!(key in record)) return record;
  const { [key]: _gone, ...others } = record;
  return others;
};

const textOf = (state: DraftState, key: ChatKey): string => state.drafts[key] ?? '';

const withText = <State extends DraftState>(state: State, key: ChatKey, text: string): State =>
  textOf(state, key) === text
    ? state
    : { ...state, drafts: text === '' ? without(state.drafts, key) : { ...state.drafts, [key]: text } };

/** Puts the stored draft into the composer in place of whatever is there. */
export const withDraftTaken = <State extends DraftState>(state: State, key: ChatKey): State => {
  const stored = state.storedDrafts[key];
  if (stored === undefined) return state;
  return {
    ...withText(state, key, stored.body),
    takenDrafts: { ...state.takenDrafts, [key]: stored.savedAtMs },
  };
};

/** The same where it takes nothing from anybody: what a person has typed or attached stays. */
export const withDraftOffered = <State extends DraftState>(state: State, key: ChatKey, hasFiles: boolean): State => {
  const stored = state.storedDrafts[key];
  if (stored === undefined || state.takenDrafts[key] === stored.savedAtMs) return state;
  const text = textOf(state, key);
  // The same words are the draft, taken before the window was closed.
  return (text === '' && !hasFiles) || text === stored.body ? withDraftTaken(state, key) : state;
};

/** The stored draft is gone: sent, thrown away, or taken back. The composer's text is a person's from here on. */
export const withoutStoredDraft = <State extends DraftState>(state: State, key: ChatKey): State => ({
  ...state,
  storedDrafts: without(state.storedDrafts, key),
  takenDrafts: without(state.takenDrafts, key),
});

/**
 * A stored draft as it is now. A composer that holds the one before as it was left follows; one that a person has changed
 * keeps what is in it.
 */
export const withStoredDraft = <State extends DraftState>(
  state: State,
  key: ChatKey,
  draft: StoredDraft | undefined,
): State => {
  const before = state.storedDrafts[key];
  const isUntouched =
    before !== undefined &&
    state.takenDrafts[key] === before.savedAtMs &&
    textOf(state, key) === before.body &&
    draft?.savedAtMs !== before.savedAtMs;
  if (draft === undefined) return withoutStoredDraft(isUntouched ? withText(state, key, '') : state, key);
  const stored = { ...state, storedDrafts: { ...state.storedDrafts, [key]: draft } };
  if (isUntouched) return withDraftTaken(stored, key);
  const isOther = state.takenDrafts[key] !== undefined && state.takenDrafts[key] !== draft.savedAtMs;
  return isOther ? { ...stored, takenDrafts: without(stored.takenDrafts, key) } : stored;
};
