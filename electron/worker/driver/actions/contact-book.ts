import type { Contact } from '../../../contract/entities/contact';

/**
 * For so long further pages of the list are cut from what its first page read, in ms. Long enough to walk through a large address
 * book, short enough that nobody sees an old one: whoever begins a list reads it anew.
 */
export const keptMs = 180_000;

/** Everybody whom the page knows. Reading them means carrying all of them out of the page. */
export interface ContactBook {
  /** @param further The page of a list that was begun before: what it began with is good enough, while it is there. */
  all(further: boolean, read: () => Promise<readonly Contact[]>): Promise<readonly Contact[]>;
  /** Something in it is different now. */
  forget(): void;
}

const inBackground = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
};

export const createContactBook = (schedule = inBackground): ContactBook => {
  let kept: readonly Contact[] | undefined;
  let cancel: (() => void) | undefined;
  /** Grows with every change, so that a reading from before it is not kept. */
  let changes = 0;
  const forget = (): void => {
    changes += 1;
    kept = undefined;
    cancel?.();
    cancel = undefined;
  };
  return {
    async all(further, read) {
      if (further && kept !== undefined) return kept;
      forget();
      const before = changes;
      const contacts = await read();
      if (changes === before) {
        kept = contacts;
        cancel = schedule(forget, keptMs);
      }
      return contacts;
    },
    forget,
  };
};
