import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../../electron/contract/entities/session';
import { selectLinkingAccount, selectUnreadMessages, selectView } from '../../../renderer/state/selectors';
import { anAccount, ana, anObservedChat } from '../../fakes/entities';
import {
  aChat,
  aConsole,
  aMessage,
  anaKey,
  anEvent,
  aPending,
  aReadyStatus,
  aSnapshot,
  sales,
  settle,
  support,
} from './renderer-fixtures';

const anaChat = { ...anObservedChat({ name: 'Ana', lastActivityMs: 10 }), accountId: sales };

describe('state of the window', () => {
  it('changes the store once per batch of events', () => {
    const { store, sink } = aConsole();
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    sink.applyEvents([
      anEvent(2, { type: 'chat.updated', chat: aChat('a') }),
      anEvent(3, { type: 'unread.changed', unread: { accountId: sales, messages: 4, chats: 1 } }),
      anEvent(4, { type: 'chat.updated', chat: aChat('b') }),
    ]);
    expect(changes).toBe(1);
    expect(store.getState().sequence).toBe(4);
  });

  it('keeps the objects of everything that an event does not name', () => {
    const { store, sink } = aConsole();
    sink.applyEvents([anEvent(2, { type: 'chat.updated', chat: anaChat })]);
    const before = store.getState();
    sink.applyEvents([anEvent(3, { type: 'chat.updated', chat: aChat('b') })]);
    const after = store.getState();
    expect(after.chats[anaKey]).toBe(before.chats[anaKey]);
    expect(after.accounts).toBe(before.accounts);
    expect(after.sessions).toBe(before.sessions);
  });

  it('adds up what waits, per account and over all', () => {
    const { store, sink } = aConsole();
    sink.applyEvents([
      anEvent(2, { type: 'unread.changed', unread: { accountId: sales, messages: 4, chats: 1 } }),
      anEvent(3, { type: 'unread.changed', unread: { accountId: support, messages: 3, chats: 2 } }),
    ]);
    expect(selectUnreadMessages('all')(store.getState())).toBe(7);
    expect(selectUnreadMessages(support)(store.getState())).toBe(3);
  });

  it('never lets a page that was on its way undo what an event has said since', async () => {
    const answer = aPending<unknown>();
    const { store, sink, actions } = aConsole({ 'chats.list': () => answer.promise });
    actions.showChats('all', 'all');
    sink.applyEvents([
      anEvent(2, { type: 'chat.updated', chat: { ...anaChat, name: 'Ana Lima', lastActivityMs: 99 } }),
      anEvent(3, { type: 'chat.updated', chat: aChat('new', { lastActivityMs: 50 }) }),
    ]);
    answer.resolve({ chats: [aChat('b', { lastActivityMs: 60 }), anaChat] });
    await settle();
    const view = selectView(store.getState());
    expect(view?.keys).toEqual([anaKey, 'sales/b@c.us', 'sales/new@c.us']);
    expect(store.getState().chats[anaKey]?.name).toBe('Ana Lima');
  });

  it('says why a list could not be read, and reads it again when asked', async () => {
    let works = false;
    const { store, actions } = aConsole({
      'chats.list': () => {
        if (!works) throw new Error('The store does not answer.');
        return { chats: [anaChat] };
      },
    });
    actions.showChats('all', 'all');
    await settle();
    expect(selectView(store.getState())).toMatchObject({ phase: 'failed', error: 'The store does not answer.' });
    works = true;
    await actions.reloadChats('all', 'all');
    expect(selectView(store.getState())).toMatchObject({ phase: 'ready', keys: [anaKey], error: undefined });
  });

  it('reads the next page once, however often the end of the list comes into sight', async () => {
    const { actions, calls } = aConsole({
      'chats.list': ({ cursor }) =>
        cursor === undefined ? { chats: [anaChat], nextCursor: 'second' } : { chats: [aChat('b')] },
    });
    actions.showChats('all', 'all');
    await settle();
    await Promise.all([actions.loadMoreChats('all', 'all'), actions.loadMoreChats('all', 'all')]);
    await actions.loadMoreChats('all', 'all');
    expect(calls.map(({ input }) => input['cursor'])).toEqual([undefined, 'second']);
  });

  it('after a gap reads lists and the open conversation again', async () => {
    const { actions, sink, calls } = aConsole({
      'chats.list': () => ({ chats: [anaChat] }),
      'messages.list': () => ({ messages: [aMessage('1')] }),
    });
    actions.showChats('all', 'all');
    await settle();
    actions.openConversation(anaKey);
    await settle();
    calls.length = 0;
    sink.applySnapshot(aSnapshot(40), false);
    await settle();
    expect(calls.map(({ name }) => name).sort()).toEqual([
      'chats.list',
      'drafts.list',
      'messages.list',
      'sends.list',
      'sends.list',
    ]);
  });

  it('shows imported history in the open conversation', async () => {
    const pages = [
      [aMessage('2', { timestampMs: 20 })],
      [aMessage('1', { timestampMs: 10 }), aMessage('2', { timestampMs: 20 })],
    ];
    const { store, actions, sink } = aConsole({ 'messages.list': () => ({ messages: pages.shift() }) });
    actions.openConversation(anaKey);
    await settle();
    sink.applyEvents([anEvent(2, { type: 'history.imported', accountId: sales, chatIds: [ana] })]);
    await settle();
    expect(store.getState().conversations[anaKey]?.messages.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('takes a removed chat off its lists and closes it, and shows it again when it comes back', async () => {
    const { store, actions, sink } = aConsole({
      'chats.list': () => ({ chats: [anaChat, aChat('b')] }),
      'messages.list': () => ({ messages: [aMessage('1')] }),
    });
    actions.showChats('all', 'all');
    await settle();
    actions.openConversation(anaKey);
    await settle();
    const gone = { type: 'chat.removed', accountId: sales, chatId: ana } as const;
    // What was said of it before in the same batch does not bring it back.
    sink.applyEvents([anEvent(2, { type: 'chat.updated', chat: anaChat }), anEvent(3, gone)]);
    expect(selectView(store.getState())?.keys).toEqual(['sales/b@c.us']);
    expect(store.getState()).toMatchObject({ openChat: undefined });
    expect(store.getState().chats[anaKey]).toBeUndefined();
    expect(store.getState().conversations[anaKey]).toBeUndefined();
    sink.applyEvents([
      anEvent(4, gone),
      anEvent(5, { type: 'chat.updated', chat: { ...anaChat, lastActivityMs: 99 } }),
    ]);
    expect(selectView(store.getState())?.keys).toEqual([anaKey, 'sales/b@c.us']);
  });

  it('shows an emptied chat empty at once, and then what is left of it', async () => {
    const pages = [[aMessage('1'), aMessage('2')], [aMessage('2')]];
    const { store, actions, sink } = aConsole({ 'messages.list': () => ({ messages: pages.shift() }) });
    actions.openConversation(anaKey);
    await settle();
    sink.applyEvents([anEvent(2, { type: 'chat.cleared', accountId: sales, chatId: ana })]);
    expect(store.getState().conversations[anaKey]?.messages).toEqual([]);
    await settle();
    expect(store.getState().conversations[anaKey]?.messages.map(({ id }) => id)).toEqual(['2']);
  });

  it('lets a customer’s message go that was deleted here, and shows a reaction that came', async () => {
    const theirs = aMessage('1', { fromMe: false });
    const { store, actions, sink } = aConsole({ 'messages.list': () => ({ messages: [theirs, aMessage('2')] }) });
    actions.openConversation(anaKey);
    await settle();
    const reactions = [{ emoji: '👍', senderId: ana, fromMe: false }];
    sink.applyEvents([anEvent(2, { type: 'message.updated', message: { ...theirs, reactions } })]);
    expect(store.getState().conversations[anaKey]?.messages[0]?.reactions).toEqual(reactions);
    const removed = { type: 'message.removed', accountId: sales, chatId: ana, messageId: theirs.id } as const;
    sink.applyEvents([anEvent(3, { ...removed, fromMe: false })]);
    expect(store.getState().conversations[anaKey]?.messages.map(({ id }) => id)).toEqual(['2']);
  });

  it('forgets everything of a removed account and nothing of the others', async () => {
    const { store, actions, sink } = aConsole({
      'chats.list': () => ({ chats: [anaChat, aChat('s', { accountId: support })] }),
      'messages.list': () => ({ messages: [] }),
    });
    actions.showChats('all', 'all');
    actions.showChats(sales, 'all');
    await settle();
    actions.chooseScope(sales);
    actions.openConversation(anaKey);
    actions.setDraft(anaKey, 'half a sentence');
    actions.setDraft('support/s@c.us', 'stays');
    await settle();
    sink.applyEvents([
      anEvent(2, { type: 'chat.updated', chat: anaChat }),
      anEvent(3, { type: 'account.removed', accountId: sales }),
    ]);
    const state = store.getState();
    expect(JSON.stringify(state)).not.toContain('sales');
    expect(state).toMatchObject({ scope: 'all', openChat: undefined, accountOrder: [support] });
    expect(state.drafts).toEqual({ 'support/s@c.us': 'stays' });
    expect(selectView(state)?.keys).toEqual(['support/s@c.us']);
  });

  it('shows the linking page to an account without a phone, and its chats to one that lost it, when asked', () => {
    const identity = { wid: '1@c.us', phone: '+1', pushName: 'Sales' };
    const status: SessionState = {
      state: 'linking',
      sinceMs: 1,
      method: 'qr',
      attempt: 1,
      maxAttempts: 6,
      expiresAtMs: 2,
    };
    const { store, actions, sink } = aConsole();
    actions.chooseScope(sales);
    expect(selectLinkingAccount(store.getState())).toBe(sales);
    sink.applyEvents([
      anEvent(2, {
        type: 'session.changed',
        session: { accountId: sales, generation: 1, windowShown: false, status: aReadyStatus(1) },
      }),
    ]);
    expect(selectLinkingAccount(store.getState())).toBeUndefined();
    sink.applyEvents([
      anEvent(3, { type: 'account.updated', account: anAccount('sales', { identity }) }),
      anEvent(4, { type: 'session.changed', session: { accountId: sales, generation: 2, windowShown: false, status } }),
    ]);
    expect(selectLinkingAccount(store.getState())).toBe(sales);
    actions.choosePage('chats');
    expect(selectLinkingAccount(store.getState())).toBeUndefined();
    actions.chooseScope('all');
    expect(selectLinkingAccount(store.getState())).toBeUndefined();
  });

  it('goes back to main’s settings when main refuses a change, and says so', async () => {
    const { store, actions } = aConsole({
      'settings.update': () => {
        throw new Error('The settings could not be written.');
      },
    });
    const changing = actions.changeSettings({ theme: 'dark' });
    expect(store.getState().settings.theme).toBe('dark');
    await changing;
    expect(store.getState().settings.theme).toBe('system');
    expect(store.getState().toasts.map(({ text }) => text)).toEqual(['The settings could not be written.']);
  });

  it('closes a conversation of another account when an account is chosen', async () => {
    const { store, actions } = aConsole({ 'messages.list': () => ({ messages: [] }) });
    actions.openConversation(anaKey);
    await settle();
    actions.chooseScope(support);
    expect(store.getState().openChat).toBeUndefined();
  });
});
