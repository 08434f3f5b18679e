import type { ChatKey } from './keys';

export type Drafts = Readonly<Record<ChatKey, string>>;

/** The part of `localStorage` that drafts need. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const storageKey = 'switchboard.drafts';

const isDrafts = (value: unknown): value is Drafts =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => typeof text === 'string');

/** The drafts of the last time; none when they cannot be read. */
export const readDrafts = (storage: TextStorage): Drafts => {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    return isDrafts(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

export interface DraftKeeper {
  /** Notes the newest drafts; they are written a little later, once for many key strokes. */
  keep(drafts: Drafts): void;
  /** Writes what is still waiting, now. */
  flush(): void;
}

/** Longest time a key stroke can be lost when the window dies. */
export const draftDelayMs = 600;

/** Writes drafts to the storage, at most once per {@link draftDelayMs}. A full storage loses nothing but the copy. */
export const createDraftKeeper = (
  storage: TextStorage,
  schedule: (run: () => void, delayMs: number) => void = (run, delayMs) => void setTimeout(run, delayMs),
): DraftKeeper => {
  let waiting: Drafts | undefined;
  let scheduled = false;
  const flush = (): void => {
    if (waiting === undefined) return;
    const drafts = waiting;
    waiting = undefined;
    try {
      storage.setItem(storageKey, JSON.stringify(drafts));
    } catch {
      // No room left: the drafts stay in memory, which is where they are read from.
    }
  };
  return {
    keep: (drafts) => {
      waiting = drafts;
      if (scheduled) return;
      scheduled = true;
      schedule(() => {
        scheduled = false;
        flush();
      }, draftDelayMs);
    },
    flush,
  };
};
