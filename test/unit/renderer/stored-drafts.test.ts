import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../electron/contract/entities/draft';
import type { ConsoleStore } from '../../../renderer/state/console-store';
import { ana, bruno } from '../../fakes/entities';
import { aConsole, aMessage, anaKey, anEvent, aPending, aSnapshot, sales, settle } from './renderer-fixtures';

const aDraft = (body: string, savedAtMs = 100, changes: Partial<Draft> = {}): Draft => ({
  accountId: sales,
  chatId: ana,
  body,
  leftBy: { surface: 'api', name: 'Router' },
  savedAtMs,
  ...changes,
});

let sequence = 1;
const tell = (sink: ConsoleStore['sink'], draft: Draft | undefined): void => {
  sequence += 1;
  const body = { type: 'draft.changed', accountId: sales, chatId: ana } as const;
  sink.applyEvents([anEvent(sequence, draft === undefined ? body : { ...body, draft })]);
};

/** Ana's conversation is open, and main answers everything that belongs to it. */
const open = (answers: Parameters<typeof aConsole>[0] = {}) => {
  const console_ = aConsole({
    'messages.list': () => ({ messages: [] }),
    'messages.send': ({ body }) => ({
      message: aMessage('1', { body: String(body), fromMe: true, status: 'pending' }),
    }),
    'drafts.remove': () => ({}),
    ...answers,
  });
  console_.actions.openConversation(anaKey);
  const text = () => console_.store.getState().drafts[anaKey] ?? '';
  const isTaken = () => console_.store.getState().takenDrafts[anaKey] !== undefined;
  const removed = () =>
    console_.calls.filter(({ name }) => name === 'drafts.remove').map(({ input }) => input['savedAtMs']);
  return { ...console_, text, isTaken, removed };
};

describe('a draft that somebody has left', () => {
  it('is in the composer when its chat is opened, and when it comes while the chat is open', () => {
    const later = aConsole({ 'messages.list': () => ({ messages: [] }) });
    tell(later.sink, aDraft('Shall we deliver?'));
    expect(later.store.getState().drafts).toEqual({});
    later.actions.openConversation(anaKey);
    expect(later.store.getState().drafts).toEqual({ [anaKey]: 'Shall we deliver?' });
    const { sink, text, isTaken } = open();
    tell(sink, aDraft('On Monday?'));
    expect([text(), isTaken()]).toEqual(['On Monday?', true]);
  });

  it('never takes the place of what a person has typed or attached, until they ask for it', () => {
    const { sink, actions, text, isTaken } = open();
    actions.setDraft(anaKey, 'my own words');
    tell(sink, aDraft('Shall we deliver?'));
    expect([text(), isTaken()]).toEqual(['my own words', false]);
    actions.takeDraft(anaKey);
    expect([text(), isTaken()]).toEqual(['Shall we deliver?', true]);
    const other = open();
    other.actions.attach(anaKey, [new File(['x'], 'a.txt')]);
    tell(other.sink, aDraft('Shall we deliver?'));
    expect([other.text(), other.isTaken()]).toEqual(['', false]);
  });

  it('does not slip into a composer that was emptied by sending something else', async () => {
    const { sink, actions, text, removed } = open();
    actions.setDraft(anaKey, 'my own words');
    tell(sink, aDraft('Shall we deliver?'));
    await actions.sendDraft(anaKey);
    expect([text(), removed()]).toEqual(['', []]);
  });

  it('is thrown away when it was sent, also after it was changed, and no other that came meanwhile', async () => {
    const answer = aPending<unknown>();
    const { sink, actions, calls, store, text, removed } = open({ 'messages.send': () => answer.promise });
    tell(sink, aDraft('Shall we deliver?'));
    actions.setDraft(anaKey, 'Shall we deliver on Monday?');
    const sending = actions.sendDraft(anaKey);
    await settle();
    expect(removed()).toEqual([]);
    answer.resolve({ message: aMessage('1', { fromMe: true, status: 'pending' }) });
    await sending;
    expect(calls.find(({ name }) => name === 'messages.send')?.input['body']).toBe('Shall we deliver on Monday?');
    expect([text(), removed(), store.getState().storedDrafts]).toEqual(['', [100], {}]);
  });

  it('stays when another one took its place while it was on its way', async () => {
    const answer = aPending<unknown>();
    const { sink, actions, text, removed } = open({ 'messages.send': () => answer.promise });
    tell(sink, aDraft('Shall we'));
    const sending = actions.sendDraft(anaKey);
    tell(sink, aDraft('Shall we deliver?', 200));
    answer.resolve({ message: aMessage('1', { fromMe: true, status: 'pending' }) });
    await sending;
    expect([text(), removed()]).toEqual(['Shall we deliver?', []]);
  });

  it('is kept when main refuses the message', async () => {
    const refuse = () => {
      throw new Error('no');
    };
    const { sink, actions, text, isTaken, removed } = open({ 'messages.send': refuse });
    tell(sink, aDraft('Shall we deliver?'));
    expect(await actions.sendDraft(anaKey)).toMatchObject({ kind: 'refused' });
    expect([text(), isTaken(), removed()]).toEqual(['Shall we deliver?', true, []]);
  });

  it('is thrown away when the composer is emptied or the person says so', async () => {
    const emptied = open();
    tell(emptied.sink, aDraft('Shall we deliver?'));
    emptied.actions.setDraft(anaKey, '');
    expect([emptied.text(), emptied.removed()]).toEqual(['', [100]]);
    const offered = open();
    offered.actions.setDraft(anaKey, 'my own words');
    tell(offered.sink, aDraft('Shall we deliver?'));
    await offered.actions.discardDraft(anaKey);
    expect([offered.text(), offered.removed()]).toEqual(['my own words', [100]]);
  });

  it('follows what its author makes of it as long as nobody has touched it', () => {
    const { sink, actions, text, isTaken } = open();
    tell(sink, aDraft('Shall we deliver?'));
    tell(sink, aDraft('Shall we deliver tomorrow?', 200));
    expect([text(), isTaken()]).toEqual(['Shall we deliver tomorrow?', true]);
    tell(sink, undefined);
    expect([text(), isTaken()]).toEqual(['', false]);
    tell(sink, aDraft('Shall we?', 300));
    actions.setDraft(anaKey, 'Shall we dance?');
    tell(sink, aDraft('Shall we deliver?', 400));
    expect([text(), isTaken()]).toEqual(['Shall we dance?', false]);
    tell(sink, undefined);
    expect(text()).toBe('Shall we dance?');
  });

  it('is read at the start and after a gap, page by page; what an event said meanwhile is newer', async () => {
    let asked = 0;
    const { store, actions, sink } = aConsole({
      'drafts.list': ({ cursor }) => {
        asked += 1;
        if (asked === 1) tell(sink, undefined);
        return cursor === undefined
          ? { drafts: asked === 1 ? [aDraft('old')] : [], nextCursor: 'next' }
          : { drafts: [aDraft('for Bruno', 50, { chatId: bruno })] };
      },
    });
    await actions.loadStoredDrafts();
    expect(Object.values(store.getState().storedDrafts).map(({ body }) => body)).toEqual(['for Bruno']);
    sink.applySnapshot(aSnapshot(50), false);
    await settle();
    expect(asked).toBeGreaterThan(4);
  });

  it('goes with its chat and its account', () => {
    const { store, sink } = aConsole();
    tell(sink, aDraft('one'));
    sink.applyEvents([anEvent(++sequence, { type: 'chat.removed', accountId: sales, chatId: ana })]);
    expect(store.getState().storedDrafts).toEqual({});
    tell(sink, aDraft('two'));
    sink.applyEvents([anEvent(++sequence, { type: 'account.removed', accountId: sales })]);
    tell(sink, aDraft('late'));
    expect(store.getState().storedDrafts).toEqual({});
  });
});
