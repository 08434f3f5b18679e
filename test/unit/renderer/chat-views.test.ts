import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../electron/contract/entities/chat';
import { type ChatView, compareChats, newChatView, rearrange, withPage } from '../../../renderer/state/chat-views';
import { keyOfChat, partsOfChatKey } from '../../../renderer/state/keys';
import { aChat, sales, support } from './renderer-fixtures';

const table = (chats: readonly Chat[]) => Object.fromEntries(chats.map((chat) => [keyOfChat(chat), chat]));
const page = (chats: readonly Chat[], nextCursor?: string) => ({
  chats,
  nextCursor,
  first: true,
  touched: new Set<never>(),
});
const viewOf = (chats: readonly Chat[], changes: Partial<ChatView> = {}): ChatView => ({
  ...withPage({ ...newChatView('all', 'all'), ...changes }, table(chats), page(chats, changes.nextCursor), undefined),
});
const names = (view: ChatView): string => view.keys.map((key) => partsOfChatKey(key).chatId.split('@')[0]).join(' ');

describe('lists of chats', () => {
  const a = aChat('a', { lastActivityMs: 30 });
  const b = aChat('b', { lastActivityMs: 20 });
  const c = aChat('c', { lastActivityMs: 10 });

  it('show the latest activity first', () => {
    expect(names(viewOf([c, a, b]))).toBe('a b c');
  });

  it('move a chat to its new place when something happens in it', () => {
    const moved = { ...c, lastActivityMs: 99 };
    const next = rearrange(viewOf([a, b, c]), table([a, b, moved]), [moved], undefined);
    expect(names(next)).toBe('c a b');
  });

  it('stay the same object when a change moves nothing, so that nobody renders for nothing', () => {
    const view = viewOf([a, b, c]);
    const renamed = { ...b, name: 'B' };
    expect(rearrange(view, table([a, renamed, c]), [renamed], undefined)).toBe(view);
  });

  it('take in a new chat where it belongs, but not below the part that has been read', () => {
    const fresh = aChat('n', { lastActivityMs: 25 });
    const old = aChat('o', { lastActivityMs: 1 });
    const view = viewOf([a, b, c], { nextCursor: 'more' });
    const chats = table([a, b, c, fresh, old]);
    expect(names(rearrange(view, chats, [fresh, old], undefined))).toBe('a n b c');
    expect(names(rearrange(viewOf([a, b, c]), chats, [fresh, old], undefined))).toBe('a n b c o');
  });

  it('of one account never show another’s chats', () => {
    const other = aChat('x', { accountId: support, lastActivityMs: 99 });
    const view = viewOf([a], { scope: sales });
    expect(rearrange(view, table([a, other]), [other], undefined)).toBe(view);
  });

  it('of groups show groups only', () => {
    const group = aChat('g', { kind: 'group', lastActivityMs: 99 });
    const view = viewOf([], { filter: 'groups' });
    expect(names(rearrange(view, table([a, group]), [a, group], undefined))).toBe('g');
  });

  it('of unread chats keep the open one while it is being read, and let it go afterwards', () => {
    const waiting = aChat('w', { unreadCount: 2, lastActivityMs: 5 });
    const read = { ...waiting, unreadCount: 0 };
    const view = viewOf([waiting], { filter: 'unread' });
    const whileOpen = rearrange(view, table([read]), [read], keyOfChat(read));
    expect(names(whileOpen)).toBe('w');
    expect(names(rearrange(whileOpen, table([read]), [read], undefined))).toBe('');
  });

  it('replace their first page, but keep what events brought while it was on its way', () => {
    const fresh = aChat('n', { lastActivityMs: 40 });
    const view = viewOf([a, fresh]);
    const next = withPage(
      view,
      table([a, b, fresh]),
      { chats: [b], nextCursor: undefined, first: true, touched: new Set([keyOfChat(fresh)]) },
      undefined,
    );
    expect(names(next)).toBe('n b');
  });

  it('are in order whatever changes come in whatever order', () => {
    const change = fc.record({ id: fc.integer({ min: 0, max: 12 }), activity: fc.integer({ min: 0, max: 8 }) });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 12 }), (batches) => {
        let view = viewOf([]);
        const chats: Record<string, Chat> = {};
        for (const batch of batches) {
          const changed = batch.map(({ id, activity }) => aChat(`c${id}`, { lastActivityMs: activity }));
          for (const chat of changed) chats[keyOfChat(chat)] = chat;
          const newest = [...new Set(changed.map(keyOfChat))].flatMap((key) => chats[key] ?? []);
          view = rearrange(view, chats, newest, undefined);
        }
        expect(view.keys).toEqual(Object.values(chats).sort(compareChats).map(keyOfChat));
      }),
    );
  });
});
