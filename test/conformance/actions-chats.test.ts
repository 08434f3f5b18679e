import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ObservedChat } from '../../electron/contract/entities/chat';
import type { WorkerReport } from '../../electron/contract/frames';
import type { ChatId } from '../../electron/contract/ids';
import { chatId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { LiveDriver, SALES } from '../fixtures/live-driver';

const ANNA = '4915112345678';
const PINNED = ['351912345678', '14155550106', '442079460123'];
const anna = chatId(`${ANNA}@c.us`);

for (const build of ['classic', 'renamed'] as const) {
  describe(`actions on chats on the ${build} build`, () => {
    let live: LiveDriver;
    let group: ChatId;

    const act = (operation: string, chat: ChatId, more: object = {}): Promise<unknown> =>
      live.driver.act({ operation, input: { chatId: chat, ...more } });
    const chatOf = async (operation: string, chat: ChatId, more: object = {}): Promise<ObservedChat> =>
      ((await act(operation, chat, more)) as { readonly chat: ObservedChat }).chat;
    const onPhone = async (chat: ChatId) => (await live.control.chatsOf(SALES)).find(({ id }) => id === chat);
    const reported = <Type extends WorkerReport['type']>(type: Type) =>
      live.reports.filter((report): report is Extract<WorkerReport, { readonly type: Type }> => report.type === type);
    const newCustomer = async (number: string): Promise<ChatId> => {
      await live.control.createCustomer({ number, name: `Customer ${number.slice(-2)}` });
      await live.control.writeAs(number, { phone: SALES, body: 'one' });
      await live.control.writeAs(number, { phone: SALES, body: 'two' });
      const id = chatId(`${number}@c.us`);
      await eventually('the chat', async () => (await live.driver.listChats()).some((chat) => chat.id === id));
      return id;
    };

    beforeAll(async () => {
      live = await LiveDriver.prepare(build);
      for (const number of [ANNA, ...PINNED]) {
        await live.control.createCustomer({ number, name: `Customer ${number.slice(-2)}` });
        await live.control.addHistory(SALES, { chat: number, count: 3 });
      }
      group = chatId((await live.control.createGroup({ phone: SALES, subject: 'Team', participants: [ANNA] })).id);
      await live.start();
    });
    beforeEach(() => {
      live.reports.length = 0;
    });
    afterAll(() => live.stop());

    test('a chat is marked as unread, here and on the phone', async () => {
      expect(await chatOf('chats.markUnread', anna)).toMatchObject({ id: anna, unreadCount: 1 });
      expect(await onPhone(anna)).toMatchObject({ unreadCount: -1 });
    });

    test('a chat goes into the archive and out of it, here and on the phone', async () => {
      expect(await chatOf('chats.archive', anna)).toMatchObject({ id: anna, archived: true });
      expect(await onPhone(anna)).toMatchObject({ archived: true });
      expect(await chatOf('chats.archive', anna)).toMatchObject({ archived: true });
      expect(await chatOf('chats.unarchive', anna)).toMatchObject({ archived: false });
      expect(await onPhone(anna)).toMatchObject({ archived: false });
    });

    test('three chats can be pinned, a fourth is refused, and a free place can be used', async () => {
      const ids = PINNED.map((number) => chatId(`${number}@c.us`));
      for (const id of ids) expect(await chatOf('chats.pin', id)).toMatchObject({ id, pinned: true });
      await expect(act('chats.pin', anna)).rejects.toMatchObject({
        code: 'PAGE_REFUSED',
        effect: 'none',
        message: expect.stringMatching(/sales.*chatId.*three chats/),
      });
      expect(await onPhone(anna)).toMatchObject({ pinned: false });
      for (const id of ids) expect(await chatOf('chats.unpin', id)).toMatchObject({ pinned: false });
      expect(await chatOf('chats.pin', anna)).toMatchObject({ pinned: true });
      await chatOf('chats.unpin', anna);
    });

    test('a chat is muted until a moment, for good, and heard again', async () => {
      const untilMs = Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
      expect(await chatOf('chats.mute', anna, { untilMs: untilMs + 345 })).toMatchObject({ muted: { untilMs } });
      expect(await onPhone(anna)).toMatchObject({ muteExpiration: untilMs / 1000 });
      expect((await chatOf('chats.mute', anna)).muted).toEqual({});
      expect(await onPhone(anna)).toMatchObject({ muteExpiration: -1 });
      expect((await chatOf('chats.unmute', anna)).muted).toBeUndefined();
      await expect(act('chats.mute', anna, { untilMs: Date.now() - 1 })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('untilMs'),
      });
    });

    test('what the phone pins or mutes is told as the chat it is then', async () => {
      await live.control.people.changeChat(SALES, ANNA, { pinned: true, muteExpiration: -1 });
      await eventually('the report', () =>
        reported('chat').some(({ chat }) => chat.id === anna && chat.pinned && chat.muted !== undefined),
      );
      await live.control.people.changeChat(SALES, ANNA, { pinned: false, muteExpiration: 0 });
      await eventually('the report', () => {
        const last = reported('chat').at(-1)?.chat;
        return last?.id === anna && !last.pinned && last.muted === undefined;
      });
    });

    test('a chat is emptied here and on the phone, and stays', async () => {
      const chat = await newCustomer('5511912345601');
      expect(await chatOf('chats.clear', chat)).toMatchObject({ id: chat, unreadCount: 0 });
      expect(await onPhone(chat)).toMatchObject({ messages: 0 });
      expect(await live.driver.fetchMessages(chat, 10)).toEqual([]);
      await eventually('the report', () => reported('chat_emptied').length > 0);
      expect(reported('chat_emptied')).toEqual([{ type: 'chat_emptied', chatId: chat, removed: false }]);
    });

    test('a chat is deleted here and on the phone, and comes back with the next message', async () => {
      const chat = await newCustomer('5511912345602');
      expect(await act('chats.remove', chat)).toEqual({});
      expect(await onPhone(chat)).toBeUndefined();
      expect((await live.driver.listChats()).some(({ id }) => id === chat)).toBe(false);
      await eventually('the report', () => reported('chat_emptied').some(({ removed }) => removed));
      await live.control.writeAs('5511912345602', { phone: SALES, body: 'again' });
      await eventually('the message', () =>
        reported('messages').some(({ messages }) => messages.some(({ body }) => body === 'again')),
      );
      const order = live.reports.map(({ type }) => type);
      expect(order.lastIndexOf('chat_emptied')).toBeLessThan(order.lastIndexOf('chat'));
    });

    test('what the phone empties or deletes is told once it is sure', async () => {
      const cleared = await newCustomer('5511912345603');
      await live.control.people.clearChat(SALES, '5511912345603');
      const deleted = await newCustomer('5511912345604');
      await live.control.people.deleteChat(SALES, '5511912345604');
      await eventually('both reports', () => reported('chat_emptied').length === 2);
      expect(reported('chat_emptied')).toEqual([
        { type: 'chat_emptied', chatId: cleared, removed: false },
        { type: 'chat_emptied', chatId: deleted, removed: true },
      ]);
    });

    test('a chat of which the newest message is deleted is not taken for an empty one', async () => {
      const chat = await newCustomer('5511912345605');
      const last = (await live.control.messagesOf(SALES, chat)).at(-1);
      await live.control.messages.removeOnPhone(SALES, { chat, message: last?.id ?? '' });
      await eventually('the report', () => reported('message_removed').length > 0);
      expect(reported('message_removed')).toEqual([
        { type: 'message_removed', chatId: chat, messageId: last?.id, fromMe: false },
      ]);
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(reported('chat_emptied')).toEqual([]);
    });

    test('a group that one is in cannot be deleted, and stays whole', async () => {
      await expect(act('chats.remove', group)).rejects.toMatchObject({
        code: 'PAGE_REFUSED',
        message: expect.stringMatching(/Leave it first/),
      });
      expect(await onPhone(group)).toBeDefined();
    });

    test('the picture of a chat comes with its bytes, and a person without one is not given any', async () => {
      for (const refresh of [true, false]) {
        const { picture } = (await act('chats.getPicture', anna, { refresh })) as {
          readonly picture: { readonly mimetype: string; readonly size: number };
        };
        expect(picture.mimetype).toMatch(/^image\//);
        expect(picture.size).toBeGreaterThan(0);
      }
      await live.control.createCustomer({ number: '5511912345606', name: 'Plain', hasPicture: false });
      await live.control.writeAs('5511912345606', { phone: SALES, body: 'hi' });
      const plain = chatId('5511912345606@c.us');
      await eventually('the chat', async () => (await live.driver.listChats()).some(({ id }) => id === plain));
      await expect(act('chats.getPicture', plain, { refresh: true })).rejects.toMatchObject({
        code: 'PICTURE_NOT_FOUND',
        message: expect.stringContaining('chatId'),
      });
    });

    test.each([
      'chats.markUnread',
      'chats.archive',
      'chats.unarchive',
      'chats.pin',
      'chats.unpin',
      'chats.mute',
      'chats.unmute',
      'chats.clear',
      'chats.remove',
      'chats.getPicture',
    ])('%s: a chat that the account does not have is refused by field, and none is made', async (operation) => {
      const before = (await live.control.chatsOf(SALES)).length;
      await live.control.createCustomer({ number: '4915100000001', name: 'Nobody yet' }).catch(() => undefined);
      await expect(act(operation, chatId('4915100000001@c.us'))).rejects.toMatchObject({
        code: 'CHAT_NOT_FOUND',
        effect: 'none',
        message: expect.stringMatching(/sales.*chatId/),
      });
      expect(await live.control.chatsOf(SALES)).toHaveLength(before);
    });
  });
}
