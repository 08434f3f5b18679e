import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPage } from '../../../electron/worker/driver/page-watch';

type Listener = (model: unknown, value?: unknown) => void;

/** Models of the page, as far as the watch knows them. */
class StandInCollection {
  readonly models = new Map<string, unknown>();
  readonly #listeners: (readonly [string, Listener])[] = [];
  on(names: string, listener: Listener): void {
    for (const name of names.split(' ')) this.#listeners.push([name, listener]);
  }
  tell(name: string, model: unknown, value?: unknown): void {
    for (const [wanted, listener] of this.#listeners) if (wanted === name) listener(model, value);
  }
  get(id: string): unknown {
    return this.models.get(id);
  }
}

const anna = '4915112345678@c.us';
const aChat = (messages: readonly unknown[] = [], lastReceivedKey?: unknown) => ({
  id: { _serialized: anna },
  lastReceivedKey,
  msgs: { getModelsArray: () => messages },
});
const aMessage = (id: string, isNewMsg = false) => ({ id: { _serialized: `false_${anna}_${id}` }, isNewMsg });

let chats: StandInCollection;
let messages: StandInCollection;
let state: string;
/** Messages that the page's own table has. */
let table: Set<string>;
let earlier: () => Promise<readonly unknown[]>;
let told: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  chats = new StandInCollection();
  messages = new StandInCollection();
  state = 'CONNECTED';
  table = new Set();
  earlier = async () => [];
  told = [];
  const Msg = Object.assign(messages, {
    getMessagesById: async (keys: readonly string[]) => ({
      messages: keys.filter((key) => table.has(key)).map((key) => ({ id: { _serialized: key } })),
    }),
  });
  const modules: Record<string, unknown> = {
    WAWebCollections: { Chat: chats, Msg },
    WAWebSocketModel: {
      get Socket() {
        return { state };
      },
    },
    WAWebChatLoadMessages: { loadEarlierMsgs: () => earlier() },
  };
  Object.assign(globalThis, { require: (name: string) => modules[name], ear: (news: unknown) => told.push(news) });
  watchPage('ear');
});
afterEach(() => {
  vi.useRealTimers();
  for (const name of ['require', 'ear', 'switchboardWatching']) Reflect.deleteProperty(globalThis, name);
});

const settled = () => vi.advanceTimersByTimeAsync(1_000);

describe('the watch in a page', () => {
  it('tells of a chat that is gone, also where somebody has asked for it since and made an empty one', async () => {
    chats.tell('remove', aChat());
    await settled();
    chats.models.set(anna, aChat());
    chats.tell('remove', aChat());
    await settled();
    const news = { kind: 'emptied', chatId: anna, removed: true };
    expect(told).toEqual([news, news]);
  });

  it('takes a chat that has a message again for one that is there', async () => {
    chats.models.set(anna, aChat([aMessage('A1')], 'key'));
    chats.tell('remove', aChat());
    await settled();
    expect(told).toEqual([]);
  });

  it('takes nothing for deleted that a page drops while it logs out or is without a connection', async () => {
    state = 'UNPAIRED';
    chats.tell('remove', aChat());
    chats.models.set(anna, aChat());
    chats.tell('change:lastReceivedKey', chats.get(anna), undefined);
    messages.tell('remove', aMessage('A1'));
    await settled();
    expect(told).toEqual([]);
    state = 'CONNECTED';
    messages.tell('remove', aMessage('A2'));
    await settled();
    expect(told).toEqual([{ kind: 'message_removed', key: `false_${anna}_A2` }]);
  });

  it('tells of an emptied chat only when there is nothing earlier in it either, and the page could say so', async () => {
    const chat = aChat();
    chats.models.set(anna, chat);
    const emptied = () => chats.tell('change:lastReceivedKey', chat, undefined);
    earlier = async () => [aMessage('A0')];
    emptied();
    await settled();
    earlier = () => Promise.reject(new Error('no connection'));
    emptied();
    await settled();
    expect(told).toEqual([]);
    earlier = async () => [];
    emptied();
    await settled();
    expect(told).toEqual([{ kind: 'emptied', chatId: anna, removed: false }]);
  });

  it('tells of old messages that the page’s table has no more, not of those it only dropped from memory', async () => {
    table.add(`false_${anna}_A1`);
    for (const id of ['A1', 'A2', 'A3']) messages.tell('remove', aMessage(id));
    // Of new ones the library tells.
    messages.tell('remove', aMessage('A4', true));
    await settled();
    expect(told).toEqual(['A2', 'A3'].map((id) => ({ kind: 'message_removed', key: `false_${anna}_${id}` })));
  });

  it('tells once, however often it is asked to watch', async () => {
    watchPage('ear');
    chats.tell('change:pin', aChat());
    await settled();
    expect(told).toEqual([{ kind: 'chat', chatId: anna }]);
  });
});
