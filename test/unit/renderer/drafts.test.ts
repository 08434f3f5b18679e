import { describe, expect, it } from 'vitest';
import { createDraftKeeper, draftDelayMs, readDrafts } from '../../../renderer/state/draft-storage';
import { aConsole, anaKey } from './renderer-fixtures';

const memory = (content?: string) => {
  const writes: string[] = [];
  let kept = content ?? null;
  return {
    writes,
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
      writes.push(value);
    },
  };
};

describe('drafts', () => {
  it('come back after the window was closed', () => {
    const storage = memory();
    const keeper = createDraftKeeper(storage, (run) => run());
    keeper.keep({ [anaKey]: 'half a sentence' });
    expect(readDrafts(storage)).toEqual({ [anaKey]: 'half a sentence' });
  });

  it('are written once for many key strokes, within a second of the first', () => {
    const storage = memory();
    const timers: { run: () => void; delayMs: number }[] = [];
    const keeper = createDraftKeeper(storage, (run, delayMs) => void timers.push({ run, delayMs }));
    for (const text of ['h', 'he', 'hello']) keeper.keep({ [anaKey]: text });
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([draftDelayMs]);
    expect(draftDelayMs).toBeLessThanOrEqual(1000);
    timers[0]?.run();
    expect(storage.writes).toEqual([JSON.stringify({ [anaKey]: 'hello' })]);
    keeper.keep({ [anaKey]: 'hello again' });
    expect(timers).toHaveLength(2);
  });

  it('are written at once when the window goes, and not twice', () => {
    const storage = memory();
    const keeper = createDraftKeeper(storage, () => undefined);
    keeper.keep({ [anaKey]: 'last words' });
    keeper.flush();
    keeper.flush();
    expect(storage.writes).toHaveLength(1);
  });

  it.each(['not json', '[]', 'null', '{"sales/a":1}'])('start empty when what was kept is %s', (content) => {
    expect(readDrafts(memory(content))).toEqual({});
  });

  it('survive a storage that is full', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('quota');
      },
    };
    const keeper = createDraftKeeper(full, (run) => run());
    expect(() => keeper.keep({ [anaKey]: 'text' })).not.toThrow();
  });

  it('belong to one chat each, and an empty one is none', () => {
    const { store, actions } = aConsole();
    actions.setDraft(anaKey, 'one');
    actions.setDraft('support/b@c.us', 'two');
    actions.setDraft(anaKey, '');
    expect(store.getState().drafts).toEqual({ 'support/b@c.us': 'two' });
  });
});
